//! What programs read: feeds, the site map, robots.txt and the description of our search.

use crate::http::security::SiteUrl;
use crate::site::Site;
use app::words;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;
use types::{ArticleFilter, ArticleId, Timestamp};

/// Entries of a feed.
const FEED_ENTRIES: u32 = 30;
/// Addresses in a site map (<https://www.sitemaps.org/protocol.html> allows 50,000).
const SITE_MAP_ADDRESSES: u32 = 50_000;

/// `/feed.xml`: the newest articles as Atom (RFC 4287).
pub async fn atom(State(site): State<Site>, State(url): State<SiteUrl>, headers: HeaderMap) -> Response {
    let base = base(&url, &headers);
    let filter = ArticleFilter { per_page: FEED_ENTRIES, ..ArticleFilter::default() };
    let page = match site.store.list(&filter).await {
        Ok(page) => page,
        Err(error) => return fault("making the feed", &error),
    };
    let updated = page.items.first().map_or(Timestamp(0), |article| article.published_at).rfc3339();
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-Hans\">\
         <title>{}</title><subtitle>{}</subtitle><id>{base}/</id><updated>{updated}</updated>\
         <link rel=\"self\" href=\"{base}/feed.xml\"/><link href=\"{base}/\"/>",
        words::SITE,
        words::MOTTO
    );
    for article in page.items {
        let address = format!("{base}/articles/{}", article.slug);
        let _ = write!(
            feed,
            "<entry><title>{}</title><link href=\"{address}\"/><id>{address}</id><updated>{time}</updated><published>{time}</published>\
             <author><name>{}</name></author><category term=\"{}\"/><summary>{}</summary></entry>",
            escaped(&article.title),
            escaped(&article.author.name),
            escaped(&article.category.name),
            escaped(&article.summary),
            time = article.published_at.rfc3339(),
        );
    }
    feed.push_str("</feed>\n");
    ([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response()
}

/// `/sitemap.xml`: every published article.
pub async fn site_map(State(site): State<Site>, State(url): State<SiteUrl>, headers: HeaderMap) -> Response {
    let base = base(&url, &headers);
    let articles = match site.store.slugs_after(ArticleId(0), SITE_MAP_ADDRESSES).await {
        Ok(articles) => articles,
        Err(error) => return fault("making the site map", &error),
    };
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (_, slug, updated) in articles {
        let _ = writeln!(map, "<url><loc>{base}/articles/{slug}</loc><lastmod>{}</lastmod></url>", updated.rfc3339());
    }
    map.push_str("</urlset>\n");
    ([(CONTENT_TYPE, "application/xml; charset=utf-8")], map).into_response()
}

/// `/robots.txt`.
pub async fn robots(State(url): State<SiteUrl>, headers: HeaderMap) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /search\nDisallow: /random\n\nSitemap: {}/sitemap.xml\n",
        base(&url, &headers)
    );
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `/opensearch.xml`: lets browsers offer our search.
pub async fn open_search(State(url): State<SiteUrl>, headers: HeaderMap) -> Response {
    let base = base(&url, &headers);
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\
         <ShortName>{}</ShortName><Description>{}</Description><InputEncoding>UTF-8</InputEncoding>\
         <Image width=\"16\" height=\"16\" type=\"image/svg+xml\">{base}/favicon.svg</Image>\
         <Url type=\"text/html\" template=\"{base}/search?q={{searchTerms}}\"/></OpenSearchDescription>\n",
        words::SITE,
        words::SITE_DESCRIPTION
    );
    ([(CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8")], text).into_response()
}

/// The address of the site: as configured, else as the client named it.
pub fn base(url: &SiteUrl, headers: &HeaderMap) -> String {
    match &url.0 {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => {
            let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:3000");
            format!("http://{}", escaped(host))
        }
    }
}

fn fault(operation: &str, error: &dyn std::error::Error) -> Response {
    tracing::error!(operation, "{operation} failed: {error}");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// A text inside XML; control characters, which XML 1.0 cannot hold, are gone.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}
