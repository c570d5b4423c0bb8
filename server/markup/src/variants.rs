//! Pictures in several widths: said when a page is shown, because smaller copies are made after the text was stored.

use crate::tag::{PICTURE, tag, value};
use types::SafeHtml;

/// Width of the column of an article's text (`style/article.css`), and of what stands beside it on phones.
const COLUMN: &str = "42rem, calc(100vw - 2rem)";

/// One width in which there is a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// In pixels.
    pub width: u32,
    /// Where it is; a path of our own.
    pub address: String,
}

/// Names the widths in which there are the pictures of a rendered text. `variants` gives those of an address, the
/// original among them; a picture with none stays as it is.
#[must_use]
pub fn with_variants(html: SafeHtml, variants: &dyn Fn(&str) -> Vec<Variant>) -> SafeHtml {
    let html = html.into_string();
    let mut page = String::with_capacity(html.len() + html.len() / 8);
    let mut done = 0;
    for (at, begin) in html.match_indices(PICTURE) {
        let tag = tag(&html[at..]);
        let known = value(tag, "src").map(variants).unwrap_or_default();
        let Some(largest) = known.iter().map(|variant| variant.width).max() else { continue };
        // The author may show it smaller than it is.
        let shown = value(tag, "width").and_then(|width| width.parse().ok()).unwrap_or(largest);
        let set: Vec<String> = known.iter().map(|variant| format!("{} {}w", variant.address, variant.width)).collect();
        page.push_str(&html[done..at]);
        page.push_str(&format!("{begin} srcset=\"{}\" sizes=\"min({shown}px, {COLUMN})\"", set.join(", ")));
        done = at + begin.len();
    }
    page.push_str(&html[done..]);
    SafeHtml::from_sanitizer(page)
}
