//! The manifest, the service worker and the page of saved articles.

use crate::site::TestSite;
use crate::writing;
use axum::http::StatusCode;
use server::config::Switch;

#[tokio::test]
async fn the_manifest_makes_the_site_installable() {
    let site = TestSite::new().await;
    let answer = site.get("/manifest.webmanifest").await;
    assert_eq!(answer.header("content-type"), "application/manifest+json");
    let manifest = answer.json();
    for (field, value) in
        [("id", "/"), ("start_url", "/"), ("display", "standalone"), ("lang", "zh-Hans"), ("short_name", "流光")]
    {
        assert_eq!(manifest[field], value, "{field}");
    }
    let purposes: Vec<_> =
        manifest["icons"].as_array().unwrap().iter().map(|icon| icon["purpose"].as_str().unwrap()).collect();
    assert_eq!(purposes, ["any", "any", "maskable", "monochrome", "any"]);
    let factors: Vec<_> = manifest["screenshots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|picture| picture["form_factor"].as_str().unwrap())
        .collect();
    assert_eq!(factors, ["wide", "narrow"]);
    assert_eq!(manifest["share_target"]["action"], "/editor/new");
    assert_eq!(manifest["shortcuts"].as_array().unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_begins_a_reprint() {
    let (site, me, _) = writing::site().await;
    let address = "/editor/new?title=%E7%B4%A2%E5%BC%95&text=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1%26c%3D2";
    let page = writing::get(&site, &me, address).await;
    for shown in ["value=\"索引\"", "value=\"https://example.org/a?b=1&amp;c=2\"", "<option value=\"reprint\" selected"]
    {
        page.assert_page(shown);
    }
    writing::get(&site, &me, "/editor/new").await.assert_page("<option value=\"original\" selected");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_saved_only_for_whom_its_page_was_made() {
    let (site, me, other) = writing::site().await;
    let mine = writing::get(&site, &me, "/api/draft/who").await.json()["user"].clone();
    let mut draft = writing::draft(None, 0, "k", "一段话");
    draft["user"] = mine;
    assert_eq!(writing::post(&site, &other, "/api/draft", &draft).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(writing::post(&site, &me, "/api/draft", &draft).await.status, StatusCode::OK);
}

#[test]
fn every_picture_of_the_manifest_is_there() {
    for file in [
        "icons/180.png",
        "icons/192.png",
        "icons/512.png",
        "icons/maskable.png",
        "icons/monochrome.png",
        "screenshots/wide.webp",
        "screenshots/narrow.webp",
    ] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../public").join(file);
        assert!(path.exists(), "{file}: `node end2end/pictures/icons.mjs` and `screenshots.mjs` make them");
    }
}

#[tokio::test]
async fn the_service_worker_is_asked_for_again_every_time() {
    let site = TestSite::new().await;
    site.write_built("sw.js", "/* the worker */");
    let answer = site.get("/sw.js").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body, "/* the worker */");
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert!(answer.header("content-type").starts_with("text/javascript"));
    assert!(answer.header("content-security-policy").contains("connect-src 'self'"), "or it could fetch nothing");
    assert_eq!(answer.header("x-served-by"), "liuguang");
}

#[tokio::test]
async fn a_service_worker_that_is_switched_off_removes_itself() {
    let site = TestSite::with_service_worker(Switch::Off).await;
    site.write_built("sw.js", "/* the worker */");
    let answer = site.get("/sw.js").await;
    assert!(answer.body.contains("registration.unregister()"), "{}", answer.body);
    assert!(!answer.body.contains("'saved'"), "what readers saved stays");
}

#[tokio::test]
async fn scripts_may_load_wasm_where_they_run_as_workers() {
    let site = TestSite::new().await;
    site.write_built("pkg/worker.js", "1");
    assert!(site.get("/pkg/worker.js").await.header("content-security-policy").contains("'wasm-unsafe-eval'"));
    assert!(!site.get("/pkg/a.css").await.header("content-security-policy").contains("script-src"));
}

#[tokio::test]
async fn the_page_of_saved_articles_says_without_scripts_what_it_needs() {
    let site = TestSite::new().await;
    let answer = site.get("/offline?from=/articles/x").await;
    answer.assert_page("离线阅读");
    answer.assert_page("需要打开 JavaScript");
    answer.assert_page("<link rel=\"manifest\" href=\"/manifest.webmanifest\"");
}
