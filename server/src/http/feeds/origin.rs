//! Where a reprint or a translation comes from, as feeds say it: what the page of an article says, in the same words.

use super::escaped;
use app::words;
use std::borrow::Cow;
use std::fmt::Write;
use store::FeedEntry;

/// Station by station, with the credit and the licence; nothing for a text without sources.
pub(super) fn block(entry: &FeedEntry, base: &str) -> String {
    let steps = &entry.provenance;
    if steps.is_empty() {
        return String::new();
    }
    let mut html = format!("<section><h2>{}</h2><ol>", words::ORIGIN);
    for step in steps {
        let address = escaped(&whole(&step.url, base));
        let _ = write!(html, "<li><a href=\"{address}\" rel=\"nofollow noopener\">{}</a>", escaped(&step.title));
        let fetched = step.fetched_at.map(|at| at.date());
        let beside = [step.author.as_deref(), step.licence.as_deref(), fetched.as_deref()].into_iter().flatten();
        for text in beside.filter(|text| !text.is_empty()) {
            let _ = write!(html, " <span>{}</span>", escaped(text));
        }
        html.push_str("</li>");
    }
    let licensed = steps.iter().any(|step| step.licence.as_ref().is_some_and(|licence| !licence.is_empty()));
    let _ = write!(html, "</ol><p>{}</p></section>", words::origin_notice(entry.summary.kind, licensed));
    html
}

/// An address that can be followed from elsewhere: a source may stand on this site.
pub(super) fn whole<'a>(address: &'a str, base: &str) -> Cow<'a, str> {
    if address.starts_with('/') && !address.starts_with("//") {
        Cow::Owned(format!("{base}{address}"))
    } else {
        Cow::Borrowed(address)
    }
}
