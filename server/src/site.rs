//! A running site: the pieces that requests and jobs share.

use crate::config::Settings;
use crate::http::metrics::Metrics;
use crate::http::page::Pages;
use crate::kept::Kept;
use crate::views::ViewCounter;
use anyhow::{Context, Result};
use app::site::SiteNames;
use arc_swap::ArcSwapOption;
use search::{Index, Suggester, Views};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use store::Store;
use tokio::sync::Notify;

/// The pieces, shared: every layer of every request takes a copy.
#[derive(Clone)]
pub struct Site(Arc<Pieces>);

/// What a running site consists of.
pub struct Pieces {
    /// The database.
    pub store: Store,
    /// The index, once it is open.
    pub index: Arc<ArcSwapOption<Index>>,
    /// The folder of the index.
    pub index_folder: Arc<PathBuf>,
    /// Wakes the indexer.
    pub changed: Arc<Notify>,
    /// Views by article, as last counted.
    pub views: Arc<arc_swap::ArcSwap<Views>>,
    /// Whether a search met something in the index that it could not read.
    pub index_doubted: Arc<AtomicBool>,
    /// What is suggested while somebody types.
    pub suggester: Arc<arc_swap::ArcSwap<Suggester>>,
    /// Wakes who makes the suggestions.
    pub titles_changed: Arc<Notify>,
    /// Wakes who makes smaller copies of pictures.
    pub pictures_changed: Arc<Notify>,
    /// Counts readers.
    pub counter: ViewCounter,
    /// Counts for the operator.
    pub metrics: Metrics,
    /// Rendered pages.
    pub pages: Pages,
    /// What nearly every page shows.
    pub kept: Arc<Kept>,
    /// What the site calls itself.
    pub names: Arc<arc_swap::ArcSwap<SiteNames>>,
    /// A mail address or a link by which those who run the site are reached; may be empty.
    pub contact: Arc<arc_swap::ArcSwap<String>>,
}

impl Deref for Site {
    type Target = Pieces;

    fn deref(&self) -> &Pieces {
        &self.0
    }
}

impl Site {
    /// Opens database and folders, migrates, and puts the tree of categories into an empty database.
    ///
    /// # Errors
    /// When the data folder or the database cannot be used.
    pub async fn open(settings: &Settings) -> Result<Self> {
        settings.make_data_folder()?;
        let store = Store::open(&settings.database()).await.context("opening the database")?;
        let metrics = Metrics::default();
        let site = Self(Arc::new(Pieces {
            store,
            index: Arc::default(),
            index_folder: Arc::new(settings.index()),
            changed: Arc::default(),
            views: Arc::default(),
            index_doubted: Arc::default(),
            suggester: Arc::default(),
            titles_changed: Arc::default(),
            pictures_changed: Arc::default(),
            counter: ViewCounter::default(),
            metrics: metrics.clone(),
            pages: Pages::new(metrics, settings.site_url.is_none()),
            kept: Arc::default(),
            names: Arc::default(),
            contact: Arc::default(),
        }));
        site.read_names().await.context("reading the site's name")?;
        Ok(site)
    }

    /// As [`Site::open`], but only a site that is there: a wrong data folder must not look like an empty site.
    ///
    /// # Errors
    /// As [`Site::open`], and when there is no site.
    pub async fn open_existing(settings: &Settings) -> Result<Self> {
        settings.must_exist()?;
        Self::open(settings).await
    }

    /// Something changed that pages, index or suggestions show: they take it over.
    pub fn content_changed(&self) {
        self.pages.forget();
        self.changed.notify_one();
        self.titles_changed.notify_one();
    }

    /// As [`Site::open`], with the tree of categories in place: what a job at the terminal needs.
    ///
    /// # Errors
    /// As [`Site::open`].
    pub async fn open_for_work(settings: &Settings) -> Result<Self> {
        let site = Self::open(settings).await?;
        crate::seed::categories(&site).await?;
        Ok(site)
    }
}
