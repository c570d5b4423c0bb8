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
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use store::Store;
use tokio::sync::Notify;

/// The pieces; cheap to clone.
#[derive(Clone)]
pub struct Site {
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
}

impl Site {
    /// Opens database and folders, migrates, and puts the tree of categories into an empty database.
    ///
    /// # Errors
    /// When the data folder or the database cannot be used.
    pub async fn open(settings: &Settings) -> Result<Self> {
        std::fs::create_dir_all(&settings.data)
            .with_context(|| format!("LIUGUANG_DATA: the folder {} cannot be made", settings.data.display()))?;
        let store = Store::open(&settings.database()).await.context("opening the database")?;
        let metrics = Metrics::default();
        let site = Self {
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
        };
        site.read_names().await.context("reading the site's name")?;
        Ok(site)
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
