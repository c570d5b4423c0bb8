//! `/downloads/{id}/{name}`: a file that a published article offers. It comes from a stranger: saved, never shown.

use crate::http::page::unreachable;
use crate::http::range::{self, Part};
use crate::site::Site;
use app::words::download as words;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream;
use std::ops::Range;
use store::{OfferedFile, PIECE_BYTES, StoreError};
use types::{Attachment, AttachmentId, percent};

/// Sends the file, or a part of it, and counts who begins to take it.
pub async fn offered(
    State(site): State<Site>,
    method: Method,
    Path((id, name)): Path<(String, String)>,
    request: HeaderMap,
) -> Response {
    let Ok(id) = id.parse::<i64>() else { return missing() };
    let (file, slug) = match site.store.offered_file(AttachmentId(id)).await {
        Ok(Some(OfferedFile { attachment, slug, published: true, .. })) => (attachment, slug),
        Ok(_) => return missing(),
        Err(error) => {
            tracing::error!(id, "reading a file to download failed: {}", error.causes());
            return if error.is_passing() { unreachable() } else { StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        }
    };
    if name != file.name {
        return Redirect::permanent(&file.address()).into_response();
    }
    let Ok(etag) = HeaderValue::from_str(&format!("\"{}\"", file.sha256)) else { return missing() };
    let part = range::part(&method, &request, &etag, file.size);
    if method == Method::GET && begins(&part) && is_wanted(&request) {
        site.counter.note_download(file.id, slug);
    }
    range::answer(&part, headers(&file), etag, file.size, |bytes| body(site, file.sha256.clone(), bytes))
}

/// Whether the first byte is sent: who goes on where an earlier request ended is no second download.
fn begins(part: &Part) -> bool {
    match part {
        Part::Whole => true,
        Part::Bytes(bytes) => bytes.start == 0,
        Part::Known | Part::Nowhere => false,
    }
}

/// Not a search engine, and not fetched before anybody asked.
fn is_wanted(request: &HeaderMap) -> bool {
    let program =
        request.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    !request.contains_key("sec-purpose") && !["bot", "spider", "crawl"].iter().any(|robot| program.contains(robot))
}

fn headers(file: &Attachment) -> HeaderMap {
    let mut headers = HeaderMap::new();
    // Asked for again each time: an article may be taken back.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    if let Ok(kind) = HeaderValue::from_str(&file.content_type) {
        headers.insert(CONTENT_TYPE, kind);
    }
    let disposition = HeaderValue::from_str(&disposition(&file.name));
    headers.insert(CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    headers
}

/// The name for every browser (RFC 6266): as far as it goes in ASCII, and whole in the form of RFC 5987.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|character| match character {
            '"' | '\\' | '%' => '_',
            ' '..='~' => character,
            _ => '_',
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", percent::encode(name))
}

/// The bytes, piece by piece as the client takes them.
fn body(site: Site, sha256: String, bytes: Range<u64>) -> Body {
    let pieces = stream::unfold((site, sha256, bytes), |(site, sha256, bytes)| async move {
        if bytes.start >= bytes.end {
            return None;
        }
        let size = PIECE_BYTES as u64;
        let piece: Result<Bytes, StoreError> = async {
            let piece = Bytes::from(site.store.file_piece(&sha256, bytes.start / size).await?);
            let from = usize::try_from(bytes.start % size).unwrap_or_default();
            let to =
                usize::try_from(bytes.end - bytes.start).unwrap_or(usize::MAX).saturating_add(from).min(piece.len());
            if from < to { Ok(piece.slice(from..to)) } else { Err(StoreError::Damaged("a file")) }
        }
        .await;
        let next = match &piece {
            Ok(sent) => bytes.start + sent.len() as u64..bytes.end,
            Err(error) => {
                tracing::error!(sha256, "sending a file failed: {}", error.causes());
                bytes.end..bytes.end
            }
        };
        Some((piece, (site, sha256, next)))
    });
    Body::from_stream(pieces)
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "text/plain; charset=utf-8")], words::GONE).into_response()
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn names_survive_every_browser_and_break_no_header() {
        assert_eq!(
            disposition("配置 \"a\";.zip"),
            "attachment; filename=\"__ _a_;.zip\"; filename*=UTF-8''%E9%85%8D%E7%BD%AE%20%22a%22%3B.zip"
        );
        assert_eq!(
            disposition("a\r\nb%41.zip"),
            "attachment; filename=\"a__b_41.zip\"; filename*=UTF-8''a%0D%0Ab%2541.zip"
        );
    }
}
