//! Keeps the index equal to the database: follows the change log, and rebuilds what is missing, damaged or outdated.
//!
//! The index is a function of the database: it can be thrown away at any time. Changes are applied in the order of the
//! log, and the log's number is stored in the very commit that holds them, so that replaying any part is harmless.

use crate::config::Settings;
use crate::site::Site;
use anyhow::{Context, Result};
use search::{Change, Document, Index, SearchError, Writer};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use store::Operation;
use tokio::sync::watch;
use types::ArticleId;

/// Changes applied in one commit.
const BATCH: u32 = 500;
/// How often the log is looked at when nobody says that something changed: other processes do not say.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How long to wait before the index is tried again that another process holds.
const RETRY: Duration = Duration::from_secs(2);
/// How often the views are read anew.
const VIEWS_EVERY: Duration = Duration::from_secs(60);

/// Follows the log until the site stops.
pub async fn follow(site: Site, mut stop: watch::Receiver<bool>) {
    let mut views_read: Option<std::time::Instant> = None;
    loop {
        let wait = match open(&site).await {
            Ok((index, mut writer)) => {
                let index = Arc::new(index);
                site.index.store(Some(Arc::clone(&index)));
                loop {
                    if views_read.is_none_or(|at| at.elapsed() > VIEWS_EVERY) {
                        read_views(&site).await;
                        views_read = Some(std::time::Instant::now());
                    }
                    match catch_up(&site, &index, &mut writer).await {
                        Ok(0) => {}
                        Ok(changes) => {
                            tracing::debug!(changes, "the index took {changes} changes");
                            site.pages.forget();
                        }
                        Err(error) => {
                            tracing::error!("the index could not follow: {error:#}");
                            break RETRY;
                        }
                    }
                    tokio::select! {
                        () = site.changed.notified() => {}
                        () = tokio::time::sleep(LOOK_EVERY) => {}
                        _ = stop.changed() => return,
                    }
                }
            }
            Err(error) => {
                tracing::warn!("search is not available: {error:#}");
                RETRY
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Applies everything in the log that the index does not hold yet; returns how many changes that were.
///
/// # Errors
/// When the log cannot be read or the index not be written.
pub async fn catch_up(site: &Site, index: &Index, writer: &mut Writer) -> Result<usize> {
    let mut applied = 0;
    loop {
        let cursor = index.cursor().context("reading the index's place in the log")?.unwrap_or(0);
        let changes = site.store.changes_after(cursor, BATCH).await.context("reading the change log")?;
        let Some(cursor) = changes.last().map(|change| change.seq) else { return Ok(applied) };
        applied += changes.len();
        // Only the last change of an article counts.
        let newest: BTreeMap<ArticleId, Operation> =
            changes.iter().map(|change| (change.article, change.operation)).collect();
        let put: Vec<ArticleId> =
            newest.iter().filter(|(_, operation)| **operation == Operation::Put).map(|(id, _)| *id).collect();
        let documents = site.store.articles_for_index(&put).await.context("reading articles for the index")?;
        // What is not published any more is not among the documents, and must leave the index.
        let mut batch: BTreeMap<ArticleId, Change> = newest.keys().map(|id| (*id, Change::Delete(*id))).collect();
        batch.extend(documents.into_iter().map(|article| (article.id, Change::Put(Box::new(document(article))))));
        tokio::task::block_in_place(|| writer.apply(batch.into_values(), Some(cursor))).context("writing the index")?;
    }
}

/// Opens the index; one that cannot be read is thrown away and made anew from the beginning of the log.
///
/// # Errors
/// When another process holds it, or its folder cannot be written.
pub async fn open(site: &Site) -> Result<(Index, Writer)> {
    let folder = Arc::clone(&site.index_folder);
    tokio::task::spawn_blocking(move || match Index::open(&folder) {
        Err(error) if error.needs_rebuild() => {
            tracing::info!("the search index is built: {error}");
            Index::create(&folder).context("making a new index")
        }
        opened => opened.context("opening the index"),
    })
    .await
    .context("opening the index")?
}

async fn read_views(site: &Site) {
    match site.store.views().await {
        Ok(views) => site.views.store(Arc::new(views.into_iter().collect())),
        Err(error) => tracing::warn!("the views could not be read: {error}"),
    }
}

/// Indexes everything that is in the log now, at the terminal. Leaves the work to a running server where there is one.
///
/// # Errors
/// When the index cannot be written.
pub async fn index_now(site: &Site) -> Result<Indexed> {
    match open(site).await {
        Ok((index, mut writer)) => Ok(Indexed::Here(catch_up(site, &index, &mut writer).await?)),
        Err(error) if error.downcast_ref::<SearchError>().is_some_and(|error| matches!(error, SearchError::Locked { .. })) => {
            Ok(Indexed::ByServer)
        }
        Err(error) => Err(error),
    }
}

/// Who indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexed {
    /// This process did, so many changes.
    Here(usize),
    /// The running server will, within a second.
    ByServer,
}

/// `liuguang reindex`.
///
/// # Errors
/// When a server holds the index, or it cannot be written.
pub async fn rebuild(settings: &Settings) -> Result<()> {
    let site = Site::open(settings).await?;
    let folder = settings.index();
    let fresh = folder.with_extension("new");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh).context("removing an unfinished index")?;
    }
    {
        let rebuilt = Site { index_folder: Arc::new(fresh.clone()), ..site.clone() };
        let (index, mut writer) = open(&rebuilt).await?;
        let articles = catch_up(&rebuilt, &index, &mut writer).await?;
        println!("indexed {articles} changes");
    }
    // The old one must not be in use while it is exchanged.
    drop(open(&site).await.context("the index is in use; stop the server, or let it rebuild by itself")?);
    std::fs::remove_dir_all(&folder).context("removing the old index")?;
    std::fs::rename(&fresh, &folder).context("putting the new index in its place")?;
    Ok(())
}

fn document(article: store::IndexedArticle) -> Document {
    Document {
        id: article.id,
        revision: article.revision,
        title: article.title,
        summary: article.summary,
        plain: article.plain,
        blocks: article.blocks,
        outline: article.outline,
        tags: article.tags,
        group: article.group,
        category: article.category,
        author: article.author,
        kind: article.kind,
        published_at: article.published_at,
        further_reading: article.further_reading,
    }
}
