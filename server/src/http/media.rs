//! Pictures that articles show. They come from strangers: typed by content, never run.

use crate::site::Site;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// `/media/{hash}.{ending}`: the name holds the hash of the content.
pub async fn stored(State(site): State<Site>, Path(file): Path<String>) -> Response {
    let hash = file.split('.').next().unwrap_or_default();
    let asset = match site.store.asset(hash).await {
        Ok(Some(asset)) => asset,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(file, "reading a picture failed: {error}");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let Ok(kind) = HeaderValue::from_str(&asset.content_type) else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        // Opened by itself, an SVG is a document that could run scripts; this policy lets it run nothing.
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    (headers, asset.data).into_response()
}
