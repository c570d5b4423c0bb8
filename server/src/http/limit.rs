//! How often one address may ask for what costs work: generous for people, tight for programs that hammer.
//!
//! Every address has a bucket of tokens for each kind of work; it refills steadily. Addresses of IPv6 count by their /64,
//! which one subscriber holds. This machine itself is not limited, unless a proxy on it passes somebody else's request on.

use crate::address::block;
use app::words;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Addresses that are remembered at once.
const ADDRESSES: u64 = 100_000;
/// A bucket that nobody touched for so long is full again.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(600);

/// Work that is limited: whether only posts are, its first path, how many requests at once, and how many more each second.
/// What comes first counts. Saving is for a few people behind one address who write and paste pictures all day.
const WORK: [(bool, &str, f64, f64); 11] = [
    (false, "/api/suggest", 120.0, 10.0),
    (false, "/api/search", 60.0, 4.0),
    (false, "/search", 60.0, 4.0),
    (false, "/api/preview", 60.0, 4.0),
    // Looking at the form to sign in is no attempt.
    (true, "/api/sign", 20.0, 0.5),
    (false, "/downloads/", 120.0, 4.0),
    (true, "/api/upload/copy", 40.0, 0.5),
    (true, "/api/upload", 120.0, 2.0),
    (true, "/api/draft", 240.0, 5.0),
    (true, "/editor/", 120.0, 2.0),
    // Who sends too much feedback is told so by the form; this is for programs that hammer.
    (true, "/articles/", 30.0, 0.5),
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
        let (_, _, most, each_second) = WORK[work];
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
    let (path, posted) = (request.uri().path(), request.method() == Method::POST);
    let work = WORK.iter().position(|(posts, start, ..)| (posted || !posts) && path.starts_with(start));
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let (Some(work), Some(address)) = (work, address.filter(|address| !address.is_loopback())) else {
        return next.run(request).await;
    };
    match limits.take(address, work, Instant::now()) {
        Ok(()) => next.run(request).await,
        Err(seconds) => refused(StatusCode::TOO_MANY_REQUESTS, seconds),
    }
}

/// A short page that says when to come back: whoever asks too often, or anybody while the site is busy.
pub fn refused(status: StatusCode, seconds: u64) -> Response {
    let (title, sentence) = match status {
        StatusCode::TOO_MANY_REQUESTS => (words::TOO_MANY, words::too_many(seconds)),
        _ => (words::BUSY, words::busy(seconds)),
    };
    come_back(status, title, &sentence, seconds)
}

/// A short page that says so, and when to come back.
pub fn come_back(status: StatusCode, title: &str, sentence: &str, seconds: u64) -> Response {
    let page = format!(
        "<!DOCTYPE html><html lang=\"zh-Hans\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><p>{sentence}</p></html>\n"
    );
    let headers = [(RETRY_AFTER, HeaderValue::from(seconds)), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, headers, Html(page)).into_response()
}

/// Addresses that begin with the same bits, as `192.0.2.0/24`; one address alone has all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    fn contains(self, address: IpAddr) -> bool {
        let same = |one: u128, other: u128, width: u32| (one ^ other).checked_shr(width - self.bits).unwrap_or(0) == 0;
        match (self.address, address) {
            (IpAddr::V4(one), IpAddr::V4(other)) => same(one.to_bits().into(), other.to_bits().into(), 32),
            (IpAddr::V6(one), IpAddr::V6(other)) => same(one.to_bits(), other.to_bits(), 128),
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no address or network such as 192.0.2.1 or 192.0.2.0/24");
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), str::parse).map_err(|_| wrong())?;
        if bits > width { Err(wrong()) } else { Ok(Self { address, bits }) }
    }
}

/// Proxies that are believed, besides those on this machine.
static PROXIES: OnceLock<Vec<Network>> = OnceLock::new();

/// Says once, before the first connection is taken, which proxies are believed besides those on this machine.
pub fn believe(proxies: &[Network]) {
    // Nobody can say it twice: settings do not change while the program runs.
    let _ = PROXIES.set(proxies.to_vec());
}

/// Who asks: the other end of the connection, or, when that is a proxy that is believed, who that proxy says it is.
#[must_use]
pub fn client(peer: SocketAddr, headers: &HeaderMap) -> SocketAddr {
    SocketAddr::new(behind(peer.ip(), headers, PROXIES.get().map_or(&[], Vec::as_slice)), peer.port())
}

/// Whether this address may pass on what others ask: this machine, and the proxies that are believed.
#[must_use]
pub fn is_proxy(address: IpAddr) -> bool {
    is_among(address.to_canonical(), PROXIES.get().map_or(&[], Vec::as_slice))
}

fn is_among(address: IpAddr, proxies: &[Network]) -> bool {
    address.is_loopback() || proxies.iter().any(|proxy| proxy.contains(address))
}

/// The last address in the chain that is no proxy that is believed. Earlier ones are the client's own words.
fn behind(peer: IpAddr, headers: &HeaderMap, proxies: &[Network]) -> IpAddr {
    let mut client = peer.to_canonical();
    let named = headers.get_all("x-forwarded-for").iter().rev().filter_map(|value| value.to_str().ok());
    for address in named.flat_map(|list| list.rsplit(',')) {
        if !is_among(client, proxies) {
            break;
        }
        let Ok(address) = address.trim().parse::<IpAddr>() else { break };
        client = address.to_canonical();
    }
    client
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
    fn only_proxies_that_are_known_are_believed_and_only_their_own_word() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("203.0.113.9, 198.51.100.7"));
        let seen = |peer: &str, proxies: &[&str]| {
            let proxies: Vec<Network> = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
            behind(peer.parse().unwrap(), &headers, &proxies).to_string()
        };
        assert_eq!(seen("127.0.0.1", &[]), "198.51.100.7");
        assert_eq!(seen("192.0.2.1", &[]), "192.0.2.1");
        assert_eq!(seen("192.0.2.1", &["192.0.2.0/24"]), "198.51.100.7");
        assert_eq!(seen("::ffff:192.0.2.1", &["2001:db8::/32", "192.0.2.1"]), "198.51.100.7");
        assert_eq!(seen("192.0.2.1", &["192.0.2.1", "198.51.100.0/25"]), "203.0.113.9");
        assert_eq!(seen("192.0.3.1", &["192.0.2.0/24"]), "192.0.3.1");
        assert_eq!(seen("2001:db8::1", &["0.0.0.0/0"]), "2001:db8::1");
        assert_eq!(seen("2001:db8::1", &["::/0"]), "198.51.100.7");
    }

    #[test]
    fn what_is_no_network_is_told() {
        for text in ["", "192.0.2", "192.0.2.0/33", "::/129", "192.0.2.0/", "proxy.example"] {
            assert!(text.parse::<Network>().unwrap_err().contains("is no address"), "{text}");
        }
    }
}
