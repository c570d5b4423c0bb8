//! Where a browser may lay out and paint what it has of a page before it reads on. Made on the server only.
//!
//! A browser that has the whole page lays it out at once, and nothing is seen and nothing answers until then. A script in
//! the middle that asks for the layout divides this work: it does what is above, the browser paints that, and the rest has
//! the next frames (decision 0012). The script leaves the document before it asks, so styles and the client find none.

use std::borrow::Cow;

/// Bytes of a text before its first pause: more than the first screen of a phone shows.
const FIRST: usize = 4_000;
/// Bytes of a text between two pauses.
const NEXT: usize = 12_000;
/// How many cards and hits of a list stand before its pause: about the first screen of a phone.
const CARDS: usize = 2;

/// What begins a block of a text: each has a line of its own, and `<` is escaped in code.
const BLOCKS: [&str; 4] = ["p>", "h2", "h3", "h4"];

/// Only a page that begins at its top: where a reader returns to a place further down, a paint of the top would be a flash.
const PAUSE: &str = "{document.currentScript.remove();\
performance.getEntriesByType('navigation')[0]?.type=='navigate'&&!location.hash&&document.body.offsetTop}";

/// The page with pauses, which carry `nonce`: in the text of an article, or else in the first list of cards.
#[must_use]
pub fn with_pauses<'a>(html: &'a str, nonce: &str) -> Cow<'a, str> {
    let places = match html.find("<div class=\"prose\"") {
        Some(start) => in_text(html, start),
        None => html.match_indices("<article class=\"card").nth(CARDS).map(|(place, _)| place).into_iter().collect(),
    };
    if places.is_empty() {
        return html.into();
    }
    let pause = format!("<script nonce=\"{nonce}\">{PAUSE}</script>");
    let mut page = String::with_capacity(html.len() + places.len() * pause.len());
    let mut done = 0;
    for place in places {
        page.push_str(&html[done..place]);
        page.push_str(&pause);
        done = place;
    }
    page.push_str(&html[done..]);
    page.into()
}

/// Where the text that begins at `start` may pause.
fn in_text(html: &str, start: usize) -> Vec<usize> {
    let end = html[start..].find("</article>").map_or(html.len(), |length| start + length);
    let mut next = start + FIRST;
    html[start..end]
        .match_indices("\n<")
        .map(|(line, _)| start + line + 1)
        .filter(|&place| {
            let pauses = place >= next && BLOCKS.iter().any(|block| html[place + 1..].starts_with(block));
            if pauses {
                next = place + NEXT;
            }
            pauses
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces between the pauses.
    fn pieces(html: &str) -> Vec<usize> {
        let page = with_pauses(html, "s");
        let pause = format!("<script nonce=\"s\">{PAUSE}</script>");
        assert_eq!(page.replace(&pause, ""), html, "nothing else changes");
        page.split(&pause).map(str::len).collect()
    }

    #[test]
    fn a_short_text_has_no_pause() {
        assert_eq!(pieces("<div class=\"prose\"><p>短。</p>\n<p>文。</p></div></article>").len(), 1);
    }

    #[test]
    fn a_text_pauses_after_its_first_screen_and_then_now_and_then() {
        let html = format!("<h1>题</h1><div class=\"prose\">{}</div></article>{0}", "<p>文字。</p>\n".repeat(2_000));
        let pieces = pieces(&html);
        assert_eq!(pieces.len(), 4);
        assert!((FIRST..FIRST + 60).contains(&pieces[0]), "{pieces:?}");
        assert!(pieces[1..3].iter().all(|piece| (NEXT..NEXT + 30).contains(piece)), "{pieces:?}");
    }

    #[test]
    fn a_text_pauses_between_blocks_only() {
        let code = "<pre>&lt;p&gt;\n&lt;p&gt;\n<span>x</span>\n</pre>".repeat(200);
        let html = format!("<div class=\"prose\">{code}\n<h2 id=\"a\">节</h2></div></article>");
        assert_eq!(pieces(&html), [html.find("<h2").unwrap(), html.len() - html.find("<h2").unwrap()]);
    }

    #[test]
    fn a_list_pauses_before_its_third_card() {
        let html = "<article class=\"card\">a</article><article class=\"card hit\">b</article><article class=\"card\">c</article>";
        assert_eq!(pieces(html), [html.rfind("<article").unwrap(), html.len() - html.rfind("<article").unwrap()]);
        assert_eq!(pieces("<main>没有</main>").len(), 1);
    }
}
