//! What programs that watch a site ask: HEAD, and whether it is ready.

use crate::site::TestSite;
use axum::body::Body;
use axum::http::{Request, StatusCode};

const ONE: (&str, &str) = ("one.md", "---\ntags: [C++]\n---\n# 第一篇\n\n一段话。\n");

#[tokio::test(flavor = "multi_thread")]
async fn head_answers_as_get_without_a_body() {
    let site = TestSite::with(&[ONE]).await;
    for path in
        ["/", "/articles/one", "/feed.xml", "/tag/c%2B%2B/rss.xml", "/sitemap.xml", "/healthz", "/api/categories"]
    {
        let request = Request::builder().method("HEAD").uri(path).header("host", "site.test");
        let answer = site.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, ""), "{path}");
        assert_eq!(answer.header("content-type"), site.get(path).await.header("content-type"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_names_what_is_not_ready() {
    let site = TestSite::with(&[ONE]).await;
    site.get("/readyz").await.assert_page("ready");
    site.site.index.store(None);
    let answer = site.get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("search index"), "{}", answer.body);
}
