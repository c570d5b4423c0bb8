//! The functions of the API as programs ask them: addresses that name none, arguments that are missing, articles that moved.

use crate::writing::{form, id_in, site, with};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_wrongly_is_answered_in_a_sentence_of_ours() {
    let (site, ..) = site().await;
    let unknown = site.get("/api/nope").await;
    assert_eq!((unknown.status, unknown.header("content-type")), (StatusCode::NOT_FOUND, "application/json"));
    assert_eq!(unknown.json(), json!("NotFound"));
    assert_eq!(unknown.body, site.get("/api/article?slug=nowhere").await.body, "as other things that are not there");
    let posted = site.post("/api/nope", &[("sec-fetch-site", "same-origin")]).await;
    assert_eq!((posted.status, posted.body), (unknown.status, unknown.body), "a post of a function that there is not");
    for path in ["/api/article", "/api/category?x=1"] {
        let missing = site.get(path).await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", missing.body);
        assert_eq!(missing.header("content-type"), "application/json", "{path}");
        assert_eq!(
            missing.json(),
            json!({ "Invalid": { "field": "slug", "message": "网址里缺少参数 slug。" } }),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_answered_under_the_slug_that_it_had() {
    let (site, me, _) = site().await;
    let path = format!("/editor/{}", id_in(&form(&site, &me, "/editor/new", &with(&[("action", "publish")])).await));
    let moved = with(&[("action", "publish"), ("base_revision", "1"), ("slug", "better")]);
    id_in(&form(&site, &me, &path, &moved).await);
    let (old, new) = (site.get("/api/article?slug=fresh").await, site.get("/api/article?slug=better").await);
    assert_eq!((old.status, old.body), (StatusCode::OK, new.body));
    assert_eq!(site.get("/articles/fresh").await.header("location"), "/articles/better");
    id_in(&form(&site, &me, &path, &with(&[("action", "delete"), ("base_revision", "2"), ("slug", "better")])).await);
    assert_eq!(site.get("/api/article?slug=fresh").await.status, StatusCode::GONE);
}
