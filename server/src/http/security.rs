//! What protects visitors on every answer: headers, and the refusal of posts from other sites.

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, HOST, HeaderName, ORIGIN, REFERER, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The address under which people know the site, where it was configured.
#[derive(Clone)]
pub struct SiteUrl(pub Option<Arc<str>>);

/// The longest name of a host, with its port.
const MAX_HOST_BYTES: usize = 261;

/// The answer to a request that no route could take: with a method that the site has nowhere, among them `CONNECT`, which
/// names no path, or without exactly one proper `Host` (RFC 9112 §3.2), by which pages are made and kept.
pub fn refuse<B>(request: &hyper::Request<B>) -> Option<Response> {
    let headers = request.headers();
    let mut hosts = headers.get_all(HOST).iter();
    let proper = match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_host(host),
        (None, None) => request.version() < Version::HTTP_11,
        _ => false,
    };
    let mut response = match *request.method() {
        Method::GET | Method::HEAD | Method::POST if proper && request.uri().path_and_query().is_some() => return None,
        Method::GET | Method::HEAD | Method::POST => {
            (StatusCode::BAD_REQUEST, "A request needs a path and exactly one Host.\n").into_response()
        }
        Method::OPTIONS | Method::PUT | Method::DELETE | Method::PATCH | Method::TRACE | Method::CONNECT => {
            (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD, POST")]).into_response()
        }
        _ => StatusCode::NOT_IMPLEMENTED.into_response(),
    };
    add_headers(response.headers_mut());
    Some(response)
}

/// Whether this is the name of a host, perhaps with a port, and no more.
fn is_host(value: &HeaderValue) -> bool {
    let proper = |host: &&str| !host.is_empty() && host.len() <= MAX_HOST_BYTES && !host.contains('@');
    value.to_str().ok().filter(proper).is_some_and(|host| host.parse::<Authority>().is_ok())
}

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
