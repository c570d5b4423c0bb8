//! Feeds, site map and figures: their forms, their validators, and that code survives them.

use crate::site::TestSite;
use axum::body::Body;
use axum::http::{Request, StatusCode};

const ONE: (&str, &str) = (
    "one.md",
    "---\ntitle: 'C++ <T> & Kibana'\ndate: 2025-04-17 16:17:42\ncategory: Kibana\ntags: [C++]\nauthor: 甲\n---\n\
     见[另一篇](two.md)。\n\n```html\n<a href=\"/x\">*#&amp;</a>\n```\n",
);
const TWO: (&str, &str) = ("two.md", "---\ntitle: 第二篇\ncategory: Redis\n---\n\n正文\n");

#[tokio::test(flavor = "multi_thread")]
async fn feeds_hold_the_whole_text_for_site_category_tag_and_author() {
    let site = TestSite::with(&[ONE, TWO]).await;
    for place in ["", "/category/kibana", "/category/search-and-logs", "/tag/c%2B%2B", "/author/jia"] {
        let atom = site.get(&format!("{place}/feed.xml")).await;
        atom.assert_page("<title>C++ &lt;T&gt; &amp; Kibana</title>");
        assert!(atom.header("content-type").starts_with("application/atom+xml"), "{place}");
        let rss = site.get(&format!("{place}/rss.xml")).await;
        rss.assert_page("<content:encoded>");
        let json = site.get(&format!("{place}/feed.json")).await;
        assert_eq!(json.header("content-type"), "application/feed+json; charset=utf-8");
        let json = json.json();
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        let items = json["items"].as_array().unwrap();
        assert_eq!(items.len(), if place.is_empty() { 2 } else { 1 }, "{place}");
        let one = items.iter().find(|item| item["id"] == "http://site.test/articles/one").unwrap();
        let html = one["content_html"].as_str().unwrap();
        assert!(html.contains("href=\"http://site.test/articles/two\""), "{html}");
        let code: String = html
            .split("<pre")
            .nth(1)
            .unwrap()
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, text)| text)
            .collect();
        assert!(code.contains("href=\"/x\"") || code.contains("href=&quot;/x&quot;"), "{code}");
        assert!(code.contains("*#&amp;amp;"), "{code}");
    }
    for place in
        ["/category/none/feed.xml", "/tag/none/rss.xml", "/author/none/feed.json", "/category/kibana/other.xml"]
    {
        assert_eq!(site.get(place).await.status, StatusCode::NOT_FOUND, "{place}");
    }
    site.get("/category/kibana").await.assert_page("href=\"/category/kibana/feed.xml\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_are_sent_once() {
    let site = TestSite::with(&[ONE]).await;
    for path in ["/feed.xml", "/rss.xml", "/feed.json"] {
        let first = site.get(path).await;
        for (name, value) in
            [("if-none-match", first.header("etag")), ("if-modified-since", first.header("last-modified"))]
        {
            let request = Request::builder().uri(path).header("host", "site.test").header(name, value);
            let again = site.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path} {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_this_machine_alone() {
    let site = TestSite::with(&[ONE]).await;
    site.get("/articles/one").await;
    site.get("/articles/one").await;
    let metrics = site.get("/metrics").await;
    metrics.assert_page("liuguang_requests_total{route=\"article\",status=\"2xx\"} 2");
    metrics.assert_page("liuguang_page_cache_hits_total 1");
    metrics.assert_page("liuguang_index_lag_changes 0");
    metrics.assert_page("liuguang_articles 1");
    let request =
        Request::builder().uri("/metrics").header("host", "site.test").header("x-forwarded-for", "203.0.113.9");
    assert_eq!(site.ask(request.body(Body::empty()).unwrap()).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slash_too_many_is_redirected_and_never_to_another_host() {
    let site = TestSite::with(&[ONE]).await;
    let moved = site.get("/articles/one/?page=2").await;
    assert_eq!((moved.status, moved.header("location")), (StatusCode::PERMANENT_REDIRECT, "/articles/one?page=2"));
    for path in ["//evil.example/", "/articles/none", "/"] {
        assert_ne!(site.get(path).await.status, StatusCode::PERMANENT_REDIRECT, "{path}");
    }
}
