//! What the site tells its operator in figures, as Prometheus reads them.
//!
//! A few dozen counters that never change their names need no library: each is one atomic number.

use crate::site::Site;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Classes of routes.
const CLASSES: [&str; 8] = ["article", "list", "search", "api", "feed", "asset", "probe", "other"];
/// Classes of statuses.
const STATUSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];
/// Upper bounds of the histogram in microseconds.
const BOUNDS: [u64; 10] = [500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 250_000, 1_000_000, 5_000_000];

/// How long the database may take to answer those who look after the site: they must not wait as long as visitors.
pub const PROBE_WITHIN: Duration = Duration::from_secs(2);

/// Counts since the start; cheap to clone.
#[derive(Clone, Default)]
pub struct Metrics(Arc<Counters>);

#[derive(Default)]
struct Counters {
    requests: [[AtomicU64; STATUSES.len()]; CLASSES.len()],
    buckets: [AtomicU64; BOUNDS.len()],
    seconds: AtomicU64,
    total: AtomicU64,
    cache_hits: AtomicU64,
    cache_misses: AtomicU64,
    database_faults: Mutex<Option<u64>>,
}

impl Metrics {
    /// A page came from memory, or had to be rendered.
    pub fn page(&self, from_memory: bool) {
        let counter = if from_memory { &self.0.cache_hits } else { &self.0.cache_misses };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// The database was looked through, and so many faults were found.
    pub fn database_looked_through(&self, faults: usize) {
        *self.0.database_faults.lock().unwrap_or_else(PoisonError::into_inner) = Some(faults as u64);
    }

    /// A request was answered.
    pub fn answered(&self, class: usize, status: StatusCode, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let place = usize::from(status.as_u16() / 100).clamp(1, STATUSES.len()) - 1;
        self.0.requests[class.min(CLASSES.len() - 1)][place].fetch_add(1, Ordering::Relaxed);
        if let Some(bucket) = BOUNDS.iter().position(|bound| micros <= *bound) {
            self.0.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        }
        self.0.seconds.fetch_add(micros, Ordering::Relaxed);
        self.0.total.fetch_add(1, Ordering::Relaxed);
    }

    fn write(&self, text: &mut String) {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        head(text, "liuguang_requests_total", "counter", "Answered requests by class of route and status.");
        for (class, statuses) in CLASSES.iter().zip(&self.0.requests) {
            for (status, count) in STATUSES.iter().zip(statuses).filter(|(_, count)| get(count) > 0) {
                let _ =
                    writeln!(text, "liuguang_requests_total{{route=\"{class}\",status=\"{status}\"}} {}", get(count));
            }
        }
        head(text, "liuguang_request_duration_seconds", "histogram", "Time to the head of the answer.");
        let mut below = 0;
        for (bound, bucket) in BOUNDS.iter().zip(&self.0.buckets) {
            below += get(bucket);
            let bound = *bound as f64 / 1e6;
            let _ = writeln!(text, "liuguang_request_duration_seconds_bucket{{le=\"{bound}\"}} {below}");
        }
        let total = get(&self.0.total);
        let _ = writeln!(text, "liuguang_request_duration_seconds_bucket{{le=\"+Inf\"}} {total}");
        let _ = writeln!(text, "liuguang_request_duration_seconds_sum {}", get(&self.0.seconds) as f64 / 1e6);
        let _ = writeln!(text, "liuguang_request_duration_seconds_count {total}");
        one(text, "liuguang_page_cache_hits_total", "counter", "Pages answered from memory.", get(&self.0.cache_hits));
        one(
            text,
            "liuguang_page_cache_misses_total",
            "counter",
            "Pages that were rendered.",
            get(&self.0.cache_misses),
        );
        if let Some(faults) = *self.0.database_faults.lock().unwrap_or_else(PoisonError::into_inner) {
            one(text, "liuguang_database_faults", "gauge", "What the daily look through the database found.", faults);
        }
    }
}

/// Middleware that counts.
pub async fn count(State(site): State<Site>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let class = class_of(request.extensions().get::<MatchedPath>().map_or(request.uri().path(), MatchedPath::as_str));
    let response = next.run(request).await;
    site.metrics.answered(class, response.status(), started.elapsed());
    response
}

/// The class of a path.
#[must_use]
pub fn class_of(path: &str) -> usize {
    let last = path.rsplit('/').next().unwrap_or_default();
    let name = match path.split('/').nth(1).unwrap_or_default() {
        _ if matches!(last, "feed.xml" | "rss.xml" | "feed.json" | "sitemap.xml") => "feed",
        "articles" => "article",
        "" | "category" | "tag" | "archive" | "author" | "downloads" => "list",
        "search" => "search",
        "api" if last.starts_with("search") || last.starts_with("suggest") => "search",
        "api" => "api",
        "pkg" | "media" => "asset",
        "healthz" | "readyz" | "metrics" => "probe",
        _ => "other",
    };
    CLASSES.iter().position(|class| *class == name).unwrap_or(CLASSES.len() - 1)
}

/// `/metrics`, for this machine alone: a request that a proxy passed on comes from elsewhere.
pub async fn show(
    State(site): State<Site>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let passed_on = ["x-forwarded-for", "forwarded", "x-real-ip"].iter().any(|name| headers.contains_key(*name));
    let local = peer.is_none_or(|axum::Extension(ConnectInfo(peer))| peer.ip().to_canonical().is_loopback());
    if !local || passed_on {
        return (StatusCode::FORBIDDEN, "The metrics are shown to this machine alone.\n").into_response();
    }
    let mut text = String::with_capacity(4096);
    site.metrics.write(&mut text);
    let read = async { tokio::try_join!(site.store.last_change(), site.store.published_count()) };
    let Ok(Ok((newest, articles))) = tokio::time::timeout(PROBE_WITHIN, read).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response();
    };
    one(&mut text, "liuguang_articles", "gauge", "Published articles.", articles);
    let index = site.index.load_full();
    one(&mut text, "liuguang_index_open", "gauge", "Whether search is available.", u64::from(index.is_some()));
    if let Some(index) = index {
        let cursor = index.cursor().ok().flatten().unwrap_or(0);
        one(&mut text, "liuguang_index_documents", "gauge", "Articles in the index.", index.document_count());
        one(
            &mut text,
            "liuguang_index_lag_changes",
            "gauge",
            "Changes that the index has not taken yet.",
            (newest - cursor).max(0).cast_unsigned(),
        );
        one(
            &mut text,
            "liuguang_index_generation",
            "gauge",
            "Number of the index's generation.",
            index.generation_number(),
        );
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn one(text: &mut String, name: &str, kind: &str, help: &str, value: u64) {
    head(text, name, kind, help);
    let _ = writeln!(text, "{name} {value}");
}
