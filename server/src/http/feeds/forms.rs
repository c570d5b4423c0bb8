//! A feed as Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1. Each entry holds the whole text, its code without loss.

use super::origin::{block, whole};
use super::{Feed, escaped};
use serde_json::json;
use std::fmt::Write;
use std::time::{Duration, UNIX_EPOCH};
use store::FeedEntry;
use types::{ArticleKind, Timestamp};

/// Atom.
pub(super) fn atom(feed: &Feed) -> String {
    let (base, updated) = (&feed.base, feed.updated.rfc3339());
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-Hans\">\
         <title>{}</title><subtitle>{}</subtitle><id>{base}{page}</id><updated>{updated}</updated>\
         <link rel=\"self\" href=\"{base}{}\"/><link href=\"{base}{page}\"/>",
        escaped(&feed.title),
        escaped(&feed.description),
        escaped(&feed.address),
        page = escaped(&feed.page),
    );
    for entry in &feed.entries {
        let article = &entry.summary;
        let address = format!("{base}/articles/{}", article.slug);
        let _ = write!(
            text,
            "<entry><title>{}</title><link href=\"{address}\"/><id>{address}</id><updated>{}</updated><published>{}</published>\
             <author><name>{}</name></author><category term=\"{}\"/>",
            escaped(&article.title),
            entry.updated_at.rfc3339(),
            article.published_at.rfc3339(),
            escaped(&article.author.name),
            escaped(&article.category.name),
        );
        for step in &entry.provenance {
            let _ = write!(text, "<link rel=\"via\" href=\"{}\"/>", escaped(&whole(&step.url, base)));
        }
        for tag in &article.tags {
            let _ = write!(text, "<category term=\"{}\"/>", escaped(&tag.name));
        }
        let _ = write!(
            text,
            "<summary>{}</summary><content type=\"html\">{}</content></entry>",
            escaped(&article.summary),
            escaped(&content(entry, base))
        );
    }
    text.push_str("</feed>\n");
    text
}

/// RSS 2.0.
pub(super) fn rss(feed: &Feed) -> String {
    let base = &feed.base;
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>\
         <title>{}</title><link>{base}{}</link><description>{}</description><language>zh-Hans</language>\
         <lastBuildDate>{}</lastBuildDate><atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{base}{}\"/>",
        escaped(&feed.title),
        escaped(&feed.page),
        escaped(&feed.description),
        rfc822(feed.updated),
        escaped(&feed.address),
    );
    for entry in &feed.entries {
        let article = &entry.summary;
        let address = format!("{base}/articles/{}", article.slug);
        let _ = write!(
            text,
            "<item><title>{}</title><link>{address}</link><guid>{address}</guid><pubDate>{}</pubDate><dc:creator>{}</dc:creator>\
             <category>{}</category><description>{}</description><content:encoded>{}</content:encoded></item>",
            escaped(&article.title),
            rfc822(article.published_at),
            escaped(&article.author.name),
            escaped(&article.category.name),
            escaped(&article.summary),
            escaped(&content(entry, base)),
        );
    }
    text.push_str("</channel></rss>\n");
    text
}

/// JSON Feed 1.1.
pub(super) fn json(feed: &Feed) -> String {
    let base = &feed.base;
    let items = feed.entries.iter().map(|entry| {
        let article = &entry.summary;
        let address = format!("{base}/articles/{}", article.slug);
        let tags: Vec<&str> = std::iter::once(article.category.name.as_str())
            .chain(article.tags.iter().map(|tag| tag.name.as_str()))
            .collect();
        let mut item = json!({
            "id": address,
            "url": address,
            "title": article.title,
            "summary": article.summary,
            "content_html": content(entry, base),
            "date_published": article.published_at.rfc3339(),
            "date_modified": entry.updated_at.rfc3339(),
            "authors": [{ "name": article.author.name, "url": format!("{base}/author/{}", article.author.handle) }],
            "tags": tags,
        });
        let elsewhere = matches!(article.kind, ArticleKind::Reprint | ArticleKind::Translation);
        if let Some(origin) = entry.provenance.first().filter(|_| elsewhere) {
            item["external_url"] = whole(&origin.url, base).into();
        }
        item
    });
    let mut text = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": format!("{base}{}", feed.page),
        "feed_url": format!("{base}{}", feed.address),
        "description": feed.description,
        "language": "zh-Hans",
        "items": items.collect::<Vec<_>>(),
    })
    .to_string();
    text.push('\n');
    text
}

/// The whole text, and beneath it where it comes from.
fn content(entry: &FeedEntry, base: &str) -> String {
    let mut html = absolute(entry, base);
    html.push_str(&block(entry, base));
    html
}

/// The article's HTML with addresses of this site made whole: readers show it elsewhere.
fn absolute(entry: &FeedEntry, base: &str) -> String {
    let html = entry.html.as_str();
    let mut whole = String::with_capacity(html.len() + 256);
    let mut rest = html;
    // Only inside tags: code that shows an attribute stands between them, with its `<` escaped.
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at(open);
        whole.push_str(text);
        let end = end_of_tag(tag);
        let (tag, behind) = tag.split_at(end);
        let mut part = tag;
        while let Some(at) =
            ["href=\"", "src=\""].iter().filter_map(|name| part.find(name).map(|at| at + name.len())).min()
        {
            let (before, value) = part.split_at(at);
            whole.push_str(before);
            if value.starts_with('/') && !value.starts_with("//") {
                whole.push_str(base);
            } else if value.starts_with('#') {
                let _ = write!(whole, "{base}/articles/{}", entry.summary.slug);
            }
            part = value;
        }
        whole.push_str(part);
        rest = behind;
    }
    whole.push_str(rest);
    whole
}

/// The length of a tag; a `>` inside quotes does not end it.
fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

/// The date as RSS wants it.
fn rfc822(at: Timestamp) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(u64::try_from(at.0.div_euclid(1000)).unwrap_or_default()))
}
