//! What a site remembers between two requests: who has read an article, and pages that were rendered.

use crate::site::TestSite;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode};
use std::net::SocketAddr;

const ONE: (&str, &str) = ("one.md", "---\ntitle: 第一篇\n---\n正文。\n");

#[tokio::test(flavor = "multi_thread")]
async fn ten_reloads_a_robot_and_a_prefetch_are_one_view() {
    let site = TestSite::with(&[ONE]).await;
    let ask = async |program: &str, purpose: Option<&str>| {
        let mut request =
            Request::builder().uri("/articles/one").header("host", "site.test").header("user-agent", program);
        if let Some(purpose) = purpose {
            request = request.header("sec-purpose", purpose);
        }
        let client: SocketAddr = "192.0.2.1:9".parse().unwrap();
        request.extensions_mut().unwrap().insert(ConnectInfo(client));
        assert_eq!(site.ask(request.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
    };
    ask("Mozilla/5.0 (compatible; Googlebot/2.1)", None).await;
    ask("Mozilla/5.0 Firefox/140.0", Some("prefetch")).await;
    server::views::flush(&site.site).await;
    assert_eq!(site.site.store.views().await.unwrap(), []);
    for _ in 0..10 {
        ask("Mozilla/5.0 Firefox/140.0", None).await;
    }
    server::views::flush(&site.site).await;
    for _ in 0..10 {
        ask("Mozilla/5.0 Firefox/140.0", None).await;
    }
    server::views::flush(&site.site).await;
    let views: Vec<i64> = site.site.store.views().await.unwrap().into_iter().map(|(_, views)| views).collect();
    assert_eq!(views, [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_memory_is_answered_at_once_and_dropped_on_change() {
    let site = TestSite::with(&[ONE]).await;
    let (method, uri, headers) =
        (Method::GET, "/articles/one".parse().unwrap(), HeaderMap::from_iter([host("site.test")]));
    let known = |headers: &HeaderMap| site.site.pages.at_once(&method, &uri, headers);
    assert!(known(&headers).is_none());
    let long = site.get("/articles/one").await;
    let short = known(&headers).expect("it is in memory now");
    for (name, value) in &long.headers {
        assert_eq!(short.headers().get(name), Some(value), "{name} is the same on both ways");
    }
    let mut cookie = headers.clone();
    cookie.insert("cookie", "a=b".parse().unwrap());
    assert!(known(&cookie).is_none(), "who sends a cookie goes the long way");
    let elsewhere = HeaderMap::from_iter([host("evil.test")]);
    assert!(known(&elsewhere).is_none(), "a page names the host, so each host has its own");
    site.site.pages.forget_page("/articles/one");
    assert!(known(&headers).is_none());
    site.get("/articles/one").await;
    site.site.pages.forget();
    assert!(known(&headers).is_none());
}

fn host(name: &str) -> (HeaderName, HeaderValue) {
    (HOST, name.parse().unwrap())
}
