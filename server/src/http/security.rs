//! What protects visitors on every answer: headers, and the refusal of posts from other sites.

use axum::extract::{Request, State};
use axum::http::header::{HOST, HeaderName, ORIGIN, REFERER, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The address under which people know the site, where it was configured.
#[derive(Clone)]
pub struct SiteUrl(pub Option<Arc<str>>);

/// Refuses what changes something when another site asks for it, as the OWASP cheat sheet and Go 1.25's
/// `CrossOriginProtection` do: `Sec-Fetch-Site` first, then `Origin`; a client that sends neither is no browser with cookies.
/// Also cuts the `Referer` of other sites, to which Leptos would redirect form posts.
pub async fn protect(State(site): State<SiteUrl>, mut request: Request, next: Next) -> Response {
    let own = own_origin(&site, request.headers());
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !safe && !same_site(request.headers(), own.as_deref()) {
        return (StatusCode::FORBIDDEN, "This request came from another site and was refused.\n").into_response();
    }
    let foreign = request.headers().get(REFERER).is_some_and(|referer| {
        !own.as_deref().is_some_and(|own| referer.to_str().is_ok_and(|referer| referer.starts_with(&format!("{own}/"))))
    });
    if foreign {
        request.headers_mut().remove(REFERER);
    }
    let mut response = next.run(request).await;
    add_headers(response.headers_mut());
    response
}

/// The headers that every answer carries.
pub fn add_headers(headers: &mut HeaderMap) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // By this the service worker tells our answers from those of a network that wants its visitors to sign in first.
    headers.insert(HeaderName::from_static("x-served-by"), HeaderValue::from_static("liuguang"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=()"),
    );
    headers
        .entry("content-security-policy")
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox"));
}

/// Scheme and host of this site.
fn own_origin(site: &SiteUrl, headers: &HeaderMap) -> Option<String> {
    match &site.0 {
        Some(url) => Some(url.trim_end_matches('/').to_owned()),
        None => headers.get(HOST).and_then(|host| host.to_str().ok()).map(|host| format!("http://{host}")),
    }
}

fn same_site(headers: &HeaderMap, own: Option<&str>) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match (text(&HeaderName::from_static("sec-fetch-site")), text(&ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => own == Some(origin),
        (None, None) => true,
    }
}
