//! The tree of categories.

use crate::article::{category, column, number, parse};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use std::collections::HashMap;
use types::{CategoryGroup, CategoryLeaf, CategoryRef, Slug};

/// A group with its leaves, as a new site begins with it.
#[derive(Clone, Debug)]
pub struct SeedGroup {
    /// As people read it.
    pub name: String,
    /// In addresses.
    pub slug: Slug,
    /// Names and slugs.
    pub leaves: Vec<(String, Slug)>,
}

impl Store {
    /// Puts the tree into a database that has none; an existing tree is left as its editors made it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn seed_categories(&self, groups: &[SeedGroup]) -> Result<(), StoreError> {
        let failed = write("the categories");
        let mut transaction = self.write().await.map_err(&failed)?;
        let there =
            sqlx::query("select id from category limit 1").fetch_optional(&mut *transaction).await.map_err(&failed)?;
        if there.is_some() {
            return Ok(());
        }
        for (place, group) in groups.iter().enumerate() {
            let group_id = id::next();
            let rows = std::iter::once((group_id, None, place, &group.slug, &group.name)).chain(
                group
                    .leaves
                    .iter()
                    .enumerate()
                    .map(|(place, (name, slug))| (id::next(), Some(group_id), place, slug, name)),
            );
            for (id, parent, place, slug, name) in rows {
                sqlx::query("insert into category (id, parent_id, position, slug, name) values ($1, $2, $3, $4, $5)")
                    .bind(id)
                    .bind(parent)
                    .bind(place as i64)
                    .bind(slug.to_string())
                    .bind(name.as_str())
                    .execute(&mut *transaction)
                    .await
                    .map_err(&failed)?;
            }
        }
        transaction.commit().await.map_err(&failed)
    }

    /// The tree with the number of published articles; a group counts its leaves and what stands in itself.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn categories(&self) -> Result<Vec<CategoryGroup>, StoreError> {
        let counted = sqlx::query(
            "select category_id, count(*) as total from article where status = 'published' group by category_id",
        )
        .fetch_all(&self.reader)
        .await
        .map_err(read("the categories"))?;
        let mut counts: HashMap<i64, u32> = HashMap::with_capacity(counted.len());
        for row in &counted {
            counts.insert(column(row, "category_id")?, number(row, "total")?);
        }
        let rows = sqlx::query("select id, parent_id, slug, name from category where hidden = 0 order by position, id")
            .fetch_all(&self.reader)
            .await
            .map_err(read("the categories"))?;
        let (mut groups, mut places): (Vec<CategoryGroup>, HashMap<i64, usize>) = Default::default();
        for row in &rows {
            if column::<Option<i64>>(row, "parent_id")?.is_none() {
                let id: i64 = column(row, "id")?;
                let count = counts.get(&id).copied().unwrap_or_default();
                places.insert(id, groups.len());
                groups.push(CategoryGroup {
                    name: column(row, "name")?,
                    slug: parse(row, "slug")?,
                    count,
                    leaves: Vec::new(),
                });
            }
        }
        for row in &rows {
            let parent = column::<Option<i64>>(row, "parent_id")?.and_then(|parent| places.get(&parent));
            if let Some(group) = parent.and_then(|&place| groups.get_mut(place)) {
                let count = counts.get(&column::<i64>(row, "id")?).copied().unwrap_or_default();
                group.count += count;
                group.leaves.push(CategoryLeaf { name: column(row, "name")?, slug: parse(row, "slug")?, count });
            }
        }
        Ok(groups)
    }

    /// A category and its group, shown or hidden.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn category_named(&self, slug: &Slug) -> Result<Option<CategoryRef>, StoreError> {
        let row = sqlx::query(
            "select c.name as category_name, c.slug as category_slug, coalesce(p.name, c.name) as group_name, \
             coalesce(p.slug, c.slug) as group_slug from category c left join category p on p.id = c.parent_id \
             where c.slug = $1",
        )
        .bind(slug.to_string())
        .fetch_optional(&self.reader)
        .await
        .map_err(read("a category"))?;
        row.as_ref().map(category).transpose()
    }

    /// Whether there is a category of this name that articles may stand in.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn has_category(&self, slug: &Slug) -> Result<bool, StoreError> {
        let row = sqlx::query("select id from category where slug = $1 and hidden = 0")
            .bind(slug.to_string())
            .fetch_optional(&self.reader)
            .await
            .map_err(read("a category"))?;
        Ok(row.is_some())
    }
}
