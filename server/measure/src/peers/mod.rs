//! Other engines that index the same texts, each used as somebody would who builds a site with it.

mod groonga;
mod postgres;
mod sqlite;
mod tantivy;

use crate::Settings;
use crate::articles::{self, Text};
use ::tantivy::tokenizer::TextAnalyzer;
use analysis::View;
use anyhow::{Context, Result};
use async_trait::async_trait;
use sqlx::SqliteConnection;
use std::path::Path;
use std::time::{Duration, Instant};

/// An engine with an index of its own.
#[async_trait]
pub trait Peer: Send {
    /// As tables call it.
    fn name(&self) -> &'static str;
    /// Takes texts in.
    async fn add(&mut self, texts: &[Text]) -> Result<()>;
    /// Makes everything that was taken in visible.
    async fn finish(&mut self) -> Result<()>;
    /// The best ten articles.
    async fn search(&mut self, words: &str) -> Result<Vec<i64>>;
    /// What a page of results needs, as our own answer has it: ten hits with marked passages, the number of hits, and
    /// how many there are of each category, kind, month and tag. The number of hits on the page; nothing from an engine
    /// that is only compared by its hits.
    async fn page(&mut self, _words: &str) -> Result<Option<usize>> {
        Ok(None)
    }
    /// Bytes on the disk.
    async fn size(&mut self) -> Result<u64>;
    /// Memory in MB of the engine's own process, where it has one.
    fn resident(&self) -> Option<u64> {
        None
    }
}

/// Every engine that is there, without content. What is left out is said on the terminal.
///
/// # Errors
/// When an engine that is there does not work.
pub async fn all(settings: &Settings, folder: &Path) -> Result<Vec<Box<dyn Peer>>> {
    if settings.alone {
        return Ok(Vec::new());
    }
    let mut peers: Vec<Box<dyn Peer>> = vec![
        Box::new(tantivy::Tantivy::create("tantivy, words", &folder.join("words"), analyzer(View::Words))?),
        Box::new(tantivy::Tantivy::create("tantivy, bigrams", &folder.join("bigrams"), analyzer(View::Bigrams))?),
        Box::new(sqlite::Sqlite::create(&folder.join("fts5.sqlite")).await?),
    ];
    match &settings.postgres {
        Some(url) => peers.push(Box::new(postgres::Postgres::create(url).await?)),
        None => eprintln!("  PostgreSQL is left out: there is no LIUGUANG_TEST_POSTGRES"),
    }
    match groonga::Groonga::create(&folder.join("groonga")) {
        Ok(groonga) => peers.push(Box::new(groonga)),
        Err(error) => eprintln!("  Groonga is left out: {error:#}"),
    }
    Ok(peers)
}

fn analyzer(view: View) -> TextAnalyzer {
    TextAnalyzer::builder(tantivy::Analyzer(view)).build()
}

/// Gives an engine all texts of a site and tells how long it took.
///
/// # Errors
/// When the engine or the database fails.
pub async fn fill(peer: &mut dyn Peer, database: &mut SqliteConnection) -> Result<Duration> {
    let (mut last, mut count) = (i64::MIN, 0);
    let mut took = Duration::ZERO;
    loop {
        let texts = articles::after(database, last).await?;
        let Some(text) = texts.last() else { break };
        last = text.id;
        count += texts.len();
        let began = Instant::now();
        peer.add(&texts).await.with_context(|| format!("{}: indexing", peer.name()))?;
        took += began.elapsed();
        eprint!("\r· {}: {count} articles ", peer.name());
    }
    let began = Instant::now();
    peer.finish().await.with_context(|| format!("{}: finishing the index", peer.name()))?;
    took += began.elapsed();
    eprintln!("in {:.1} s", took.as_secs_f64());
    Ok(took)
}

/// Adds hits that are not there yet, up to ten.
fn complete(hits: &mut Vec<i64>, more: Vec<i64>) {
    for hit in more {
        if hits.len() < crate::score::DEPTH && !hits.contains(&hit) {
            hits.push(hit);
        }
    }
}
