//! What protects visitors.

use crate::site::TestSite;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

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
async fn long_pages_pause_and_every_script_of_theirs_is_allowed() {
    let long = format!("---\ntitle: 长文\n---\n{}", "一段不长也不短的文字，说明一件事情。\n\n".repeat(500));
    let texts = ["a.md", "b.md", "c.md"].map(|path| (path, long.as_str()));
    let site = TestSite::with(&texts).await;
    for (path, least) in [("/articles/a", 2), ("/", 1), ("/search?q=长文", 1)] {
        let page = site.get(path).await;
        let policy = page.header("content-security-policy");
        let inline = page.body.split("<script>").skip(1).map(|rest| rest.split("</script>").next().unwrap());
        let scripts: Vec<_> = inline.collect();
        let pauses = scripts.iter().filter(|script| script.contains("offsetTop")).count();
        assert!(pauses >= least, "{path} has {pauses} pauses");
        for script in scripts {
            let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
            assert!(policy.contains(&format!("'sha256-{hash}'")), "{path}: {script}");
        }
    }
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
