//! Counting readers: one view for each visitor, article and day, no robots, written in batches.

use crate::site::Site;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use types::Slug;

/// How often counted views are written.
const FLUSH_EVERY: Duration = Duration::from_secs(5);
/// Views that wait at most; beyond, the newest are dropped rather than memory filled.
const MAX_WAITING: usize = 50_000;
/// Words in the names of programs that are no readers.
const ROBOTS: [&str; 14] = [
    "bot",
    "spider",
    "crawl",
    "slurp",
    "curl",
    "wget",
    "python",
    "go-http",
    "java/",
    "headlesschrome-prerender",
    "lighthouse",
    "preview",
    "scan",
    "monitor",
];

/// A reader of an article on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct View {
    /// Which article.
    pub slug: Slug,
    /// Hash of address and program; no person can be found from it after a restart.
    pub visitor: i64,
    /// Days since 1970.
    pub day: i64,
}

/// Gathers views until they are written.
#[derive(Clone, Default)]
pub struct ViewCounter {
    waiting: Arc<Mutex<HashSet<View>>>,
    hasher: Arc<RandomState>,
}

impl ViewCounter {
    /// Notes that somebody reads an article.
    fn note(&self, slug: Slug, address: Option<SocketAddr>, headers: &HeaderMap) {
        let program = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let lower = program.to_ascii_lowercase();
        let fetched_ahead = headers.contains_key("sec-purpose") || headers.contains_key("purpose");
        if program.is_empty() || fetched_ahead || ROBOTS.iter().any(|robot| lower.contains(robot)) {
            return;
        }
        let day = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
        let visitor = self.hasher.hash_one((address.map(|address| address.ip()), program, day));
        let view = View { slug, visitor: visitor.cast_signed(), day: day.cast_signed() };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MAX_WAITING {
            waiting.insert(view);
        }
    }

    fn take(&self) -> HashSet<View> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Notes the reader of a page that was answered from memory.
pub fn note_page(site: &Site, uri: &Uri, client: SocketAddr, headers: &HeaderMap) {
    if let Some(slug) = uri.path().strip_prefix("/articles/").and_then(|slug| slug.parse().ok()) {
        site.counter.note(slug, Some(client), headers);
    }
}

/// Middleware that counts the pages and API answers which show an article.
pub async fn count(State(site): State<Site>, request: Request, next: Next) -> Response {
    let slug = (request.method() == Method::GET).then(|| read_article(&request)).flatten();
    let Some(slug) = slug else { return next.run(request).await };
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let headers = request.headers().clone();
    let response = next.run(request).await;
    if matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED) {
        site.counter.note(slug, address, &headers);
    }
    response
}

/// The article that a request reads.
fn read_article(request: &Request) -> Option<Slug> {
    let uri = request.uri();
    match uri.path().strip_prefix("/articles/") {
        Some(slug) => slug.parse().ok(),
        None if uri.path() == "/api/article" => {
            uri.query()?.split('&').find_map(|pair| pair.strip_prefix("slug="))?.parse().ok()
        }
        None => None,
    }
}

/// Writes what was counted, again and again, until the site stops.
pub async fn write(site: Site, mut stop: tokio::sync::watch::Receiver<bool>) {
    loop {
        let stopping = tokio::select! {
            () = tokio::time::sleep(FLUSH_EVERY) => false,
            _ = stop.changed() => true,
        };
        flush(&site).await;
        if stopping {
            return;
        }
    }
}

/// Writes what was counted.
pub async fn flush(site: &Site) {
    let views: Vec<_> = site.counter.take().into_iter().map(|view| (view.slug, view.visitor, view.day)).collect();
    if views.is_empty() {
        return;
    }
    if let Err(error) = site.store.record_views(&views).await {
        tracing::warn!("{} views could not be written: {error}", views.len());
    }
}
