//! What tags, categories and authors are called today, by the names that they had once or have as well.

use crate::article::{column, parse};
use crate::error::{StoreError, read, write};
use crate::pool::Store;
use crate::sql::Sql;
use sqlx::{Any, Transaction};
use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;
use std::str::FromStr;
use types::{ArticleFilter, Handle, Slug, TagKey};

impl Store {
    /// The tags that aliases stand for; what is no alias is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tags_now(&self, keys: &[TagKey]) -> Result<HashMap<TagKey, TagKey>, StoreError> {
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = Sql::default();
        sql.push("select key, tag_key from tag_alias where key in (").texts(keys).push(")");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("the tags"))?;
        rows.iter().map(|row| Ok((parse(row, "key")?, parse(row, "tag_key")?))).collect()
    }

    /// The slugs of categories that were renamed or merged; what has kept its slug, or never was one, is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn categories_now(&self, slugs: &[Slug]) -> Result<HashMap<Slug, Slug>, StoreError> {
        self.led_on("/category/", slugs, "category where '/category/' || slug", "the categories").await
    }

    /// Categories by the names that they, or others that became part of them, had before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn former_category_names(&self) -> Result<HashMap<String, Slug>, StoreError> {
        let rows =
            sqlx::query("select f.name, c.slug from former_category_name f join category c on c.id = f.category_id")
                .fetch_all(&self.reader)
                .await
                .map_err(read("what categories were called before"))?;
        rows.iter().map(|row| Ok((column(row, "name")?, parse(row, "slug")?))).collect()
    }

    /// The handles of authors that became others or were given up to an heir; what is somebody's today is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn authors_now(&self, handles: &[Handle]) -> Result<HashMap<Handle, Handle>, StoreError> {
        self.led_on("/author/", handles, "author where '/author/' || handle", "the authors").await
    }

    /// Where the addresses of names lead, among those of the same place; a name that something bears today is left out.
    async fn led_on<N>(
        &self,
        place: &'static str,
        names: &[N],
        bearers: &'static str,
        what: &'static str,
    ) -> Result<HashMap<N, N>, StoreError>
    where
        N: Display + FromStr + Eq + Hash,
    {
        if names.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = Sql::default();
        sql.push("select old_path, new_path from redirect where old_path in (");
        sql.texts(names.iter().map(|name| format!("{place}{name}")));
        sql.push(") and not exists (select 1 from ").push(bearers).push(" = old_path)");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read(what))?;
        let name = |row, path| -> Result<Option<N>, StoreError> {
            Ok(column::<String>(row, path)?.strip_prefix(place).and_then(|name| name.parse().ok()))
        };
        let mut now = HashMap::new();
        for row in &rows {
            // An admin may lead an old address anywhere.
            if let (Some(old), Some(new)) = (name(row, "old_path")?, name(row, "new_path")?) {
                now.insert(old, new);
            }
        }
        Ok(now)
    }

    /// A filter under today's names. Aliases of tags stay as they are: its conditions know them.
    pub(crate) async fn filter_now(&self, filter: &ArticleFilter) -> Result<ArticleFilter, StoreError> {
        let mut filter = filter.clone();
        let categories = self.categories_now(&filter.category).await?;
        let authors = self.authors_now(filter.author.as_slice()).await?;
        for category in &mut filter.category {
            if let Some(now) = categories.get(category) {
                category.clone_from(now);
            }
        }
        filter.author = filter.author.map(|author| authors.get(&author).cloned().unwrap_or(author));
        Ok(filter)
    }
}

/// Remembers a name under which a category is no longer shown; of several categories that had it, the last one counts.
pub(crate) async fn remember_category_name(
    transaction: &mut Transaction<'_, Any>,
    name: &str,
    category: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into former_category_name (name, category_id) values ($1, $2) \
         on conflict (name) do update set category_id = excluded.category_id",
    )
    .bind(name)
    .bind(category)
    .execute(&mut **transaction)
    .await
    .map(drop)
    .map_err(write("what a category was called before"))
}

/// What a category was called before leads to another one from now on.
pub(crate) async fn hand_on_category_names(
    transaction: &mut Transaction<'_, Any>,
    from: i64,
    into: i64,
) -> Result<(), StoreError> {
    sqlx::query("update former_category_name set category_id = $1 where category_id = $2")
        .bind(into)
        .bind(from)
        .execute(&mut **transaction)
        .await
        .map(drop)
        .map_err(write("what a category was called before"))
}
