//! Addresses that moved: 308 to where they went.

use crate::site::Site;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use types::percent::{decode, encode};

/// An address that leads nowhere may have moved: then 308 to where it went.
pub async fn moved(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = canonical(request.uri().path());
    if let Some(target) = without_slash(&request) {
        return Redirect::permanent(&target).into_response();
    }
    let query = request.uri().query().map(str::to_owned);
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    match site.store.redirect_for(&path).await {
        Ok(Some(target)) => Redirect::permanent(&target).into_response(),
        Ok(None) => follow_part(&site, &path, query.as_deref()).await.unwrap_or(response),
        Err(error) => {
            tracing::error!(path, "looking for a redirect failed: {error}");
            response
        }
    }
}

/// What stands below a page that moved, its feeds and its feedback, moved with it.
async fn follow_part(site: &Site, path: &str, query: Option<&str>) -> Option<Response> {
    let (page, part) = path.rsplit_once('/')?;
    if !matches!(part, "feed.xml" | "rss.xml" | "feed.json" | "feedback") {
        return None;
    }
    let target = site.store.redirect_for(page).await.ok()??;
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Some(Redirect::permanent(&format!("{target}/{part}{query}")).into_response())
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
    path.split('/').map(|segment| encode(&decode(segment))).collect::<Vec<_>>().join("/")
}
