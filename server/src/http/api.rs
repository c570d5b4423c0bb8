//! What the functions of the API do not do themselves: an address that names none of them is a plain 404, and an article is
//! found under the address that it had before.

use crate::http::moved::canonical;
use crate::site::Site;
use app::error::AppError;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::server_fn::error::FromServerFnError;

/// The function that answers with an article.
const ARTICLE: &str = "/api/article";

/// `/api/{function}`: there is no such function, by whatever method it is asked. Those that there are have routes of their own.
pub async fn missing() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "application/json")], AppError::NotFound.ser())
}

/// An article that is not where it was asked for may have moved: then it is answered from there.
pub async fn moved_article(State(site): State<Site>, request: Request, next: Next) -> Response {
    if request.uri().path() != ARTICLE {
        return next.run(request).await;
    }
    // It is only read: there is no body.
    let (mut parts, _) = request.into_parts();
    let response = next.clone().run(Request::from_parts(parts.clone(), Body::empty())).await;
    if response.status() == StatusCode::NOT_FOUND
        && let Some(uri) = address_now(&site, &parts.uri).await
    {
        parts.uri = uri;
        return next.run(Request::from_parts(parts, Body::empty())).await;
    }
    response
}

/// Where an article is asked for whose slug was changed.
async fn address_now(site: &Site, uri: &Uri) -> Option<Uri> {
    let mut query = url::form_urlencoded::parse(uri.query()?.as_bytes());
    let (_, slug) = query.find(|(name, _)| name == "slug")?;
    let found = site.store.redirect_for(&canonical(&format!("/articles/{slug}"))).await;
    let target = found.inspect_err(|error| tracing::error!("looking for a redirect failed: {error}")).ok()??;
    format!("{ARTICLE}?slug={}", target.strip_prefix("/articles/")?).parse().ok()
}
