//! The store while something goes wrong around it: others write and do not end, or change the tables.

use crate::support::{article, postgres_at};
use sqlx::{AnyConnection, Connection, Executor};
use std::time::Duration;
use store::{Event, NewAccount, NewSession, PublishOutcome, ToPublish};
use types::{AccountState, Role};

const EVENT: Event<'static> = Event { actor: "test", action: "tried", object: "", address: "192.0.2.0/24" };

#[tokio::test]
async fn a_session_is_read_while_nothing_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::support::sqlite(folder.path()).await;
    let new = NewAccount {
        username: &"feng".parse().unwrap(),
        password: "hash",
        role: Role::Author,
        state: AccountState::Active,
    };
    let account = store.add_account(&new, &EVENT).await.unwrap().unwrap();
    store.begin_session(&NewSession { token: "t", account, agent: "test" }, &EVENT).await.unwrap();
    let address = format!("sqlite:{}", folder.path().join("new/site.sqlite").display());
    let mut other = AnyConnection::connect(&address).await.unwrap();
    other.execute("update session set seen_at = seen_at - 600000").await.unwrap();
    let before = store.sessions(account).await.unwrap()[0].seen_at;
    other.execute("begin immediate").await.unwrap();
    let read = tokio::time::timeout(Duration::from_secs(20), store.session("t")).await;
    assert_eq!(read.expect("it does not wait").unwrap().unwrap().id, account);
    other.execute("commit").await.unwrap();
    for _ in 0..100 {
        if store.sessions(account).await.unwrap()[0].seen_at > before {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the use of the session was written down");
}

#[tokio::test]
async fn postgresql_is_read_while_many_writers_wait() {
    let (store, address) = postgres_at("writers_wait").await;
    let mut other = AnyConnection::connect(&address).await.unwrap();
    let mut lock = other.begin().await.unwrap();
    lock.execute("select pg_advisory_xact_lock(5190418)").await.unwrap();
    let writers: Vec<_> = (0..30)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.save_articles(&[article("waits")]).await.remove(0) })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let read = tokio::time::timeout(Duration::from_secs(20), store.categories()).await;
    assert_eq!(read.expect("readers do not wait with writers").unwrap().len(), 2);
    lock.commit().await.unwrap();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_program_runs_on_while_a_newer_one_adds_a_column() {
    let (store, address) = postgres_at("adds_a_column").await;
    let id = store.save_articles(&[article("one")]).await.remove(0).unwrap().id;
    let made = article("one");
    let wanted = ToPublish { id, revision: 1, article: &made, by: "feng", scheduled: None, event: &EVENT };
    for _ in 0..2 {
        store.working_text(id).await.unwrap().unwrap();
        assert!(matches!(store.publish(&wanted).await.unwrap(), PublishOutcome::Already(_)));
    }
    let mut other = AnyConnection::connect(&address).await.unwrap();
    other.execute("alter table article add column later bigint").await.unwrap();
    store.working_text(id).await.unwrap().unwrap();
    assert!(matches!(store.publish(&wanted).await.unwrap(), PublishOutcome::Already(_)));
}
