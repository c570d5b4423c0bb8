//! The ways to articles, from the database.

use super::failure::internal;
use crate::site::Site;
use app::category::api::CategoryPlace;
use app::error::AppError;
use app::services::Directory;
use async_trait::async_trait;
use types::{Author, CategoryGroup, Handle, Month, Slug, Tag, TagKey};

pub(super) struct StoredDirectory(pub(super) Site);

#[async_trait]
impl Directory for StoredDirectory {
    async fn categories(&self) -> Result<Vec<CategoryGroup>, AppError> {
        let categories = self.0.categories().await.map_err(|error| internal("reading the categories", &error))?;
        Ok(categories.to_vec())
    }

    async fn category(&self, slug: &Slug) -> Result<CategoryPlace, AppError> {
        let groups = self.0.categories().await.map_err(|error| internal("reading the categories", &error))?;
        let found = groups.iter().find_map(|group| {
            let leaf = group.leaves.iter().find(|leaf| leaf.slug == *slug).map(|leaf| &leaf.name);
            let name = leaf.or_else(|| (group.slug == *slug).then_some(&group.name))?;
            Some(CategoryPlace { slug: slug.clone(), name: name.clone(), group: group.clone(), hidden: false })
        });
        if let Some(found) = found {
            return Ok(found);
        }
        // Articles of a hidden category lead to its page.
        let hidden = self.0.store.category_named(slug).await;
        let hidden = hidden.map_err(|error| internal("reading a category", &error))?.ok_or(AppError::NotFound)?;
        let group = groups.iter().find(|group| group.slug == hidden.group_slug).cloned();
        let group = group.unwrap_or(CategoryGroup {
            name: hidden.group,
            slug: hidden.group_slug,
            count: 0,
            leaves: Vec::new(),
        });
        Ok(CategoryPlace { slug: hidden.slug, name: hidden.name, group, hidden: true })
    }

    async fn months(&self) -> Result<Vec<(Month, u32)>, AppError> {
        Ok(self.0.months().await.map_err(|error| internal("reading the months", &error))?.to_vec())
    }

    async fn tags(&self) -> Result<Vec<Tag>, AppError> {
        Ok(self.0.hot_tags().await.map_err(|error| internal("reading the tags", &error))?.to_vec())
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
