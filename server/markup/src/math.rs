//! LaTeX to MathML, which browsers show by themselves.

use crate::highlight::escape;
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage};

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
    Some(without_styles(&html))
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

/// The policy of our pages forbids style attributes; what they say here is spacing that one can do without.
fn without_styles(html: &str) -> String {
    let mut cleaned = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(" style=\"") {
        cleaned.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    cleaned.push_str(rest);
    cleaned
}
