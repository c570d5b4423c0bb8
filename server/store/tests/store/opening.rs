//! Opening a database that others open too, or that a newer program made.

use sqlx::{Connection, Executor};
use store::{DatabaseServer, Store, StoreError, copy_sqlite};

fn address(folder: &std::path::Path) -> String {
    format!("sqlite:{}", folder.join("site.sqlite").display())
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_make_one_new_database() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let address = address(folder.path());
        let opened: Vec<_> = (0..8)
            .map(|_| {
                let address = address.clone();
                tokio::spawn(async move { Store::open(&address).await.map(drop) })
            })
            .collect();
        for opened in opened {
            opened.await.unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let address = address(folder.path());
    drop(Store::open(&address).await.unwrap());
    let mut connection = sqlx::AnyConnection::connect(&address).await.unwrap();
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
                 values (9999, 'later', true, x'00', 0)";
    connection.execute(newer).await.unwrap();
    connection.close().await.unwrap();
    let refused = Store::open(&address).await.err().unwrap();
    assert!(matches!(refused, StoreError::Newer), "{refused:?}");
    assert!(refused.to_string().contains("update the program"), "{refused}");
}

#[tokio::test]
async fn a_damaged_page_is_found_while_the_database_serves() {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::support::sqlite(folder.path()).await;
    store.save_articles(&[crate::support::article("one")]).await.remove(0).unwrap();
    assert_eq!(store.faults().await.unwrap(), Some(Vec::new()));
    let (file, copy) = (folder.path().join("new/site.sqlite"), folder.path().join("site.sqlite"));
    copy_sqlite(&file, &copy).await.unwrap();
    let mut bytes = std::fs::read(&copy).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..last + 100].fill(0xee);
    std::fs::write(&copy, bytes).unwrap();
    let damaged = Store::open(&address(folder.path())).await.unwrap();
    let faults = damaged.faults().await.unwrap().unwrap();
    assert!(!faults.is_empty());
}

#[tokio::test]
async fn postgresql_looks_after_its_own_files() {
    assert_eq!(crate::support::postgres("faults").await.faults().await.unwrap(), None);
}

#[tokio::test]
async fn who_asks_a_postgresql_server_learns_what_is_there_and_changes_nothing() {
    crate::support::postgres("asked").await.save_articles(&[crate::support::article("one")]).await.remove(0).unwrap();
    let server = std::env::var("LIUGUANG_TEST_POSTGRES").unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let (full, empty) =
        (format!("test_asked_{}", std::process::id()), format!("test_asked_empty_{}", std::process::id()));
    let mut connection = sqlx::AnyConnection::connect(&server).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("create database {empty}"))).await.unwrap();
    let ask = async |name: &str| DatabaseServer::check(&format!("{base}/{name}")).await;
    let found = ask(&full).await.unwrap();
    assert!(found.writable && found.schema == found.known_schema && found.articles == 1, "{found:?}");
    for _ in 0..2 {
        let found = ask(&empty).await.unwrap();
        assert!(found.writable && found.schema == 0 && found.articles == 0, "{found:?}");
    }
    let mut looked = sqlx::AnyConnection::connect(&format!("{base}/{empty}")).await.unwrap();
    let tables = looked.fetch_all("select 1 from pg_tables where schemaname = 'public'").await.unwrap();
    assert!(tables.is_empty(), "an empty database stays empty");
    let standby = format!("alter database {full} set default_transaction_read_only = on");
    connection.execute(sqlx::AssertSqlSafe(standby)).await.unwrap();
    assert!(!ask(&full).await.unwrap().writable);
    assert!(ask("test_nowhere").await.unwrap_err().causes().contains("test_nowhere"));
    let closed = DatabaseServer::check("postgres://me:secret@127.0.0.1:1/site").await.unwrap_err().causes();
    assert!(closed.contains("127.0.0.1:1") && !closed.contains("secret"), "{closed}");
}
