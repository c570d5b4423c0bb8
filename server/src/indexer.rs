//! Keeps the index equal to the database: follows the change log, and rebuilds what is missing, damaged or outdated.
//!
//! The index is a function of the database: it can be thrown away at any time. Changes are applied in the order of the
//! log, and the log's number is stored in the very commit that holds them, so that replaying any part is harmless.

use crate::reindex;
use crate::site::Site;
use anyhow::{Context, Result};
use search::{Change, Document, Index, SearchError, Writer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};
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
    let pages = tokio::spawn(forget_pages(site.clone()));
    follow_with_index(&site, &mut stop).await;
    pages.abort();
}

/// Forgets pages when something new is in the log, which other processes write too. An index that cannot be opened or
/// written keeps no page visible that was taken back.
async fn forget_pages(site: Site) {
    let mut known = None;
    loop {
        // Who cannot read the log says so beside.
        if let Ok(head) = site.store.last_change().await
            && known.replace(head) != Some(head)
        {
            site.pages.forget();
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn follow_with_index(site: &Site, stop: &mut watch::Receiver<bool>) {
    loop {
        let failure = tokio::select! {
            failure = follow_open_index(site) => failure,
            _ = stop.changed() => return,
        };
        match failure {
            Ok(never) => match never {},
            Err(error) => tracing::error!("the search index cannot follow the articles: {error:#}"),
        }
        tokio::select! {
            () = tokio::time::sleep(RETRY) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Opens the index and keeps it equal to the database until something fails. What was open before is served meanwhile.
async fn follow_open_index(site: &Site) -> Result<Infallible> {
    let (index, mut writer) = open(site).await?;
    site.index.store(Some(Arc::new(index.clone())));
    let mut compared = false;
    let mut views_read: Option<Instant> = None;
    loop {
        if views_read.is_none_or(|at| at.elapsed() > VIEWS_EVERY) {
            read_views(site).await;
            views_read = Some(Instant::now());
        }
        let mut changes = catch_up(site, &index, &mut writer).await?;
        if !compared {
            // A log that was cut, or a database that was restored, shows in the sets only.
            changes += reindex::reconcile(site, &index, &mut writer).await?;
            compared = true;
        }
        if reindex::is_wanted(site, &index).await? {
            reindex::rebuild(site, &mut writer).await?;
            reindex::answer(site).await?;
            changes += 1;
        }
        if changes > 0 {
            tracing::debug!(changes, "the index took {changes} changes");
            // What pages show of the index is newer now.
            site.pages.forget();
            site.titles_changed.notify_one();
        }
        tokio::select! {
            () = site.changed.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
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

/// Opens the index; one that cannot be read, was never filled, or is ahead of the database is made anew from the database.
///
/// # Errors
/// When another process holds it, or its folder cannot be written.
pub async fn open(site: &Site) -> Result<(Index, Writer)> {
    let folder = Arc::clone(&site.index_folder);
    let (index, mut writer) = tokio::task::spawn_blocking(move || match Index::open(&folder) {
        Err(error) if error.needs_rebuild() => {
            tracing::info!("the search index is built: {error}");
            Index::create(&folder).context("making a new index")
        }
        opened => opened.context("opening the index"),
    })
    .await
    .context("opening the index")??;
    let cursor = index.cursor().context("reading the index's place in the log")?;
    let head = site.store.last_change().await.context("reading the change log")?;
    // Ahead of the log is an index of before a database was restored: the next changes would get numbers it believes to hold.
    if cursor.is_none_or(|cursor| cursor > head) {
        reindex::rebuild(site, &mut writer).await?;
    }
    Ok((index, writer))
}

async fn read_views(site: &Site) {
    match site.store.views().await.context("reading views") {
        Ok(views) => site.views.store(Arc::new(views.into_iter().collect())),
        Err(error) => tracing::warn!("the views could not be read: {error:#}"),
    }
}

/// Indexes everything that is in the log now, at the terminal. Leaves the work to a running server where there is one.
///
/// # Errors
/// When the index cannot be written.
pub async fn index_now(site: &Site) -> Result<Indexed> {
    match open(site).await {
        Ok((index, mut writer)) => Ok(Indexed::Here(catch_up(site, &index, &mut writer).await?)),
        Err(error)
            if error.downcast_ref::<SearchError>().is_some_and(|error| matches!(error, SearchError::Locked { .. })) =>
        {
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

/// How the index stands, for who watches over the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Whether there is an index that can be read. Without one the site answers everything but searches.
    pub open: bool,
    /// Its generation; every rebuild makes the next one.
    pub generation: u64,
    /// Articles in it.
    pub documents: u64,
    /// The last change that is in it.
    pub cursor: i64,
    /// The last change that there is.
    pub head: i64,
}

impl Status {
    /// Changes that are not in the index yet.
    #[must_use]
    pub fn lag(&self) -> i64 {
        (self.head - self.cursor).max(0)
    }
}

/// How the index stands: the one that this process has open, or else the one on the disk.
///
/// # Errors
/// When the database cannot be read.
pub async fn status(site: &Site) -> Result<Status> {
    let head = site.store.last_change().await.context("reading the change log")?;
    let (opened, folder) = (site.index.load_full(), Arc::clone(&site.index_folder));
    let status = tokio::task::spawn_blocking(move || {
        let index = match opened {
            Some(index) => index,
            None => Arc::new(Index::open_to_read(&folder).ok()?),
        };
        // An index without a cursor is being filled; it does not count as one.
        let cursor = index.cursor().ok()??;
        Some(Status {
            open: true,
            generation: index.generation_number(),
            documents: index.document_count(),
            cursor,
            head,
        })
    });
    Ok(status.await.context("looking at the index")?.unwrap_or(Status { head, ..Status::default() }))
}

/// An article as the index takes it.
pub(crate) fn document(article: store::IndexedArticle) -> Document {
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
