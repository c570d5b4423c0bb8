//! Rendered pages on their way out: policy, validator, compression, and a short memory of the public ones.
//!
//! Leptos marks the scripts that it and our shell write with a nonce. Ours is a secret of this process that no answer
//! ever shows: it proves which inline scripts are our own. Here they are found by it, their hashes go into the
//! Content-Security-Policy, and the nonce is cut out. So a page is the same bytes for everybody: it can carry a strong
//! ETag, be kept compressed in memory, and still no injected script runs.
//!
//! Pages are kept as they were sent, one for each encoding that is asked for: nearly every browser asks for the same, and
//! the memory holds five times as many pages as it would with their plain text. It admits by how often a page is asked for
//! (TinyLFU, Einziger et al. 2017), so many searches that are made once push nothing out.

use crate::http::compress::{self, Encoding};
use crate::http::limit;
use crate::http::metrics::Metrics;
use crate::http::policy::{own_scripts, policy};
use crate::http::security;
use app::site::pauses::with_pauses;
use app::words;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE,
    ETAG, HOST, IF_NONE_MATCH, LOCATION, RETRY_AFTER, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The largest page that is held at once; articles are limited far below.
const MAX_PAGE_BYTES: usize = 32 * 1024 * 1024;
/// Memory for rendered pages in bytes.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;
/// How long a page may be older than the site; view counts and the hour's quotation are all that differs.
const CACHE_LIFETIME: Duration = Duration::from_secs(60);

/// Pages whose makers are known, so that others wait for them.
const TURNS: u64 = 4096;
/// Pages that are rendered at once. They take little but the processor, so more at once would be no sooner there; and as
/// one that was begun is finished although nobody waits for it any more, more could be begun than memory has room for.
const AT_ONCE: usize = 64;
/// How long to wait for a place among them.
const WAIT_FOR_PLACE: Duration = Duration::from_secs(2);
/// When to come back if there was none, in seconds.
const COME_BACK_IN: u64 = 5;
/// How long to wait for another request that renders the same page.
const WAIT_FOR_ANOTHER: Duration = Duration::from_secs(2);

/// Remembers public pages until something is published.
#[derive(Clone)]
pub struct Pages {
    nonce: Arc<str>,
    metrics: Metrics,
    /// No address is configured: pages say the host that the visitor named, and differ by it.
    by_host: bool,
    cache: moka::sync::Cache<String, Arc<Page>>,
    /// Who renders a page holds its turn, so that many who ask for it at once have it rendered once.
    turns: moka::sync::Cache<String, Arc<tokio::sync::Mutex<()>>>,
    /// Places for [`AT_ONCE`] pages that are being rendered.
    places: Arc<Semaphore>,
    /// Goes up with every publication: a page begun before it is not kept.
    edition: Arc<AtomicU64>,
}

/// A page ready to be sent.
struct Page {
    policy: HeaderValue,
    etag: HeaderValue,
    encoding: Encoding,
    content: Bytes,
}

impl Default for Pages {
    fn default() -> Self {
        Self::new(Metrics::default(), true)
    }
}

impl Pages {
    /// An empty memory and a fresh secret.
    #[must_use]
    pub fn new(metrics: Metrics, by_host: bool) -> Self {
        let cache = moka::sync::Cache::builder()
            .max_capacity(CACHE_BYTES)
            .weigher(|key: &String, page: &Arc<Page>| u32::try_from(key.len() + page.content.len()).unwrap_or(u32::MAX))
            .time_to_live(CACHE_LIFETIME)
            .build();
        let secret = uuid::Uuid::new_v4().simple().to_string();
        let turns = moka::sync::Cache::builder().max_capacity(TURNS).time_to_live(CACHE_LIFETIME).build();
        let places = Arc::new(Semaphore::new(AT_ONCE));
        Self { nonce: secret.into(), metrics, by_host, cache, turns, places, edition: Arc::default() }
    }

    /// The secret by which our own inline scripts are known.
    #[must_use]
    pub fn nonce(&self) -> Arc<str> {
        Arc::clone(&self.nonce)
    }

    /// A number that goes up with every publication: what was read under an earlier one may have changed.
    pub fn edition(&self) -> u64 {
        self.edition.load(Ordering::Acquire)
    }

    /// Forgets every page; called when something was published.
    pub fn forget(&self) {
        self.edition.fetch_add(1, Ordering::AcqRel);
        self.cache.invalidate_all();
    }

    /// Gives the memory of pages back that are too old to be shown. A page that nobody asks for is otherwise held until
    /// somebody asks for another one.
    pub fn drop_old(&self) {
        self.cache.run_pending_tasks();
        self.turns.run_pending_tasks();
    }

    /// Forgets one page, by its path; called when something small on it changed.
    pub fn forget_page(&self, path: &str) {
        for (key, _) in &self.cache {
            if key.rsplit_once(' ').is_some_and(|(_, known)| known == path) {
                self.cache.invalidate(key.as_str());
            }
        }
    }

    /// Under which a page is kept: the encoding, the host where pages differ by it, and the address.
    fn key(&self, uri: &Uri, headers: &HeaderMap) -> String {
        let encoding = Encoding::accepted(headers.get(ACCEPT_ENCODING)).name().unwrap_or_default();
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).filter(|_| self.by_host);
        format!("{encoding} {} {}", host.unwrap_or_default(), uri.path_and_query().map_or("/", |path| path.as_str()))
    }

    /// The answer to a request for a page that is in memory, made without the layers below. Who sends a cookie may be
    /// somebody for whom pages differ, and goes the long way.
    pub fn at_once(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
        if method != Method::GET || headers.contains_key(COOKIE) {
            return None;
        }
        let page = self.cache.get(&self.key(uri, headers))?;
        self.metrics.page(true);
        let mut response = answer(&page, StatusCode::OK, headers);
        security::add_headers(response.headers_mut());
        Some(response)
    }

    /// Waits for the one who renders this page already, but not for long: a page that fails must not queue up.
    async fn turn(&self, key: &str) -> Option<tokio::sync::OwnedMutexGuard<()>> {
        let turn = self.turns.get_with_by_ref(key, Arc::default);
        tokio::time::timeout(WAIT_FOR_ANOTHER, turn.lock_owned()).await.ok()
    }

    /// Waits for a place to render a page, but not for long.
    pub async fn place(&self) -> Option<OwnedSemaphorePermit> {
        let place = Arc::clone(&self.places).acquire_owned();
        tokio::time::timeout(WAIT_FOR_PLACE, place).await.ok()?.ok()
    }

    /// The answer from memory to a request for a page that is there.
    fn known(&self, wanted: &Wanted) -> Option<Response> {
        let page = self.cache.get(&wanted.key).filter(|_| !wanted.private)?;
        self.metrics.page(true);
        Some(answer(&page, StatusCode::OK, &wanted.headers))
    }
}

/// What a request asks for.
struct Wanted {
    key: String,
    headers: HeaderMap,
    /// It shows what only one person may see, or typed: it is never kept.
    private: bool,
}

/// Middleware around the pages.
///
/// A page that was begun is finished, also when the visitor leaves: Leptos's tasks panic when what they read is gone, and
/// the next visitor gets the page from memory. What is asked for many times at once is still made once, and who leaves
/// while waiting for a place leaves no work behind.
pub async fn finish(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let wanted = Wanted {
        key: pages.key(request.uri(), request.headers()),
        headers: request.headers().clone(),
        private: !reads || is_private(request.uri().path()),
    };
    if let Some(response) = pages.known(&wanted) {
        return response;
    }
    let turn = if wanted.private { None } else { pages.turn(&wanted.key).await };
    if let Some(response) = pages.known(&wanted) {
        return response;
    }
    // A post takes its place when there is something to render: before, it may be a file on a slow line.
    let place = if reads { pages.place().await } else { None };
    if reads && place.is_none() {
        return busy();
    }
    let rendered = tokio::spawn(async move {
        let _until_then = (turn, place);
        made(pages, wanted, request, next).await
    });
    match rendered.await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only at the end of the process.
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
    }
}

/// The answer to a request for a page when too many are being rendered.
pub fn busy() -> Response {
    limit::refused(StatusCode::SERVICE_UNAVAILABLE, COME_BACK_IN)
}

/// The answer while the database cannot be reached: a short page that says when to come back.
pub fn unreachable() -> Response {
    let sentence = words::unreachable(COME_BACK_IN);
    limit::come_back(StatusCode::SERVICE_UNAVAILABLE, words::UNREACHABLE, &sentence, COME_BACK_IN)
}

/// The page, rendered and kept.
async fn made(pages: Pages, wanted: Wanted, request: Request, next: Next) -> Response {
    let Wanted { key, headers, private } = wanted;
    let edition = pages.edition.load(Ordering::Acquire);
    let response = next.run(request).await;
    let is_html = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/html"));
    if !is_html {
        return response;
    }
    if let Some(target) = response.headers().get(LOCATION) {
        // Nobody reads a page that leads elsewhere, and its scripts would show the secret.
        return (response.status(), [(LOCATION, target.clone())]).into_response();
    }
    pages.metrics.page(false);
    let status = response.status();
    let again = response.headers().get(RETRY_AFTER).cloned();
    let Ok(body) = to_bytes(response.into_body(), MAX_PAGE_BYTES).await else {
        tracing::error!(path = key, "a page could not be rendered to its end");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let Ok(html) = std::str::from_utf8(&body) else {
        tracing::error!(path = key, "a page is not UTF-8");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let html = with_pauses(html, &pages.nonce);
    let (html, scripts) = own_scripts(&html, &pages.nonce);
    let page = Arc::new(Page::new(html, &scripts, Encoding::accepted(headers.get(ACCEPT_ENCODING))));
    let mut response = answer(&page, status, &headers);
    if let Some(again) = again {
        response.headers_mut().insert(RETRY_AFTER, again);
    }
    if private {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.headers_mut().remove(ETAG);
    } else if status == StatusCode::OK && edition == pages.edition.load(Ordering::Acquire) {
        // An unknown address is no 200, and is not kept: there are any number of them.
        pages.cache.insert(key, page);
    }
    response
}

/// Whether a page shows what only one person may see: it is never kept, here or anywhere.
fn is_private(path: &str) -> bool {
    let of_article = path.strip_prefix("/articles/").is_some_and(|rest| rest.ends_with("/feedback"));
    let mut places = ["/editor", "/preview", "/account", "/admin"].iter();
    of_article
        || places.any(|place| path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

impl Page {
    fn new(html: String, scripts: &[String], encoding: Encoding) -> Self {
        let digest = Sha256::digest(html.as_bytes());
        let etag = format!("\"{}\"", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&digest[..18]));
        let policy = policy(scripts);
        let (encoding, content) = compress::encode(html.into_bytes(), encoding);
        Self {
            policy: HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
            etag: HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\"")),
            encoding,
            content,
        }
    }
}

/// The page as this client can take it, or 304 when it has it already.
fn answer(page: &Page, status: StatusCode, request: &HeaderMap) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    headers.insert(CONTENT_SECURITY_POLICY, page.policy.clone());
    if status == StatusCode::OK {
        headers.insert(ETAG, page.etag.clone());
        if has(request, &page.etag) {
            headers.remove(CONTENT_TYPE);
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
    }
    if let Some(name) = page.encoding.name() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    headers.insert(CONTENT_LENGTH, HeaderValue::from(page.content.len()));
    (status, headers, Body::from(page.content.clone())).into_response()
}

/// Whether the client says that it has this version (RFC 9110 §13.1.2, weak comparison).
pub fn has(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let (Some(asked), Ok(etag)) = (request.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()), etag.to_str())
    else {
        return false;
    };
    let etag = etag.trim_start_matches("W/");
    asked.split(',').any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use futures_util::FutureExt;
    use tower::ServiceExt;

    #[test]
    fn a_page_that_is_too_old_gives_its_memory_back_though_nobody_asks() {
        let cache = moka::sync::Cache::builder().time_to_live(Duration::from_millis(500)).build();
        let pages = Pages { cache, ..Pages::default() };
        pages.cache.insert("a".into(), Arc::new(Page::new("<p>".repeat(100), &[], Encoding::accepted(None))));
        pages.drop_old();
        assert_eq!(pages.cache.entry_count(), 1);
        std::thread::sleep(Duration::from_millis(600));
        assert_eq!(pages.cache.entry_count(), 1, "it is held, and nobody can get it");
        pages.drop_old();
        assert_eq!(pages.cache.entry_count(), 0);
    }

    #[tokio::test]
    async fn who_leaves_leaves_no_endless_work_behind() {
        let begun = Arc::new(AtomicU64::new(0));
        let endless = {
            let begun = Arc::clone(&begun);
            move || {
                begun.fetch_add(1, Ordering::Relaxed);
                std::future::pending::<()>()
            }
        };
        let router = Router::new().fallback(endless).layer(from_fn_with_state(Pages::default(), finish));
        let ask = |path: String| {
            router.clone().oneshot(Request::builder().uri(path).body(Body::empty()).unwrap()).map(Result::unwrap)
        };
        for number in 0..AT_ONCE + 20 {
            let left = tokio::time::timeout(Duration::from_millis(10), ask(format!("/?x={number}"))).await;
            assert!(left.is_err());
        }
        assert_eq!(begun.load(Ordering::Relaxed), AT_ONCE as u64);
        let refused = ask("/?y".to_owned()).await;
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.headers().contains_key(RETRY_AFTER));
    }

    #[test]
    fn knows_an_etag_among_several() {
        let mut headers = HeaderMap::new();
        headers.insert(IF_NONE_MATCH, HeaderValue::from_static("\"a\", W/\"b\""));
        assert!(has(&headers, &HeaderValue::from_static("\"b\"")));
        assert!(!has(&headers, &HeaderValue::from_static("\"c\"")));
    }
}
