//! What programs read: feeds in three forms for the site, a category, a tag or an author; the site map, robots.txt and
//! the description of our search.

mod forms;
mod origin;
mod site_map;

pub use site_map::{site_map, site_map_part};

use crate::http::AppState;
use crate::http::security::SiteUrl;
use crate::site::Site;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_TYPE, HOST, LAST_MODIFIED};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::time::{Duration, UNIX_EPOCH};
use store::{FeedEntry, StoreError};
use types::{ArticleFilter, SearchQuery, Timestamp};

/// Entries of a feed.
const FEED_ENTRIES: u32 = 30;

/// A feed, ready to be written in one of its forms.
struct Feed {
    /// The site's address, without a slash at its end.
    base: String,
    /// What it is about.
    title: String,
    /// The page that shows the same articles, from the root.
    page: String,
    /// Its own address, from the root.
    address: String,
    /// When its newest entry changed.
    updated: Timestamp,
    description: String,
    entries: Vec<FeedEntry>,
}

/// The form that the last part of an address asks for.
#[derive(Clone, Copy)]
enum Form {
    Atom,
    Rss,
    Json,
}

impl Form {
    fn of(file: &str) -> Option<Self> {
        match file {
            "feed.xml" => Some(Self::Atom),
            "rss.xml" => Some(Self::Rss),
            "feed.json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// `/feed.xml`, `/rss.xml` and `/feed.json`: the newest articles of the site.
pub async fn of_site(
    State(site): State<Site>,
    State(url): State<SiteUrl>,
    request: axum::extract::Request,
) -> Response {
    let file = request.uri().path().trim_start_matches('/').to_owned();
    let about = About { title: site.names.load().name.clone(), page: "/".to_owned(), filter: ArticleFilter::default() };
    answer(&site, &url, request.headers(), &file, about).await
}

/// `/category/{slug}/feed.xml` and its other forms.
pub async fn of_category(
    State(site): State<Site>,
    State(url): State<SiteUrl>,
    Path((slug, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Ok(slug) = slug.parse::<types::Slug>() else { return StatusCode::NOT_FOUND.into_response() };
    let name = match site.store.category_named(&slug).await {
        Ok(Some(category)) => category.name,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return fault("making a feed", &error),
    };
    let about = About {
        title: format!("{name} · {}", site.names.load().name),
        page: format!("/category/{slug}"),
        filter: ArticleFilter { category: vec![slug], ..ArticleFilter::default() },
    };
    answer(&site, &url, &headers, &file, about).await
}

/// `/tag/{key}/feed.xml` and its other forms.
pub async fn of_tag(
    State(site): State<Site>,
    State(url): State<SiteUrl>,
    Path((key, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Ok(key) = key.parse::<types::TagKey>() else { return StatusCode::NOT_FOUND.into_response() };
    let tag = match site.store.tag(&key).await {
        Ok(Some(tag)) => tag,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return fault("making a feed", &error),
    };
    let about = About {
        title: format!("#{} · {}", tag.name, site.names.load().name),
        page: format!("/tag/{}", tag.key.path_segment()),
        filter: ArticleFilter { tag: vec![tag.key], ..ArticleFilter::default() },
    };
    answer(&site, &url, &headers, &file, about).await
}

/// `/author/{handle}/feed.xml` and its other forms.
pub async fn of_author(
    State(site): State<Site>,
    State(url): State<SiteUrl>,
    Path((handle, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Ok(handle) = handle.parse::<types::Handle>() else { return StatusCode::NOT_FOUND.into_response() };
    let author = match site.store.author(&handle).await {
        Ok(Some((author, _))) => author,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return fault("making a feed", &error),
    };
    let about = About {
        title: format!("{} · {}", author.name, site.names.load().name),
        page: format!("/author/{}", author.handle),
        filter: ArticleFilter { author: Some(author.handle), ..ArticleFilter::default() },
    };
    answer(&site, &url, &headers, &file, about).await
}

/// Which articles a feed holds, and what it is called.
struct About {
    title: String,
    page: String,
    filter: ArticleFilter,
}

async fn answer(site: &Site, url: &SiteUrl, headers: &HeaderMap, file: &str, about: About) -> Response {
    let Some(form) = Form::of(file) else { return StatusCode::NOT_FOUND.into_response() };
    let filter = ArticleFilter { per_page: FEED_ENTRIES, ..about.filter };
    let entries: Result<Vec<FeedEntry>, StoreError> = site.store.feed_entries(&filter).await;
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => return fault("making a feed", &error),
    };
    let updated = entries.iter().map(|entry| entry.updated_at.0.max(entry.summary.published_at.0)).max().unwrap_or(0);
    let feed = Feed {
        base: base(url, headers),
        title: about.title,
        address: format!("{}/{file}", about.page.trim_end_matches('/')),
        page: about.page,
        description: site.names.load().description.clone(),
        updated: Timestamp(updated),
        entries,
    };
    let (kind, text) = match form {
        Form::Atom => ("application/atom+xml; charset=utf-8", forms::atom(&feed)),
        Form::Rss => ("application/rss+xml; charset=utf-8", forms::rss(&feed)),
        Form::Json => ("application/feed+json; charset=utf-8", forms::json(&feed)),
    };
    let changed = UNIX_EPOCH + Duration::from_secs(u64::try_from(feed.updated.0.div_euclid(1000)).unwrap_or_default());
    ([(CONTENT_TYPE, kind), (LAST_MODIFIED, &httpdate::fmt_http_date(changed))], text).into_response()
}

/// `/robots.txt`. Results of searches are not forbidden: what is forbidden may still be listed, without its text. They name
/// `/search` as their canonical address instead, so that none of them is listed in its stead.
pub async fn robots(State(url): State<SiteUrl>, headers: HeaderMap) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /random\nDisallow: /account\n\
         Disallow: /admin\n\nSitemap: {}/sitemap.xml\n",
        base(&url, &headers)
    );
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `/opensearch.xml`: lets browsers offer our search.
pub async fn open_search(State(site): State<Site>, State(url): State<SiteUrl>, headers: HeaderMap) -> Response {
    let (base, names) = (base(&url, &headers), site.names.load());
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\
         <ShortName>{}</ShortName><Description>{}</Description><InputEncoding>UTF-8</InputEncoding>\
         <Image width=\"16\" height=\"16\" type=\"image/svg+xml\">{base}/favicon.svg</Image>\
         <Url type=\"text/html\" template=\"{base}/search?q={{searchTerms}}\"/>\
         <Url type=\"application/x-suggestions+json\" template=\"{base}/api/suggest/browser?q={{searchTerms}}\"/>\
         </OpenSearchDescription>\n",
        escaped(&names.name),
        escaped(&names.description)
    );
    ([(CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8")], text).into_response()
}

/// What a browser asks to have completed.
#[derive(serde::Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// `/api/suggest/browser`: the suggestions of `/api/suggest` in the form that browsers take for their own field: what was
/// typed, and the texts.
pub async fn suggestions_for_browsers(State(state): State<AppState>, Query(Typed { q }): Query<Typed>) -> Response {
    let query = SearchQuery::new(&q, ArticleFilter::default());
    match state.services.search.suggest(query.text(), None).await {
        Ok(found) => {
            let texts: Vec<_> = found.iter().map(|one| &one.text).collect();
            let answer = serde_json::json!([q, texts]);
            ([(CONTENT_TYPE, "application/x-suggestions+json; charset=utf-8")], answer.to_string()).into_response()
        }
        Err(error) => fault("suggesting", &error),
    }
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

/// A text inside XML; characters that XML 1.0 cannot hold are gone.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}
