//! Published articles, from the database; related ones, from the index.

use super::failure::internal;
use crate::site::Site;
use crate::variants;
use app::error::AppError;
use app::services::Articles;
use async_trait::async_trait;
use types::{Article, ArticleFilter, ArticleStatus, ArticleSummary, Neighbour, Page, Slug};

/// Related articles below an article.
const RELATED: usize = 8;
/// Articles by chance.
const RANDOM: usize = 6;

pub(super) struct StoredArticles(pub(super) Site);

#[async_trait]
impl Articles for StoredArticles {
    async fn by_slug(&self, slug: &Slug) -> Result<Article, AppError> {
        let store = &self.0.store;
        let found = store.article_by_slug(slug).await.map_err(|error| internal("reading an article", &error))?;
        let Some(mut article) = found else {
            let status = store.article_status(slug).await.map_err(|error| internal("reading an article", &error))?;
            return Err(if status == Some(ArticleStatus::Removed) { AppError::Gone } else { AppError::NotFound });
        };
        let html = std::mem::take(&mut article.html);
        article.html = variants::shown(store, html).await?;
        // Without the index an article is complete but for what resembles it.
        let index = self.0.index.load_full();
        if let Some(index) = index {
            let id = article.id;
            let related = tokio::task::spawn_blocking(move || index.related(id, RELATED)).await;
            match related {
                Ok(Ok(ids)) => {
                    article.related = store
                        .neighbours_by_id(&ids)
                        .await
                        .map_err(|error| internal("reading related articles", &error))?;
                }
                Ok(Err(error)) => tracing::warn!("looking for related articles failed: {error}"),
                Err(error) => tracing::warn!("looking for related articles failed: {error}"),
            }
        }
        Ok(article)
    }

    async fn list(&self, filter: &ArticleFilter) -> Result<Page<ArticleSummary>, AppError> {
        self.0.store.list(filter).await.map_err(|error| internal("listing articles", &error))
    }

    async fn recommended(&self, category: Option<&Slug>) -> Result<Vec<Neighbour>, AppError> {
        let articles = self.0.most_read(category).await;
        Ok(articles.map_err(|error| internal("listing recommended articles", &error))?.to_vec())
    }

    async fn random(&self, but: Option<&Slug>) -> Result<Vec<Neighbour>, AppError> {
        let ids = self.0.random(RANDOM + 1).await.map_err(|error| internal("picking articles", &error))?;
        let picked = self.0.store.neighbours_by_id(&ids).await;
        let mut picked = picked.map_err(|error| internal("reading the picked articles", &error))?;
        picked.retain(|article| Some(&article.slug) != but);
        picked.truncate(RANDOM);
        Ok(picked)
    }
}
