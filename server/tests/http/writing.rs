//! What tests of writing share: a site with two authors, and what they send.

use crate::site::{Answer, TestSite};
use app::account::{Person, Role, Viewer};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use types::ArticleId;

const FILES: [(&str, &str); 2] = [
    ("one.md", "---\ntitle: 甲文\ncategory: Kibana\nauthor: 甲\n---\n甲的正文。\n"),
    ("two.md", "---\ntitle: 乙文\ncategory: Kibana\nauthor: 乙\n---\n乙的正文。\n"),
];

/// A site with an article each of an editor and an author.
pub async fn site() -> (TestSite, Viewer, Viewer) {
    let site = TestSite::with(&FILES).await;
    let first = person(&site, "甲文", "jia", Role::Editor).await;
    let second = person(&site, "乙文", "yi", Role::Author).await;
    (site, first, second)
}

/// The article with this title.
pub async fn id_of(site: &TestSite, title: &str) -> ArticleId {
    let query = store::WorkQuery { text: title.into(), page: 1, per_page: 10, ..store::WorkQuery::default() };
    site.site.store.work_list(&query).await.unwrap().items[0].id
}

/// Who has written the article with this title, signed in.
pub async fn person(site: &TestSite, title: &str, handle: &str, role: Role) -> Viewer {
    let (_, author) = site.site.store.working_text(id_of(site, title).await).await.unwrap().unwrap();
    Viewer(Some(Person { handle: handle.into(), author, role }))
}

/// Sends a form, as a page of the site does without its client.
pub async fn form(site: &TestSite, viewer: &Viewer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::builder().method(Method::POST).uri(path).header("host", "site.test");
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
    site.ask(request.extension(viewer.clone()).body(Body::from(body)).unwrap()).await
}

/// Sends JSON.
pub async fn post(site: &TestSite, viewer: &Viewer, path: &str, value: &Value) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("host", "site.test")
        .header("content-type", "application/json");
    site.ask(request.extension(viewer.clone()).body(Body::from(value.to_string())).unwrap()).await
}

/// Opens a page.
pub async fn get(site: &TestSite, viewer: &Viewer, path: &str) -> Answer {
    site.ask(
        Request::builder().uri(path).header("host", "site.test").extension(viewer.clone()).body(Body::empty()).unwrap(),
    )
    .await
}

/// What the journal of the editor sends.
pub fn draft(id: Option<&str>, base: u32, key: &str, body: &str) -> Value {
    json!({ "id": id, "base_revision": base, "key": key, "fields": { "title": "草", "category": "kibana", "body": body } })
}

/// A form without a fault.
const GOOD: [(&str, &str); 6] = [
    ("title", "新文章"),
    ("slug", "fresh"),
    ("category", "kibana"),
    ("tags", "索引，C++"),
    ("kind", "original"),
    ("body", "全文在此。"),
];

/// The form without a fault, with other fields.
pub fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = GOOD.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.copied().chain(more.iter().copied()).collect()
}

/// The number at the end of `/editor/{id}?done=…`.
pub fn id_in(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header("location").trim_start_matches("/editor/").split('?').next().unwrap().to_owned()
}
