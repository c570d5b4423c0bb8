//! The ways to articles, from the database.

use super::failure::internal;
use crate::site::Site;
use app::error::AppError;
use app::services::Directory;
use async_trait::async_trait;
use types::{Author, CategoryGroup, Handle, Month, Tag, TagKey};

/// Tags that the list of tags has at most.
const TAGS: u32 = 200;

pub(super) struct StoredDirectory(pub(super) Site);

#[async_trait]
impl Directory for StoredDirectory {
    async fn categories(&self) -> Result<Vec<CategoryGroup>, AppError> {
        self.0.store.categories().await.map_err(|error| internal("reading the categories", &error))
    }

    async fn months(&self) -> Result<Vec<(Month, u32)>, AppError> {
        self.0.store.months().await.map_err(|error| internal("reading the months", &error))
    }

    async fn tags(&self) -> Result<Vec<Tag>, AppError> {
        self.0.store.hot_tags(TAGS).await.map_err(|error| internal("reading the tags", &error))
    }

    async fn tag(&self, key: &TagKey) -> Result<Tag, AppError> {
        let tag = self.0.store.tag(key).await.map_err(|error| internal("reading a tag", &error))?;
        tag.ok_or(AppError::NotFound)
    }

    async fn author(&self, handle: &Handle) -> Result<(Author, u32), AppError> {
        let author = self.0.store.author(handle).await.map_err(|error| internal("reading an author", &error))?;
        author.ok_or(AppError::NotFound)
    }
}
