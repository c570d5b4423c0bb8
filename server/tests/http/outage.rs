//! The site while its database does not do what it should.

use crate::site::TestSite;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

/// Does this to the database of a site, beside the site.
async fn change(site: &TestSite, sql: &str) {
    let file = site.settings.database_file().unwrap();
    let mut other = AnyConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    other.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    other.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn views_wait_until_they_can_be_written() {
    let site = TestSite::new().await;
    site.import(&[("one.md", "---\nslug: one\n---\n# 一\n\n正文\n")]).await;
    let request =
        Request::get("/articles/one").header("host", "site.test").header("user-agent", "Mozilla/5.0 Firefox/140.0");
    let client: std::net::SocketAddr = "192.0.2.1:9".parse().unwrap();
    let request = request.extension(axum::extract::ConnectInfo(client)).body(Body::empty()).unwrap();
    assert_eq!(site.ask(request).await.status, StatusCode::OK);
    change(&site, "create trigger full before insert on view_seen begin select raise(abort, 'full'); end").await;
    server::views::flush(&site.site).await;
    assert_eq!(site.site.store.views().await.unwrap(), []);
    change(&site, "drop trigger full").await;
    server::views::flush(&site.site).await;
    assert_eq!(site.site.store.views().await.unwrap().into_iter().map(|(_, views)| views).collect::<Vec<_>>(), [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_cannot_be_read_is_said_in_words_for_readers() {
    let site = TestSite::new().await;
    change(&site, "alter table session rename to gone").await;
    let cookie = format!("sid={}", "a".repeat(64));
    let request = Request::get("/editor").header("host", "site.test").header("cookie", cookie);
    let answer = site.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("lang=\"zh-Hans\"") && answer.body.contains("网站暂时不可用"), "{}", answer.body);
    assert!(!answer.headers["retry-after"].is_empty());
}
