//! Makes the whole index anew from the database, and compares the two; readers are not disturbed by either.

use crate::config::Settings;
use crate::indexer::{self, document};
use crate::site::Site;
use anyhow::{Context, Result, ensure};
use search::{Change, Index, SearchError, Writer};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use types::ArticleId;

/// Articles read at a time.
const BATCH: usize = 200;
/// In the folder of the index: somebody asks the process that writes the index for a rebuild.
const REQUEST: &str = "REBUILD";
/// How often is looked whether the request was answered.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Fills a new generation with every published article and puts it in the place of the old one; returns how many
/// articles that were. Changes that come in meanwhile are taken from the log afterwards.
///
/// # Errors
/// When the database cannot be read or the new generation not be written; then the old one stays.
pub async fn rebuild(site: &Site, writer: &mut Writer) -> Result<usize> {
    let cursor = site.store.last_change().await.context("reading the change log")?;
    let mut fresh = tokio::task::block_in_place(|| writer.rebuild()).context("beginning a new index")?;
    let (mut after, mut count) = (ArticleId(i64::MIN), 0);
    loop {
        let rows = site.store.slugs_after(after, BATCH as u32).await.context("reading which articles there are")?;
        let ids: Vec<ArticleId> = rows.into_iter().map(|(id, ..)| id).collect();
        let Some(last) = ids.last() else { break };
        after = *last;
        count += put(site, &ids, |change| fresh.add(change)).await?;
    }
    tokio::task::block_in_place(|| fresh.finish(writer, Some(cursor))).context("putting the new index in its place")?;
    tracing::info!(articles = count, "the search index was built from the database");
    Ok(count)
}

/// Puts right what differs between index and database; returns how many articles that were.
///
/// # Errors
/// When the database cannot be read or the index not be written.
pub async fn reconcile(site: &Site, index: &Index, writer: &mut Writer) -> Result<usize> {
    let wanted: BTreeMap<_, _> =
        site.store.published_revisions().await.context("reading what is published")?.into_iter().collect();
    let reader = index.clone();
    let held: BTreeMap<_, _> = tokio::task::spawn_blocking(move || reader.ids_and_revisions())
        .await
        .context("comparing the index")?
        .context("reading what the index holds")?
        .into_iter()
        .collect();
    let stale: Vec<ArticleId> =
        wanted.iter().filter(|(id, revision)| held.get(id) != Some(revision)).map(|(id, _)| *id).collect();
    let gone: Vec<ArticleId> = held.keys().filter(|id| !wanted.contains_key(id)).copied().collect();
    if stale.is_empty() && gone.is_empty() {
        return Ok(0);
    }
    tracing::warn!(
        stale = stale.len(),
        gone = gone.len(),
        "the search index differed from the database and is put right"
    );
    for ids in stale.chunks(BATCH) {
        put(site, ids, |change| writer.add(change)).await?;
    }
    tokio::task::block_in_place(|| {
        gone.iter().try_for_each(|id| writer.add(&Change::Delete(*id)))?;
        writer.commit(index.cursor()?)
    })
    .context("writing the index")?;
    Ok(stale.len() + gone.len())
}

/// Reads articles and hands them on; returns how many are published.
async fn put(site: &Site, ids: &[ArticleId], mut add: impl FnMut(&Change) -> Result<(), SearchError>) -> Result<usize> {
    let articles = site.store.articles_for_index(ids).await.context("reading articles for the index")?;
    let count = articles.len();
    tokio::task::block_in_place(|| {
        articles.into_iter().try_for_each(|article| add(&Change::Put(Box::new(document(article)))))
    })
    .context("writing the index")?;
    Ok(count)
}

/// Whether a rebuild is due: somebody asked for one, or a search met damage.
///
/// # Errors
/// When the index cannot be looked at.
pub(crate) async fn is_wanted(site: &Site, index: &Index) -> Result<bool> {
    if site.index_doubted.swap(false, Ordering::Relaxed) {
        let reader = index.clone();
        let verified = tokio::task::spawn_blocking(move || reader.verify()).await.context("verifying the index")?;
        if let Err(error) = verified {
            tracing::error!("the search index is rebuilt: {error}");
            return Ok(true);
        }
    }
    tokio::fs::try_exists(request(site)).await.context("looking for a request to rebuild")
}

/// Tells who asked for a rebuild that it is done.
///
/// # Errors
/// When the request cannot be removed.
pub(crate) async fn answer(site: &Site) -> Result<()> {
    match tokio::fs::remove_file(request(site)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).context("removing a request to rebuild")
        }
        _ => Ok(()),
    }
}

fn request(site: &Site) -> PathBuf {
    site.index_folder.join(REQUEST)
}

/// `liuguang reindex`: rebuilds the index here, or has the running server do it.
///
/// # Errors
/// When the index cannot be written.
pub async fn run(settings: &Settings) -> Result<()> {
    let site = Site::open_existing(settings).await?;
    let mut asked = false;
    loop {
        let folder = Arc::clone(&site.index_folder);
        let opened = tokio::task::spawn_blocking(move || match Index::open(&folder) {
            Err(error) if error.needs_rebuild() => Index::create(&folder),
            opened => opened,
        });
        match opened.await.context("opening the index")? {
            Ok((_, mut writer)) => {
                let articles = rebuild(&site, &mut writer).await?;
                answer(&site).await?;
                println!("the index was rebuilt: {articles} articles");
                return Ok(());
            }
            // The server that holds the index rebuilds it; if it is stopped first, the index is ours.
            Err(SearchError::Locked { .. }) if !asked => {
                std::fs::write(request(&site), "").context("asking the running server for a rebuild")?;
                println!("the running server rebuilds the index");
                asked = true;
            }
            Err(SearchError::Locked { .. }) if !request(&site).exists() => {
                let status = indexer::status(&site).await?;
                ensure!(status.open, "the running server could not rebuild the index; its log says why");
                println!("the index was rebuilt: {} articles", status.documents);
                return Ok(());
            }
            Err(SearchError::Locked { .. }) => {}
            Err(error) => return Err(error).context("opening the index"),
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
