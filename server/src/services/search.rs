//! Full-text search: the index finds, the database tells what lists show.

use super::failure::internal;
use crate::site::Site;
use app::error::AppError;
use app::services::Search;
use async_trait::async_trait;
use search::{Found, Names, SearchError};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use types::{ArticleSummary, Facet, Hit, SearchQuery, SearchResults, Slug, Suggestion, SuggestionKind, TagKey};

/// Searches that one core works on at a time; further ones wait.
const PER_CORE: usize = 2;
/// How long a search waits for its turn.
const PATIENCE: Duration = Duration::from_secs(2);

/// The search of a site.
pub(super) struct IndexSearch {
    site: Site,
    /// A search computes; more at a time than there are cores would only make all of them late.
    turns: Arc<Semaphore>,
}

impl IndexSearch {
    pub(super) fn new(site: Site) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { site, turns: Arc::new(Semaphore::new(cores * PER_CORE)) }
    }

    /// Searches on a thread of its own, when it is its turn.
    async fn find(&self, query: &SearchQuery) -> Result<Found, AppError> {
        let index = self.site.index.load_full().ok_or(AppError::Unavailable)?;
        let views = self.site.views.load_full();
        let names = self.names(query).await?;
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            tracing::warn!("a search was turned away: too many at a time");
            return Err(AppError::Unavailable);
        };
        let query = query.clone();
        let found = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            index.search_by_names(&query, &views, &names)
        });
        match found.await {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(error @ SearchError::TooSlow)) => {
                tracing::warn!("{error}");
                Err(AppError::Unavailable)
            }
            // What cannot be read, or made the search panic, may be damaged: the indexer looks into it, and makes the
            // index anew if it is.
            Ok(Err(error)) => {
                tracing::error!("a search could not read the index: {error}");
                self.doubt();
                Err(AppError::Unavailable)
            }
            Err(error) => {
                self.doubt();
                Err(internal("searching", &error))
            }
        }
    }

    fn doubt(&self) {
        self.site.index_doubted.store(true, Ordering::Relaxed);
        self.site.changed.notify_one();
    }
}

#[async_trait]
impl Search for IndexSearch {
    async fn search(&self, query: &SearchQuery) -> Result<SearchResults, AppError> {
        let started = Instant::now();
        let per_page = query.filter.page_size();
        let page = query.filter.page.get();
        if query.is_empty() {
            return Ok(SearchResults { page, per_page, ..SearchResults::default() });
        }
        let mut found = self.find(query).await?;
        let ids: Vec<_> = found.hits.iter().map(|hit| hit.id).collect();
        let facets = &mut found.facets;
        let summaries = async { self.site.summaries(&ids).await.map_err(|error| internal("reading hits", &error)) };
        let (summaries, ()) = tokio::try_join!(summaries, self.label(&mut facets.category, &mut facets.tag))?;
        // An article that was taken back a moment ago may still stand in the index; it is left out.
        let hits = found
            .hits
            .into_iter()
            .filter_map(|hit| {
                let summary = ArticleSummary::clone(summaries.get(&hit.id)?);
                Some(Hit {
                    slug: summary.slug,
                    title: summary.title,
                    title_pieces: hit.title_pieces,
                    category: summary.category,
                    kind: summary.kind,
                    author: summary.author,
                    published_at: summary.published_at,
                    views: summary.views,
                    tags: summary.tags,
                    snippets: hit.snippets,
                })
            })
            .collect();
        Ok(SearchResults {
            total: found.total,
            page,
            per_page,
            hits,
            facets: found.facets,
            corrected: found.corrected,
            terms: found.terms,
            relaxed: found.relaxed,
            took: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        })
    }

    async fn suggest(&self, text: &str, kind: Option<SuggestionKind>) -> Result<Vec<Suggestion>, AppError> {
        // In memory and a matter of microseconds: a thread of its own would take longer.
        Ok(self.site.suggester.load().suggest(text, kind))
    }
}

impl IndexSearch {
    /// What the tags, categories and authors that a search asks for are called today.
    async fn names(&self, query: &SearchQuery) -> Result<Names, AppError> {
        let (tags, categories, authors) = Names::asked_for(query);
        let store = &self.site.store;
        let tags = store.tags_now(&tags).await.map_err(|error| internal("reading the tags", &error))?;
        let categories = store.categories_now(&categories).await;
        let categories = categories.map_err(|error| internal("reading the categories", &error))?;
        let authors = store.authors_now(&authors).await.map_err(|error| internal("reading the authors", &error))?;
        Ok(Names { tags, categories, authors })
    }

    /// Gives slugs and keys the names that people read.
    async fn label(&self, categories: &mut Facet, tags: &mut Facet) -> Result<(), AppError> {
        let tree = self.site.categories().await.map_err(|error| internal("reading the categories", &error))?;
        for value in categories {
            let shown = tree.iter().find_map(|group| {
                if group.slug.as_str() == value.value {
                    return Some(&group.name);
                }
                group.leaves.iter().find(|leaf| leaf.slug.as_str() == value.value).map(|leaf| &leaf.name)
            });
            if let Some(name) = shown {
                value.label.clone_from(name);
            } else if let Ok(slug) = value.value.parse::<Slug>() {
                // Hidden ones are in no tree, but have names all the same.
                let hidden = self.site.store.category_named(&slug).await;
                let hidden = hidden.map_err(|error| internal("reading a category", &error))?;
                value.label = hidden.map_or(slug.to_string(), |category| category.name);
            }
        }
        let keys: Vec<TagKey> = tags.iter().filter_map(|value| value.value.parse().ok()).collect();
        let names = self.site.tag_names(&keys).await.map_err(|error| internal("reading the tags", &error))?;
        for value in tags {
            let key = value.value.parse::<TagKey>().ok();
            if let Some(name) = key.and_then(|key| names.get(&key)) {
                name.as_ref().clone_into(&mut value.label);
            }
        }
        Ok(())
    }
}
