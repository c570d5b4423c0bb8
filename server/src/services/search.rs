//! Full-text search: the index finds, the database tells what lists show.

use super::failure::internal;
use crate::site::Site;
use app::error::AppError;
use app::services::Search;
use async_trait::async_trait;
use std::collections::HashMap;
use std::time::Instant;
use types::{Facet, Hit, SearchQuery, SearchResults};

pub(super) struct IndexSearch(pub(super) Site);

#[async_trait]
impl Search for IndexSearch {
    async fn search(&self, query: &SearchQuery) -> Result<SearchResults, AppError> {
        let started = Instant::now();
        let per_page = query.filter.page_size();
        let page = query.filter.page.get();
        if query.text().is_empty() {
            return Ok(SearchResults { page, per_page, ..SearchResults::default() });
        }
        let index = self.0.index.load_full().ok_or(AppError::Unavailable)?;
        let views = self.0.views.load_full();
        let asked = query.clone();
        let found = tokio::task::spawn_blocking(move || index.search(&asked, &views))
            .await
            .map_err(|error| internal("searching", &error))?
            .map_err(|error| internal("searching", &error))?;
        let ids: Vec<_> = found.hits.iter().map(|hit| hit.id).collect();
        let summaries = self.0.store.summaries_by_id(&ids).await.map_err(|error| internal("reading hits", &error))?;
        let mut summaries: HashMap<_, _> = summaries.into_iter().collect();
        // An article that was taken back a moment ago may still stand in the index; it is left out.
        let hits = found
            .hits
            .into_iter()
            .filter_map(|hit| {
                let summary = summaries.remove(&hit.id)?;
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
        let mut facets = found.facets;
        self.label(&mut facets.category, &mut facets.tag).await?;
        Ok(SearchResults {
            total: found.total,
            page,
            per_page,
            hits,
            facets,
            corrected: found.corrected,
            terms: found.terms,
            took: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        })
    }
}

impl IndexSearch {
    /// Gives slugs and keys the names that people read.
    async fn label(&self, categories: &mut Facet, tags: &mut Facet) -> Result<(), AppError> {
        let store = &self.0.store;
        let tree = store.categories().await.map_err(|error| internal("reading the categories", &error))?;
        for value in categories {
            let name = tree.iter().find_map(|group| {
                if group.slug.as_str() == value.value {
                    return Some(&group.name);
                }
                group.leaves.iter().find(|leaf| leaf.slug.as_str() == value.value).map(|leaf| &leaf.name)
            });
            if let Some(name) = name {
                value.label.clone_from(name);
            }
        }
        let keys: Vec<_> = tags.iter().filter_map(|value| value.value.parse().ok()).collect();
        let names = store.tag_names(&keys).await.map_err(|error| internal("reading the tags", &error))?;
        for value in tags {
            if let Some(tag) = names.iter().find(|tag| tag.key.as_str() == value.value) {
                value.label.clone_from(&tag.name);
            }
        }
        Ok(())
    }
}
