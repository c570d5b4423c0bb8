//! What a batch of articles refers to by name: found once, and made where there is none.

use crate::article::{column, parse};
use crate::article_to_save::ArticleToSave;
use crate::error::{StoreError, read, write};
use crate::id;
use sqlx::{Any, Transaction};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use types::{Handle, Slug, TagKey};

/// What one batch need not look up twice.
#[derive(Default)]
pub(crate) struct Known {
    categories: HashMap<Slug, i64>,
    authors: HashMap<(Handle, String), i64>,
    tags: HashMap<TagKey, TagKey>,
}

impl Known {
    /// The number of a category.
    pub async fn category(&mut self, transaction: &mut Transaction<'_, Any>, slug: &Slug) -> Result<i64, StoreError> {
        if let Some(id) = self.categories.get(slug) {
            return Ok(*id);
        }
        let row = sqlx::query("select id from category where slug = $1")
            .bind(slug.to_string())
            .fetch_optional(&mut **transaction)
            .await
            .map_err(read("a category"))?;
        let id = column(&row.ok_or_else(|| StoreError::UnknownCategory(slug.to_string()))?, "id")?;
        self.categories.insert(slug.clone(), id);
        Ok(id)
    }

    /// The author of this name and handle; a new one where there is none, with a numbered handle where another name has it.
    pub async fn author(
        &mut self,
        transaction: &mut Transaction<'_, Any>,
        article: &ArticleToSave,
    ) -> Result<i64, StoreError> {
        let key = (article.author_handle.clone(), article.author_name.clone());
        if let Some(id) = self.authors.get(&key) {
            return Ok(*id);
        }
        let row = sqlx::query("select id from author where name = $1 order by id limit 1")
            .bind(article.author_name.as_str())
            .fetch_optional(&mut **transaction)
            .await
            .map_err(read("an author"))?;
        let id = match row {
            Some(row) => column(&row, "id")?,
            None => {
                let base: Slug = article.author_handle.as_str().parse().map_err(|_| StoreError::Damaged("a handle"))?;
                let (id, mut handle, mut number) = (id::next(), base.clone(), 2);
                loop {
                    let made =
                        sqlx::query("insert into author (id, handle, name) values ($1, $2, $3) on conflict do nothing")
                            .bind(id)
                            .bind(handle.to_string())
                            .bind(article.author_name.as_str())
                            .execute(&mut **transaction)
                            .await
                            .map_err(write("an author"))?;
                    if made.rows_affected() > 0 {
                        break id;
                    }
                    handle = base.numbered(number);
                    number += 1;
                }
            }
        };
        self.authors.insert(key, id);
        Ok(id)
    }

    /// The tag of this name, which may be another name of it; a new one where there is none.
    pub async fn tag(
        &mut self,
        transaction: &mut Transaction<'_, Any>,
        wanted: TagKey,
        name: &str,
    ) -> Result<&TagKey, StoreError> {
        let entry = match self.tags.entry(wanted) {
            Entry::Occupied(entry) => return Ok(entry.into_mut()),
            Entry::Vacant(entry) => entry,
        };
        let alias = sqlx::query("select tag_key from tag_alias where key = $1")
            .bind(entry.key().as_str())
            .fetch_optional(&mut **transaction)
            .await
            .map_err(read("a tag"))?;
        let key = match alias {
            Some(row) => parse(&row, "tag_key")?,
            None => {
                sqlx::query("insert into tag (key, name) values ($1, $2) on conflict do nothing")
                    .bind(entry.key().as_str())
                    .bind(name)
                    .execute(&mut **transaction)
                    .await
                    .map_err(write("a tag"))?;
                entry.key().clone()
            }
        };
        Ok(entry.insert(key))
    }
}
