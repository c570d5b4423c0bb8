//! Files that the build made: hashed names for ever, others with a validator, all of them precompressed.

use crate::http::compress::Encoding;
use crate::http::page::has;
use axum::body::Bytes;
use axum::extract::{Path as UrlPath, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What our own scripts may do where they run as workers: load themselves, WASM and what this site serves.
pub const WORKER_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'",
);

/// The folder of the built site.
#[derive(Clone)]
pub struct SiteFolder(pub Arc<PathBuf>);

/// `/pkg/{file}`: the name holds the hash of the content. A file that is missing is a plain 404, never a page.
pub async fn built(State(folder): State<SiteFolder>, UrlPath(file): UrlPath<String>, headers: HeaderMap) -> Response {
    let path = format!("pkg/{file}");
    let mut response = send(&folder, &path, &headers, "public, max-age=31536000, immutable").await;
    if file.ends_with(".js") {
        // A worker lives under the policy of its own file.
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, WORKER_POLICY);
    }
    response
}

/// A file of the site's top folder, such as `/favicon.svg`.
pub async fn plain(folder: SiteFolder, path: &str, headers: &HeaderMap) -> Response {
    send(&folder, path.trim_start_matches('/'), headers, "public, max-age=3600").await
}

/// Sends a file of the built site, compressed where the client takes it, or 304.
pub async fn send(folder: &SiteFolder, path: &str, headers: &HeaderMap, lifetime: &'static str) -> Response {
    let Some(file) = inside(&folder.0, path) else { return StatusCode::NOT_FOUND.into_response() };
    let encoding = Encoding::accepted(headers.get(ACCEPT_ENCODING));
    let (encoding, content) = match read(&file, encoding).await {
        Some(content) => (encoding, content),
        None => match read(&file, Encoding::Identity).await {
            Some(content) => (Encoding::Identity, content),
            None => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let mut answer = HeaderMap::new();
    let digest: String = Sha256::digest(&content).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let etag = HeaderValue::from_str(&format!("\"{digest}\"")).unwrap_or(HeaderValue::from_static("\"\""));
    let fresh = has(headers, &etag);
    answer.insert(ETAG, etag);
    answer.insert(CACHE_CONTROL, HeaderValue::from_static(lifetime));
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if fresh {
        return (StatusCode::NOT_MODIFIED, answer).into_response();
    }
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    if let Some(name) = encoding.name() {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    (answer, content).into_response()
}

/// The file below the folder; nothing for a path that would leave it.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path);
    relative.components().all(|component| matches!(component, Component::Normal(_))).then(|| folder.join(relative))
}

async fn read(file: &Path, encoding: Encoding) -> Option<Bytes> {
    let ending = match encoding {
        Encoding::Identity => "",
        Encoding::Gzip => ".gz",
        Encoding::Brotli => ".br",
    };
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    tokio::fs::read(PathBuf::from(name)).await.ok().map(Bytes::from)
}

/// The media type by the file's ending.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
