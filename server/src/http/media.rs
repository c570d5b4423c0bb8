//! Pictures that articles show. They come from strangers: typed by content, never run.

use crate::http::range;
use crate::site::Site;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use store::{Store, StoreError};

/// `/media/{hash}.{ending}`: the name holds the hash of the content. `/media/{hash}-{width}.{ending}`: a smaller copy.
pub async fn stored(
    State(site): State<Site>,
    method: Method,
    Path(file): Path<String>,
    request: HeaderMap,
) -> Response {
    let name = file.split('.').next().unwrap_or_default();
    let (content_type, data) = match content(&site.store, name).await {
        Ok(Some(content)) => content,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(file, "reading a picture failed: {error}");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let (Ok(kind), Ok(etag)) = (HeaderValue::from_str(&content_type), HeaderValue::from_str(&format!("\"{name}\"")))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = HeaderMap::from_iter([
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        // Opened by itself, an SVG is a document that could run scripts; this policy lets it run nothing.
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ]);
    let data = Bytes::from(data);
    let size = data.len() as u64;
    let part = range::part(&method, &request, &etag, size);
    range::answer(&part, headers, etag, size, |bytes| {
        // The bytes lie within a content that is in memory, so they fit its length.
        let place = |at: u64| usize::try_from(at).unwrap_or(data.len());
        Body::from(data.slice(place(bytes.start)..place(bytes.end)))
    })
}

/// Media type and content of a picture, or of its copy in a width.
async fn content(store: &Store, name: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let Some((hash, width)) = name.split_once('-') else {
        return Ok(store.asset(name).await?.map(|asset| (asset.content_type, asset.data)));
    };
    let Ok(width) = width.parse() else { return Ok(None) };
    Ok(store.variant(hash, width).await?.map(|variant| (variant.content_type, variant.data)))
}
