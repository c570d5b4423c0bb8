//! What protects visitors.

use crate::site::TestSite;
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_title_stays_text() {
    let site = TestSite::with(&[(
        "x.md",
        "---\ntitle: '</title><script>alert(1)</script>'\n---\n正文 </script><script>alert(2)</script>\n",
    )])
    .await;
    let page = site.get("/articles/x").await;
    page.assert_page("&lt;/title>&lt;script>alert(1)&lt;/script>");
    assert!(!page.body.contains("<script>alert("), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_shows_the_secret_and_only_our_scripts_are_allowed() {
    let site = TestSite::new().await;
    let nonce = site.site.pages.nonce();
    for answer in
        [site.get("/").await, site.get("/none").await, site.post("/none", &[("sec-fetch-site", "same-origin")]).await]
    {
        assert!(!answer.body.contains(&*nonce));
        assert!(!answer.body.contains("nonce="));
    }
    let policy = site.get("/").await.header("content-security-policy").to_owned();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("'sha256-") && !policy.contains("unsafe-inline"),
        "{policy}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_from_other_sites_are_refused() {
    let site = TestSite::new().await;
    for headers in [
        [("sec-fetch-site", "cross-site")].as_slice(),
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
    ] {
        assert_eq!(site.post("/api/search", headers).await.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_its_headers() {
    let site = TestSite::new().await;
    for path in ["/", "/none", "/api/categories", "/pkg/a.css", "/feed.xml"] {
        let answer = site.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
    }
    assert!(site.get("/pkg/a.css").await.header("cache-control").contains("immutable"));
}
