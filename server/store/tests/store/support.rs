//! Fresh databases, and articles to put into them.

use sqlx::{Connection, Executor};
use store::{ArticleToSave, SeedGroup, Store};
use types::{ArticleKind, ArticleStatus, SafeHtml, Timestamp};

/// Where the PostgreSQL server of the tests is; `scripts/test-rust` starts one.
const SERVER: &str = "LIUGUANG_TEST_POSTGRES";

/// Defines a test for each database.
macro_rules! on_both {
    ($(async fn $name:ident($store:ident: Store) $body:block)+) => {$(
        mod $name {
            use super::*;
            async fn check($store: Store) $body
            #[tokio::test]
            async fn sqlite() {
                let folder = tempfile::tempdir().unwrap();
                check(crate::support::sqlite(folder.path()).await).await;
            }
            #[tokio::test]
            async fn postgres() {
                check(crate::support::postgres(stringify!($name)).await).await;
            }
        }
    )+};
}
pub(crate) use on_both;

pub async fn sqlite(folder: &std::path::Path) -> Store {
    let store = Store::open(&format!("sqlite:{}", folder.join("new/site.sqlite").display())).await.unwrap();
    seed(store).await
}

pub async fn postgres(name: &str) -> Store {
    postgres_at(name).await.0
}

/// The same, and its address.
pub async fn postgres_at(name: &str) -> (Store, String) {
    let server = std::env::var(SERVER)
        .unwrap_or_else(|_| panic!("{SERVER} is not set; run `make test-rust`, which starts a PostgreSQL server"));
    sqlx::any::install_default_drivers();
    let database = format!("test_{name}_{}", std::process::id());
    let mut connection = sqlx::AnyConnection::connect(&server).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("create database {database}"))).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let address = format!("{base}/{database}");
    (seed(Store::open(&address).await.unwrap()).await, address)
}

async fn seed(store: Store) -> Store {
    let leaf = |name: &str| (name.to_owned(), types::Slug::from_text(name).unwrap());
    let groups = [
        SeedGroup {
            name: "数据库".into(),
            slug: "databases".parse().unwrap(),
            leaves: vec![leaf("MySQL"), leaf("Mongo")],
        },
        SeedGroup { name: "系统与容器".into(), slug: "systems".parse().unwrap(), leaves: vec![leaf("Linux")] },
    ];
    store.seed_categories(&groups).await.unwrap();
    store.seed_categories(&groups).await.unwrap();
    store
}

/// An article about nothing in particular.
pub fn article(slug: &str) -> ArticleToSave {
    ArticleToSave {
        id: None,
        slug: slug.parse().unwrap(),
        kind: ArticleKind::Original,
        status: ArticleStatus::Published,
        title: format!("题 {slug}"),
        summary: "摘要".into(),
        body: "正文".into(),
        html: SafeHtml::from_sanitizer("<p>正文</p>".into()),
        outline: Vec::new(),
        plain: "正文".into(),
        blocks: Vec::new(),
        words: 2,
        minutes: 1,
        category: "mysql".parse().unwrap(),
        tags: vec!["索引".into(), "API 网关".into()],
        author_handle: "feng".parse().unwrap(),
        author_name: "风".into(),
        published_at: Timestamp(1_744_877_862_000),
        updated_at: Timestamp(1_744_877_862_000),
        applies_to: None,
        further_reading: None,
        series: None,
        provenance: Vec::new(),
        cover: None,
        attachments: None,
        render_version: 1,
        source_path: None,
        source_hash: None,
    }
}

/// The same, as imported from a file.
pub fn imported(path: &str, hash: &str) -> ArticleToSave {
    ArticleToSave { source_path: Some(path.into()), source_hash: Some(hash.into()), ..article("imported") }
}
