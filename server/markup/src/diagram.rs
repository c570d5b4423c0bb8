//! Diagrams in Mermaid's language (<https://mermaid.js.org/>), drawn when a text is rendered: readers load no program that
//! draws, and see them without scripts, in feeds' readers and offline.

use merman::svg::{RenderResourcePolicy, SvgPipeline};
use merman::{
    Engine, MermaidConfig, OperationControl, RenderOutput, RenderRequest, Renderer, SvgEnvironment, SvgRequest,
};
use std::sync::LazyLock;
use std::time::Duration;

/// The longest source in bytes; the longest of a thousand real ones had 3,000.
const MAX_BYTES: usize = 20_000;
/// The largest picture in bytes; nine of ten real ones have less than 70,000.
const MAX_SVG_BYTES: usize = 1024 * 1024;
/// The most diagrams that are drawn of one text; what comes after them shows its source.
pub(crate) const MAX_DIAGRAMS: usize = 50;
/// How long drawing one may take. A large one takes a hundredth of that, and many times as long where much else is done.
const PATIENCE: Duration = Duration::from_secs(3);
/// The stack that drawing gets in bytes: what stands inside another is laid out by calls inside calls.
const STACK: usize = 64 * 1024 * 1024;

/// A drawn diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagram {
    /// The picture, a document of its own that loads and runs nothing.
    pub svg: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

impl Diagram {
    /// Draws a source; nothing where it cannot be understood or asks for too much.
    pub(crate) fn draw(source: &str) -> Option<Self> {
        if source.len() > MAX_BYTES {
            return None;
        }
        // Whatever the library does, it ends with this thread.
        let svg = std::thread::scope(|scope| {
            let builder = std::thread::Builder::new().stack_size(STACK);
            builder.spawn_scoped(scope, || svg(source)).ok()?.join().ok()?
        })?;
        let (width, height) = size(&svg)?;
        (svg.len() <= MAX_SVG_BYTES).then_some(Self { svg, width, height })
    }
}

/// The picture at an address, which leads to it alone, with the block of code that it was drawn of.
pub(crate) fn figure(address: &str, width: u32, height: u32, code: &str) -> String {
    format!(
        "<figure class=\"diagram\"><a href=\"{address}\" rel=\"external\" aria-label=\"单独看这张图\">\
         <img src=\"{address}\" alt=\"图，源码在下面\" width=\"{width}\" height=\"{height}\"></a>\
         <details><summary>图的源码</summary>{code}</details></figure>"
    )
}

/// Whether a block of code of this name is a diagram.
pub(crate) fn is_diagram(info: &str) -> bool {
    info.split([' ', ',', '{']).next().is_some_and(|language| language.eq_ignore_ascii_case("mermaid"))
}

/// Colours of the site, on paper in both themes. Widths are measured as those of Arial, so that is asked for.
static RENDERER: LazyLock<Renderer> = LazyLock::new(|| {
    let config = MermaidConfig::from_value(serde_json::json!({
        "theme": "base",
        "look": "classic",
        "fontFamily": "Arial, Helvetica, sans-serif",
        "themeVariables": {
            "background": "#fffdf9", "primaryColor": "#f3ede2", "primaryBorderColor": "#8a7d6c", "primaryTextColor": "#211c17",
            "lineColor": "#5d554b", "secondaryColor": "#e4efe4", "tertiaryColor": "#fbf8f2",
            "noteBkgColor": "#ffe3a3", "noteBorderColor": "#b5975b",
        },
    }));
    Renderer::new().with_engine(Engine::new().with_site_config(config))
});

fn svg(source: &str) -> Option<String> {
    let request = SvgRequest {
        // The same source is the same picture, to the byte: it is known by its content.
        environment: SvgEnvironment::deterministic().with_resource_policy(RenderResourcePolicy::interactive()),
        // Without HTML inside, which not every browser shows in a picture.
        pipeline: Some(SvgPipeline::resvg_safe()),
        ..SvgRequest::default()
    };
    let control = OperationControl::new().with_deadline(PATIENCE);
    match RENDERER.render(RenderRequest::svg(source, control, request)).ok()? {
        RenderOutput::Svg(Some(svg)) => Some(svg.into_parts().0),
        _ => None,
    }
}

/// The size that the picture was laid out for, rounded up.
fn size(svg: &str) -> Option<(u32, u32)> {
    let view = svg.split_once("viewBox=\"")?.1.split('"').next()?;
    let mut numbers = view.split_ascii_whitespace().skip(2).map(|number| number.parse::<f64>().ok());
    let mut length =
        || numbers.next()?.filter(|length| (1.0..=100_000.0).contains(length)).map(|length| length.ceil() as u32);
    Some((length()?, length()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagrams_are_pictures_that_run_and_load_nothing() {
        for source in [
            "flowchart LR\n  读者[读者] --> 缓存{在缓存里？}\n  缓存 -- 是 --> 完",
            "sequenceDiagram\n  客户端->>服务端: SYN\n  服务端-->>客户端: SYN+ACK",
            "erDiagram\n  ORDER ||--o{ ITEM : contains",
            "stateDiagram-v2\n  [*] --> 草稿",
            "pie\n  \"命中\" : 9\n  \"未中\" : 1",
            "flowchart LR\n  a[\"<img src=x onerror=alert(1)><script>alert(1)</script>\"] --> b\n  click a \"javascript:alert(1)\"\n  click b call alert()",
            "flowchart LR\n  a[\"<img src='https://example.org/x.png'>\"]\n  style a fill:url(https://example.org/x)",
        ] {
            let Diagram { svg, width, height } = Diagram::draw(source).expect(source);
            assert!(svg.starts_with("<svg") && width > 20 && height > 20, "{width} {height} {svg}");
            for bad in [
                "<script",
                "onerror=",
                "onclick",
                "javascript:",
                "<foreignObject",
                "<image",
                "href=\"http",
                "url(http",
                "@import",
            ] {
                assert!(!svg.contains(bad), "{bad} in {svg}");
            }
        }
    }

    #[test]
    fn the_same_source_is_the_same_picture() {
        let source = "flowchart TD\n  a --> b --> c --> a\n  subgraph s\n  b\n  end";
        assert_eq!(Diagram::draw(source), Diagram::draw(source));
    }

    #[test]
    fn what_is_no_diagram_or_too_much_is_none() {
        let many =
            format!("flowchart TD\n{}", (0..2000).map(|n| format!("a{n}-->a{}\n", n * 7 % 2000)).collect::<String>());
        let deep = format!("flowchart TD\n{}a\n{}", "subgraph s\n".repeat(1200), "end\n".repeat(1200));
        for source in ["", "hello", "flowchart LR\n  a[ --> ", &"x".repeat(MAX_BYTES + 1), &many] {
            assert_eq!(Diagram::draw(source), None, "{}", &source[..source.len().min(40)]);
        }
        // Whatever becomes of it, nothing ends but the drawing.
        let _ = Diagram::draw(&deep);
    }
}
