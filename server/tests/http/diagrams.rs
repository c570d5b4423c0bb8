//! Diagrams over HTTP: drawn when a text is published, inside the page while it is previewed.

use crate::writing::{form, id_in, post, site, with};
use axum::http::StatusCode;
use serde_json::json;

const BODY: &str = "看图：\n\n```mermaid\nflowchart LR\n  读者 --> 缓存\n```\n\n```mermaid\n画不出来 [\n```\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_diagram_is_a_picture_of_the_site_once_its_text_is_published() {
    let (site, me, _) = site().await;
    let preview = post(&site, &me, "/api/preview", &json!({ "body": BODY })).await.json();
    let html = preview["html"].as_str().unwrap().to_owned();
    assert!(html.contains("src=\"data:image/svg+xml;base64,") && !html.contains("/media/"), "{html}");
    id_in(&form(&site, &me, "/editor/new", &with(&[("action", "publish"), ("body", BODY)])).await);
    let article = site.get("/api/article?slug=fresh").await.json();
    let html = article["html"].as_str().unwrap();
    let (_, behind) = html.split_once("<figure class=\"diagram\"><a href=\"").expect(html);
    let address = behind.split('"').next().unwrap();
    assert!(address.starts_with("/media/") && html.contains("flowchart"), "the source stays: {html}");
    assert_eq!(html.matches("<figure class=\"code\"").count(), 2, "what cannot be drawn is shown as it is: {html}");
    let picture = site.get(address).await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    assert!(picture.body.contains("读者") && picture.header("content-security-policy").contains("sandbox"));
}
