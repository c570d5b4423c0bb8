//! Counting readers and downloads: one view for each visitor, article and day, no robots, written in batches beside the
//! requests. What cannot be written waits.
//!
//! A visitor is a program at an address; a program that calls itself by another name for every request is no crowd, so
//! only so many of an address are believed each day.

use crate::address::block;
use crate::site::Site;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use types::{AttachmentId, Slug};

/// How often counted views are written.
const FLUSH_EVERY: Duration = Duration::from_secs(5);
/// As long as visitors are known.
const DAY: Duration = Duration::from_secs(86_400);
/// Views that wait at most; beyond, the newest are dropped rather than memory filled.
const MAX_WAITING: usize = 50_000;
/// Visitors that are believed of one address, or network of one subscriber, on one day: a household or an office.
const VISITORS: usize = 20;
/// Addresses whose visitors are known at once.
const ADDRESSES: u64 = 20_000;
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

/// The visitors of an address on a day.
type Visitors = moka::sync::Cache<(IpAddr, i64), Arc<Mutex<HashSet<i64>>>>;

/// How often a file was taken, and the article that offers it; there are no more of them than files.
type Downloads = HashMap<AttachmentId, (Slug, i64)>;

/// Gathers views and downloads until they are written.
#[derive(Clone)]
pub struct ViewCounter {
    waiting: Arc<Mutex<HashSet<View>>>,
    downloads: Arc<Mutex<Downloads>>,
    visitors: Visitors,
    hasher: Arc<RandomState>,
}

impl Default for ViewCounter {
    fn default() -> Self {
        let visitors = Visitors::builder().max_capacity(ADDRESSES).time_to_live(DAY).build();
        Self { waiting: Arc::default(), downloads: Arc::default(), visitors, hasher: Arc::default() }
    }
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
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let day = (now.as_secs() / DAY.as_secs()).cast_signed();
        let address = address.map(|address| block(address.ip()));
        let visitor = self.hasher.hash_one((address, program, day)).cast_signed();
        if !self.is_believed(address, visitor, day) {
            return;
        }
        self.wait([View { slug, visitor, day }]);
    }

    /// Notes that somebody takes a file which an article offers.
    pub fn note_download(&self, file: AttachmentId, article: Slug) {
        self.add_downloads([(file, (article, 1))]);
    }

    /// Lets views wait, as far as there is room.
    fn wait(&self, views: impl IntoIterator<Item = View>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for view in views {
            if waiting.len() < MAX_WAITING {
                waiting.insert(view);
            }
        }
    }

    fn add_downloads(&self, downloads: impl IntoIterator<Item = (AttachmentId, (Slug, i64))>) {
        let mut waiting = self.downloads.lock().unwrap_or_else(PoisonError::into_inner);
        for (file, (article, count)) in downloads {
            waiting.entry(file).or_insert((article, 0)).1 += count;
        }
    }

    /// Whether a visitor is among the first of an address on this day. This machine itself is always believed.
    fn is_believed(&self, address: Option<IpAddr>, visitor: i64, day: i64) -> bool {
        let Some(address) = address.filter(|address| !address.is_loopback()) else { return true };
        let known = self.visitors.get_with((address, day), Arc::default);
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < VISITORS {
            known.insert(visitor);
        }
        known.contains(&visitor)
    }

    fn take(&self) -> HashSet<View> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn take_downloads(&self) -> Downloads {
        std::mem::take(&mut *self.downloads.lock().unwrap_or_else(PoisonError::into_inner))
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

/// Writes what was counted; what cannot be written waits for the next time. A view that is written twice counts once.
pub async fn flush(site: &Site) {
    let views = site.counter.take();
    if !views.is_empty() {
        let write: Vec<_> = views.iter().map(|view| (view.slug.clone(), view.visitor, view.day)).collect();
        if let Err(error) = site.store.record_views(&write).await {
            tracing::warn!("up to {} views could not be written and wait: {}", views.len(), error.causes());
            site.counter.wait(views);
        }
    }
    let downloads = site.counter.take_downloads();
    if !downloads.is_empty() {
        let write: Vec<_> = downloads.iter().map(|(file, (_, count))| (*file, *count)).collect();
        if let Err(error) = site.store.count_downloads(&write).await {
            tracing::warn!("downloads of {} files could not be written and wait: {}", write.len(), error.causes());
            site.counter.add_downloads(downloads);
            return;
        }
        site.pages.forget_page("/downloads");
        for (article, _) in downloads.values() {
            site.pages.forget_page(&format!("/articles/{article}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn views(counter: &ViewCounter, address: &str, programs: std::ops::Range<usize>) -> usize {
        for number in programs {
            let program = format!("Mozilla/5.0 ({number})").parse().unwrap();
            let address = format!("{address}:9").parse().unwrap();
            counter.note("one".parse().unwrap(), Some(address), &HeaderMap::from_iter([(USER_AGENT, program)]));
        }
        counter.take().len()
    }

    #[test]
    fn a_program_of_many_names_is_no_crowd() {
        let counter = ViewCounter::default();
        assert_eq!(views(&counter, "192.0.2.1", 0..500), VISITORS);
        assert_eq!(views(&counter, "192.0.2.1", 0..1), 1, "who was believed still is");
        assert_eq!(views(&counter, "192.0.2.1", 500..900), 0);
        assert_eq!(views(&counter, "192.0.2.2", 0..3), 3);
        // One subscriber of IPv6 holds a whole network of addresses.
        assert_eq!(views(&counter, "[2001:db8::1]", 0..15), 15);
        assert_eq!(views(&counter, "[2001:db8::2]", 10..100), 10);
    }
}
