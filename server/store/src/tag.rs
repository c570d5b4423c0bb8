//! Tags, their aliases, and which articles carry them.

use crate::article::{column, number, parse};
use crate::error::{StoreError, read};
use crate::pool::Store;
use crate::sql::Sql;
use std::collections::HashMap;
use types::{ArticleId, Tag, TagKey, TagRef};

impl Store {
    /// The tags that most published articles carry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn hot_tags(&self, limit: u32) -> Result<Vec<Tag>, StoreError> {
        let rows = sqlx::query(
            "select t.key, t.name, count(*) as total from tag t join article_tag x on x.tag_key = t.key \
             join article a on a.id = x.article_id where a.status = 'published' \
             group by t.key, t.name order by count(*) desc, t.key limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(read("the tags"))?;
        rows.iter()
            .map(|row| Ok(Tag { key: parse(row, "key")?, name: column(row, "name")?, count: number(row, "total")? }))
            .collect()
    }

    /// The tag with this key or alias, if a published article carries it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tag(&self, key: &TagKey) -> Result<Option<Tag>, StoreError> {
        let row = sqlx::query(
            "select t.key, t.name, count(*) as total from tag t join article_tag x on x.tag_key = t.key \
             join article a on a.id = x.article_id where a.status = 'published' \
             and t.key = coalesce((select tag_key from tag_alias where key = $1), $1) group by t.key, t.name",
        )
        .bind(key.as_str())
        .fetch_optional(&self.reader)
        .await
        .map_err(read("a tag"))?;
        row.map(|row| Ok(Tag { key: parse(&row, "key")?, name: column(&row, "name")?, count: number(&row, "total")? }))
            .transpose()
    }

    /// What tags are called as well, by the tag's key.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tag_aliases(&self) -> Result<HashMap<String, Vec<String>>, StoreError> {
        let rows = sqlx::query("select key, tag_key from tag_alias order by key").fetch_all(&self.reader).await;
        let mut aliases: HashMap<String, Vec<String>> = HashMap::new();
        for row in &rows.map_err(read("the tags"))? {
            aliases.entry(column(row, "tag_key")?).or_default().push(column(row, "key")?);
        }
        Ok(aliases)
    }

    /// The names of tags.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tag_names(&self, keys: &[TagKey]) -> Result<Vec<TagRef>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::default();
        sql.push("select key, name from tag where key in (");
        sql.texts(keys).push(")");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("the tags"))?;
        rows.iter().map(|row| Ok(TagRef { key: parse(row, "key")?, name: column(row, "name")? })).collect()
    }

    /// The tags of articles, by the articles' numbers.
    pub(crate) async fn tags_of(&self, ids: &[ArticleId]) -> Result<HashMap<i64, Vec<TagRef>>, StoreError> {
        let mut tags: HashMap<i64, Vec<TagRef>> = HashMap::with_capacity(ids.len());
        if ids.is_empty() {
            return Ok(tags);
        }
        let mut sql = Sql::default();
        sql.push("select x.article_id, t.key, t.name from article_tag x join tag t on t.key = x.tag_key where x.article_id in (");
        sql.numbers(ids.iter().map(|id| id.0)).push(") order by x.article_id, x.position");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("tags of articles"))?;
        for row in &rows {
            let tag = TagRef { key: parse(row, "key")?, name: column(row, "name")? };
            tags.entry(column(row, "article_id")?).or_default().push(tag);
        }
        Ok(tags)
    }
}
