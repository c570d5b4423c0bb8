//! A process that publishes, edits and takes back articles is killed at random moments; afterwards the index opens, and
//! holds exactly what the database says.

use crate::site::settings;
use server::config::Switch;
use server::site::Site;
use server::{indexer, reindex, seed};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::ArticleToSave;
use types::{ArticleKind, ArticleStatus, Timestamp};

/// Kills in the suite; `LIUGUANG_TEST_ROUNDS=200` makes the long run.
const ROUNDS: u32 = 3;
/// Tells the child where its site is.
const FOLDER: &str = "LIUGUANG_TEST_KILL_FOLDER";
/// Articles that are changed in turn.
const ARTICLES: u64 = 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_indexer_leaves_an_index_that_agrees_with_the_database() {
    let rounds = std::env::var("LIUGUANG_TEST_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let folder = tempfile::tempdir().unwrap();
    let started = folder.path().join("started");
    {
        let site = Site::open(&settings(folder.path(), Switch::Off)).await.unwrap();
        seed::categories(&site).await.unwrap();
    }
    for round in 0..rounds {
        let _ = std::fs::remove_file(&started);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::works_until_it_is_killed", "--ignored"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..600 {
            if started.exists() || child.try_wait().unwrap().is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert!(started.exists(), "the child of round {round} did not begin");
        tokio::time::sleep(Duration::from_micros(chance() % 400_000)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        agrees(folder.path(), round).await;
    }
}

/// Opens the site as the next start of the server does, and compares.
async fn agrees(folder: &Path, round: u32) {
    let site = Site::open(&settings(folder, Switch::Off)).await.unwrap();
    let (index, mut writer) = indexer::open(&site).await.unwrap();
    let head = site.store.last_change().await.unwrap();
    let cursor = index.cursor().unwrap().unwrap();
    assert!(cursor <= head, "round {round}: the index is ahead of the database: {cursor} > {head}");
    index.verify().unwrap();
    indexer::catch_up(&site, &index, &mut writer).await.unwrap();
    assert_eq!(index.cursor().unwrap(), Some(head), "round {round}");
    let held: BTreeSet<_> = index.ids_and_revisions().unwrap().into_iter().collect();
    let wanted: BTreeSet<_> = site.store.published_revisions().await.unwrap().into_iter().collect();
    assert!(!wanted.is_empty());
    assert_eq!(held, wanted, "round {round}");
    assert_eq!(reindex::reconcile(&site, &index, &mut writer).await.unwrap(), 0, "round {round}");
}

/// The child: changes articles and indexes the changes, as fast as it can.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child process of the test above"]
async fn works_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let site = Site::open(&settings(&folder, Switch::Off)).await.unwrap();
    let (index, mut writer) = indexer::open(&site).await.unwrap();
    // It ends by itself if nobody kills it.
    for number in 0..5000 {
        let saved = site.store.save_articles(&[article(chance() % ARTICLES, number)]).await;
        saved.into_iter().next().unwrap().unwrap();
        indexer::catch_up(&site, &index, &mut writer).await.unwrap();
        if number == 2 {
            std::fs::write(folder.join("started"), "").unwrap();
        }
    }
}

struct Nowhere;

impl markup::Surroundings for Nowhere {}

/// One of the articles in a new state: published, or in one case of four taken back.
fn article(which: u64, number: u64) -> ArticleToSave {
    let text = format!("第 {which} 篇的第 {number} 版，{}。", chance());
    let rendered = markup::render(&text, &Nowhere).unwrap();
    ArticleToSave {
        id: None,
        slug: format!("article-{which}").parse().unwrap(),
        kind: ArticleKind::Original,
        status: if number > 2 && chance().is_multiple_of(4) { ArticleStatus::Hidden } else { ArticleStatus::Published },
        title: format!("文章 {which}"),
        summary: String::new(),
        body: text.clone(),
        html: rendered.html,
        outline: rendered.outline,
        plain: rendered.plain,
        blocks: rendered.blocks,
        words: 1,
        minutes: 1,
        category: "mysql".parse().unwrap(),
        tags: vec!["测试".to_owned()],
        author_handle: "feng".parse().unwrap(),
        author_name: "风".to_owned(),
        published_at: Timestamp(1_744_877_862_000),
        updated_at: Timestamp(1_744_877_862_000),
        applies_to: None,
        further_reading: None,
        series: None,
        provenance: Vec::new(),
        cover: None,
        attachments: None,
        render_version: 1,
        source_path: Some(format!("kill/{which}.md")),
        source_hash: Some(text),
    }
}

/// A number by chance; nothing depends on its quality.
fn chance() -> u64 {
    let nanoseconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    nanoseconds.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}
