//! How often one address may ask for what costs work: generous for people, tight for programs that hammer.
//!
//! Every address has a bucket of tokens for each kind of work; it refills steadily. Addresses of IPv6 count by their /64,
//! which one subscriber holds. This machine itself is not limited, unless a proxy on it passes somebody else's request on.

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Addresses that are remembered at once.
const ADDRESSES: u64 = 100_000;
/// A bucket that nobody touched for so long is full again.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(600);

/// Work that is limited: its first path, how many requests at once, and how many more each second.
const WORK: [(&str, f64, f64); 7] = [
    ("/api/suggest", 120.0, 10.0),
    ("/api/search", 60.0, 4.0),
    ("/search", 60.0, 4.0),
    ("/api/preview", 60.0, 4.0),
    ("/api/sign", 20.0, 0.5),
    ("/downloads/", 120.0, 4.0),
    ("/api/upload/copy", 40.0, 0.5),
];

/// The buckets; cheap to clone.
#[derive(Clone)]
pub struct Limits(moka::sync::Cache<(IpAddr, usize), Arc<Mutex<Bucket>>>);

struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Default for Limits {
    fn default() -> Self {
        Self(moka::sync::Cache::builder().max_capacity(ADDRESSES).time_to_idle(FORGOTTEN_AFTER).build())
    }
}

impl Limits {
    /// Takes a token; the seconds to wait when there is none.
    fn take(&self, address: IpAddr, work: usize, now: Instant) -> Result<(), u64> {
        let (_, most, each_second) = WORK[work];
        let bucket =
            self.0.get_with((block(address), work), || Arc::new(Mutex::new(Bucket { tokens: most, filled: now })));
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = now.saturating_duration_since(bucket.filled).as_secs_f64();
        bucket.tokens = (bucket.tokens + passed * each_second).min(most);
        bucket.filled = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        Err(((1.0 - bucket.tokens) / each_second).ceil() as u64)
    }
}

/// Middleware that refuses what is too much, with 429 and the time to wait.
pub async fn limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let work = WORK.iter().position(|(start, ..)| path.starts_with(start));
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let (Some(work), Some(address)) = (work, address.filter(|address| !address.is_loopback())) else {
        return next.run(request).await;
    };
    // Looking at the form to sign in is no attempt.
    if path.starts_with("/api/sign") && request.method() == Method::GET {
        return next.run(request).await;
    }
    match limits.take(address, work, Instant::now()) {
        Ok(()) => next.run(request).await,
        Err(seconds) => refused(seconds),
    }
}

fn refused(seconds: u64) -> Response {
    let page = format!(
        "<!DOCTYPE html><html lang=\"zh-Hans\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><p>{}</p></html>\n",
        app::words::too_many(seconds),
        title = app::words::TOO_MANY,
    );
    let headers = [(RETRY_AFTER, HeaderValue::from(seconds)), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::TOO_MANY_REQUESTS, headers, Html(page)).into_response()
}

/// Who asks: the other end of the connection, or, when that is a proxy on this machine, the last address that the proxy
/// names. Earlier ones are the client's own words.
#[must_use]
pub fn client(peer: SocketAddr, headers: &HeaderMap) -> SocketAddr {
    if !peer.ip().to_canonical().is_loopback() {
        return SocketAddr::new(peer.ip().to_canonical(), peer.port());
    }
    let named = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let last = named.and_then(|list| list.rsplit(',').next()).and_then(|address| address.trim().parse::<IpAddr>().ok());
    SocketAddr::new(last.unwrap_or(peer.ip()).to_canonical(), peer.port())
}

/// The address, or the network of one IPv6 subscriber.
fn block(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_refills_for_each_address() {
        let (limits, now) = (Limits::default(), Instant::now());
        let (one, other): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for _ in 0..60 {
            assert_eq!(limits.take(one, 1, now), Ok(()));
        }
        assert_eq!(limits.take(one, 1, now), Err(1));
        assert_eq!(limits.take(other, 1, now), Ok(()));
        assert_eq!(limits.take(one, 1, now + Duration::from_secs(1)), Ok(()));
    }

    #[test]
    fn only_a_proxy_here_is_believed_and_only_its_own_word() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("203.0.113.9, 198.51.100.7"));
        let seen = |peer: &str| client(peer.parse().unwrap(), &headers).ip().to_string();
        assert_eq!(seen("127.0.0.1:9"), "198.51.100.7");
        assert_eq!(seen("192.0.2.1:9"), "192.0.2.1");
    }
}
