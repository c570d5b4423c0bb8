//! Addresses that moved: 308 to where they went.

use crate::site::Site;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// An address that leads nowhere may have moved: then 308 to where it went.
pub async fn moved(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = canonical(request.uri().path());
    if let Some(target) = without_slash(&request) {
        return Redirect::permanent(&target).into_response();
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    match site.store.redirect_for(&path).await {
        Ok(Some(target)) => Redirect::permanent(&target).into_response(),
        Ok(None) => follow_file(&site, &path).await.unwrap_or(response),
        Err(error) => {
            tracing::error!(path, "looking for a redirect failed: {error}");
            response
        }
    }
}

/// What stands below a page that moved, such as its feeds, moved with it.
async fn follow_file(site: &Site, path: &str) -> Option<Response> {
    let (page, file) = path.rsplit_once('/')?;
    if !matches!(file, "feed.xml" | "rss.xml" | "feed.json") {
        return None;
    }
    let target = site.store.redirect_for(page).await.ok()??;
    Some(Redirect::permanent(&format!("{target}/{file}")).into_response())
}

/// The address without the slash at its end. One that begins with two slashes would lead to another host.
fn without_slash(request: &Request) -> Option<String> {
    let uri = request.uri();
    let path = uri.path().strip_suffix('/').filter(|path| !path.is_empty())?;
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || path.starts_with("//") || path.ends_with('/') || path.contains('\\') {
        return None;
    }
    Some(uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
}

/// A path in the one spelling in which redirects are stored: each segment decoded and encoded again.
#[must_use]
pub fn canonical(path: &str) -> String {
    path.split('/').map(|segment| types::percent::encode(&decoded(segment))).collect::<Vec<_>>().join("/")
}

/// A segment without percent-encoding; what is no text stays as it is.
#[must_use]
pub fn decoded(segment: &str) -> String {
    let bytes = segment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while place < bytes.len() {
        let code = (bytes[place] == b'%').then(|| segment.get(place + 1..place + 3)).flatten();
        match code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            Some(code) => {
                decoded.push(u8::from_str_radix(code, 16).unwrap_or_default());
                place += 3;
            }
            None => {
                decoded.push(bytes[place]);
                place += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| segment.to_owned())
}
