//! LaTeX to MathML, which browsers show by themselves.

use crate::highlight::escape;
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The longest formula in bytes, and the most braces that may be open: the parser calls itself for each.
const MAX_BYTES: usize = 4_000;
const MAX_DEPTH: usize = 60;

/// The formula as MathML; one that cannot be read shows its source.
pub(crate) fn math(latex: &str, display: bool) -> String {
    match mathml(latex, display) {
        Some(mathml) => mathml,
        None => {
            let mut html = String::from("<code class=\"formula\" title=\"公式无法解析\">");
            escape(&mut html, latex);
            html.push_str("</code>");
            html
        }
    }
}

fn mathml(latex: &str, display: bool) -> Option<String> {
    if latex.len() > MAX_BYTES || depth(latex) > MAX_DEPTH {
        return None;
    }
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(latex, &storage).collect::<Result<_, _>>().ok()?;
    let mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode: mode, ..RenderConfig::default() };
    let mut html = String::new();
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    pulldown_latex::push_mathml(&mut html, events, config).ok()?;
    Some(SANITIZER.clean(&html).to_string())
}

fn depth(latex: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in latex.bytes() {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// What formulas are made of. The renderer copies some arguments, such as that of `\\operatorname`, without escaping them:
/// whatever is not MathML goes, and so do style attributes, which the policy of our pages forbids.
static SANITIZER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(HashSet::from([
            "math",
            "semantics",
            "mrow",
            "mi",
            "mo",
            "mn",
            "ms",
            "mtext",
            "mspace",
            "mfrac",
            "msqrt",
            "mroot",
            "mstyle",
            "merror",
            "mpadded",
            "mphantom",
            "msub",
            "msup",
            "msubsup",
            "munder",
            "mover",
            "munderover",
            "mmultiscripts",
            "mprescripts",
            "mtable",
            "mtr",
            "mtd",
            "menclose",
        ]))
        .generic_attributes(HashSet::from([
            "accent",
            "accentunder",
            "columnalign",
            "columnspacing",
            "depth",
            "display",
            "displaystyle",
            "fence",
            "form",
            "height",
            "intent",
            "largeop",
            "linethickness",
            "lspace",
            "mathvariant",
            "maxsize",
            "minsize",
            "movablelimits",
            "notation",
            "rowalign",
            "rowspacing",
            "rspace",
            "scriptlevel",
            "separator",
            "stretchy",
            "symmetric",
            "voffset",
            "width",
        ]))
        .clean_content_tags(HashSet::from(["script", "style"]));
    builder
});

#[cfg(test)]
mod tests {
    use super::math;

    #[test]
    fn no_formula_brings_a_tag_of_its_own() {
        for hostile in
            ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</mi><b onclick=x>", "<svg/onload=x>"]
        {
            for command in ["operatorname", "text", "mathrm", "mathbf", "textbf", "mbox", "begin", "color", "tag"] {
                let html = math(&format!("\\{command}{{{hostile}}}x"), false);
                for tag in ["<script", "<img", "<b", "<svg"] {
                    assert!(!html.contains(tag), "{command}: {html}");
                }
            }
        }
        assert_eq!(math("a<b", false).matches('<').count(), math("a<b", false).matches('>').count());
        assert!(math("\\operatorname{argmax}_x \\frac{1}{2}", true).contains("<mfrac>"));
    }
}
