//! Parts of a content (RFC 9110 §14): which bytes a request asks for, and the answer that says which it gets.
//!
//! One part is answered; a request for several at once gets the whole, as the standard allows.

use crate::http::page::has;
use axum::body::Body;
use axum::http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use std::ops::Range;

/// What a request gets of a content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// It has the whole already.
    Known,
    /// Everything.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Bytes that there are not.
    Nowhere,
}

/// The part of a content that a request gets. Only GET knows parts.
#[must_use]
pub fn part(method: &Method, request: &HeaderMap, etag: &HeaderValue, size: u64) -> Part {
    if has(request, etag) {
        return Part::Known;
    }
    // A part of another version would be worth nothing: then the whole is sent. Dates are no strong validators.
    let same = request.get(IF_RANGE).is_none_or(|version| version == etag);
    let asked = request.get(RANGE).and_then(|value| value.to_str().ok()).filter(|_| same && *method == Method::GET);
    asked.and_then(|asked| bytes(asked, size)).unwrap_or(Part::Whole)
}

/// Reads `bytes=first-last`, `bytes=first-` or `bytes=-count`; nothing for everything else, which is to be ignored.
fn bytes(asked: &str, size: u64) -> Option<Part> {
    let (unit, list) = asked.split_once('=')?;
    let (first, last) = list.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") || list.contains(',') {
        return None;
    }
    let digits = |text: &str| -> Option<Option<u64>> {
        if text.is_empty() {
            return Some(None);
        }
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        // A number too large for us is beyond the end of everything.
        digits.then(|| Some(text.parse().unwrap_or(u64::MAX)))
    };
    let (start, end) = match (digits(first)?, digits(last)?) {
        (None, None) => return None,
        (Some(first), None) => (first, size),
        (Some(first), Some(last)) if last < first => return None,
        (Some(first), Some(last)) => (first, last.saturating_add(1).min(size)),
        (None, Some(0)) => return Some(Part::Nowhere),
        (None, Some(count)) => (size.saturating_sub(count), size),
    };
    Some(if start < end { Part::Bytes(start..end) } else { Part::Nowhere })
}

/// The answer with its headers; `body` makes the content of the bytes that are sent.
pub fn answer(
    part: &Part,
    mut headers: HeaderMap,
    etag: HeaderValue,
    size: u64,
    body: impl FnOnce(Range<u64>) -> Body,
) -> Response {
    headers.insert(ETAG, etag);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let (status, bytes) = match part {
        Part::Known => {
            headers.remove(CONTENT_TYPE);
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        Part::Nowhere => {
            headers.remove(CONTENT_TYPE);
            insert(&mut headers, CONTENT_RANGE, &format!("bytes */{size}"));
            return (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response();
        }
        Part::Whole => (StatusCode::OK, 0..size),
        Part::Bytes(bytes) => {
            insert(&mut headers, CONTENT_RANGE, &format!("bytes {}-{}/{size}", bytes.start, bytes.end - 1));
            (StatusCode::PARTIAL_CONTENT, bytes.clone())
        }
    };
    headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.end - bytes.start));
    (status, headers, body(bytes)).into_response()
}

fn insert(headers: &mut HeaderMap, name: axum::http::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_standard_allows_and_ignores_the_rest() {
        let part_of = |asked: &str| bytes(asked, 100).unwrap_or(Part::Whole);
        for (asked, expected) in [
            ("bytes=0-0", Part::Bytes(0..1)),
            ("bytes=10-19", Part::Bytes(10..20)),
            ("bytes=90-", Part::Bytes(90..100)),
            ("bytes=90-999999999999999999999999", Part::Bytes(90..100)),
            ("bytes=-5", Part::Bytes(95..100)),
            ("bytes=-500", Part::Bytes(0..100)),
            ("Bytes=0-", Part::Bytes(0..100)),
            ("bytes=100-", Part::Nowhere),
            ("bytes=99999999999999999999999-", Part::Nowhere),
            ("bytes=-0", Part::Nowhere),
            ("bytes=5-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("nonsense", Part::Whole),
        ] {
            assert_eq!(part_of(asked), expected, "{asked}");
        }
        assert_eq!(bytes("bytes=0-", 0), Some(Part::Nowhere));
    }
}
