//! What programs read, on its way out: the public functions of the API, feeds and the site map get a validator and are
//! compressed. They are the same for everybody who asks; what is random or somebody's own passes by.

use crate::http::compress::{Encoding, encode_quickly};
use crate::http::page::has;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use sha2::{Digest, Sha256};
use std::time::SystemTime;

/// The functions whose answers depend on their arguments and on what is published, and on nothing else.
const FUNCTIONS: [&str; 11] = [
    "archive",
    "article",
    "articles",
    "author",
    "categories",
    "category",
    "recommended",
    "search",
    "suggest",
    "tag",
    "tags",
];
/// The function whose answer says how long it took.
const SEARCH: &str = "/api/search";
/// How it says so.
const TOOK: &[u8] = b"\"took\":";
/// The largest answer: a part of the site map has 45,000 addresses.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// From here on compressing would keep a thread for too long that other requests wait for.
const LONG_BYTES: usize = 512 * 1024;

/// Gives an answer its validator and its encoding, or says that the client has it already. Failures are kept by nobody.
pub async fn finish(request: Request, next: Next) -> Response {
    if !is_reading(request.uri().path()) {
        return next.run(request).await;
    }
    let timed = request.uri().path() == SEARCH;
    let asked = request.headers().clone();
    let mut response = next.run(request).await;
    match response.status() {
        StatusCode::OK => answer(response, &asked, timed).await,
        status if status.is_redirection() => response,
        _ => {
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
    }
}

fn is_reading(path: &str) -> bool {
    match path.strip_prefix("/api/") {
        Some(function) => FUNCTIONS.contains(&function),
        None => {
            path.starts_with("/sitemap")
                || path.rsplit('/').next().is_some_and(|file| matches!(file, "feed.xml" | "rss.xml" | "feed.json"))
        }
    }
}

/// The answer as this client takes it, or 304.
async fn answer(response: Response, asked: &HeaderMap, timed: bool) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(content) = to_bytes(body, MAX_BYTES).await else {
        tracing::error!("an answer to a program could not be made to its end");
        return (StatusCode::INTERNAL_SERVER_ERROR, [(CACHE_CONTROL, "no-store")]).into_response();
    };
    let encoding = Encoding::accepted(asked.get(ACCEPT_ENCODING)).worth(content.len());
    let etag = etag(&content, encoding, timed);
    let headers = &mut parts.headers;
    let fresh = if asked.contains_key(IF_NONE_MATCH) { has(asked, &etag) } else { unchanged(headers, asked) };
    headers.insert(ETAG, etag);
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    if fresh {
        headers.remove(CONTENT_TYPE);
        headers.remove(CONTENT_LENGTH);
        parts.status = StatusCode::NOT_MODIFIED;
        return Response::from_parts(parts, Body::empty());
    }
    let (encoding, content) = if content.len() > LONG_BYTES {
        let same = content.clone();
        let encoded = tokio::task::spawn_blocking(move || encode_quickly(same, encoding)).await;
        encoded.unwrap_or((Encoding::Identity, content))
    } else {
        encode_quickly(content, encoding)
    };
    if let Some(name) = encoding.name() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    headers.insert(CONTENT_LENGTH, HeaderValue::from(content.len()));
    Response::from_parts(parts, Body::from(content))
}

/// A strong validator: other bytes, also those of another encoding, have another one. Where the time is in the answer, it
/// is left out, and the validator is a weak one: found again, the same hits are the same answer.
fn etag(content: &[u8], encoding: Encoding, timed: bool) -> HeaderValue {
    let took = if timed { content.windows(TOOK.len()).rposition(|part| part == TOOK) } else { None };
    let (before, after) = content.split_at(took.map_or(content.len(), |at| at + TOOK.len()));
    let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digest = Sha256::new().chain_update(before).chain_update(&after[digits..]).finalize();
    let digest = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&digest[..18]);
    let weak = if took.is_some() { "W/" } else { "" };
    let etag = match encoding.name() {
        Some(name) => format!("{weak}\"{digest}.{name}\""),
        None => format!("{weak}\"{digest}\""),
    };
    HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether the client has the answer by its date. Only asked where it names no ETag (RFC 9110 §13.2.2).
fn unchanged(headers: &HeaderMap, asked: &HeaderMap) -> bool {
    let date = |headers: &HeaderMap, name: HeaderName| -> Option<SystemTime> {
        httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
    };
    matches!((date(headers, LAST_MODIFIED), date(asked, IF_MODIFIED_SINCE)), (Some(changed), Some(since)) if changed <= since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_a_search_took_makes_it_no_other_answer() {
        let of = |content: &str, timed| etag(content.as_bytes(), Encoding::Identity, timed);
        let [fast, slow] = ["{\"total\":1,\"took\":7}", "{\"total\":1,\"took\":1024}"];
        assert_eq!(of(fast, true), of(slow, true));
        assert!(of(fast, true).as_bytes().starts_with(b"W/\""));
        assert_ne!(of(fast, true), of(&fast.replace('1', "2"), true));
        assert_ne!(of(fast, false), of(slow, false));
    }

    #[test]
    fn knows_what_is_the_same_for_everybody() {
        for path in ["/api/search", "/feed.xml", "/tag/c%2B%2B/feed.json", "/sitemap.xml", "/sitemap/2.xml"] {
            assert!(is_reading(path), "{path}");
        }
        for path in
            ["/api/random", "/api/learning", "/api/frame", "/api/draft/who", "/articles/feed", "/", "/robots.txt"]
        {
            assert!(!is_reading(path), "{path}");
        }
    }
}
