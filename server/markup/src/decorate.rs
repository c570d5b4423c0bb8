//! The last hand on the tags of a page, which is clean by now.

use crate::render::Surroundings;
use crate::tag::{PICTURE, tag, value};

/// What the sanitiser's output still lacks: scrolling tables, sizes of pictures, marks of external links. Of a link or a
/// picture that leads nowhere, its words stay.
pub(crate) fn decorate(html: &str, surroundings: &dyn Surroundings) -> String {
    let html = html
        .replace("<table>", "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"表格\"><table>")
        .replace("</table>", "</table></div>");
    let mut page = String::with_capacity(html.len() + html.len() / 8);
    let mut done = 0;
    // The sanitiser writes `"` as a reference within values, so these beginnings are tags and nothing else.
    for (at, _) in html.match_indices('<') {
        let rest = &html[at..];
        if let Some(address) = rest.strip_prefix("<a href=\"") {
            let url = address.split('"').next().unwrap_or_default();
            if url.is_empty() {
                page.push_str(&html[done..at]);
                page.push_str("<a");
                done = at + "<a href=\"\"".len();
            } else if !surroundings.is_own(url) && !url.starts_with("mailto:") {
                page.push_str(&html[done..at]);
                page.push_str("<a class=\"external\" rel=\"nofollow noopener external\"");
                done = at + "<a".len();
            }
        } else if let Some(address) = rest.strip_prefix("<img src=\"") {
            let url = address.split('"').next().unwrap_or_default();
            page.push_str(&html[done..at]);
            let tag = tag(rest);
            if url.is_empty() {
                let words = value(tag, "alt").unwrap_or_default();
                page.push_str(&words.replace('<', "&lt;").replace('>', "&gt;"));
                done = at + tag.len() + 1;
                continue;
            }
            page.push_str(PICTURE);
            if let Some((width, height)) = surroundings.image_size(url).filter(|_| !tag.contains(" width=\"")) {
                page.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
            }
            if !tag.contains(" alt=\"") {
                page.push_str(" alt=\"\"");
            }
            done = at + "<img".len();
        }
    }
    page.push_str(&html[done..]);
    page
}
