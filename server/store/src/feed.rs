//! What feeds and the site map take of the published articles.

use crate::article::{PLACE, TABLES, column, parse};
use crate::article_list::{SUMMARY, narrow};
use crate::error::{StoreError, read};
use crate::pool::Store;
use crate::sql::{Sql, Value};
use types::{ArticleFilter, ArticleId, ArticleSummary, SafeHtml, Slug, Timestamp};

/// An article as a feed shows it.
#[derive(Clone, Debug)]
pub struct FeedEntry {
    /// What lists show as well.
    pub summary: ArticleSummary,
    /// The whole text.
    pub html: SafeHtml,
    /// When the text last changed.
    pub updated_at: Timestamp,
}

impl Store {
    /// The newest articles within a filter, with their whole texts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn feed_entries(&self, filter: &ArticleFilter) -> Result<Vec<FeedEntry>, StoreError> {
        let mut sql = Sql::default();
        sql.push(SUMMARY).push("a.html, a.updated_at, ").push(PLACE).push(TABLES).push("where a.status = 'published'");
        narrow(&mut sql, filter);
        sql.push(" order by a.published_at desc, a.id desc limit ").bind(Value::Number(i64::from(filter.page_size())));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("a feed"))?;
        let summaries = self.summaries(&rows).await?;
        summaries
            .into_iter()
            .zip(&rows)
            .map(|((_, summary), row)| {
                let html = SafeHtml::from_sanitizer(column(row, "html")?);
                Ok(FeedEntry { summary, html, updated_at: Timestamp(column(row, "updated_at")?) })
            })
            .collect()
    }

    /// How many articles are published.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn published_count(&self) -> Result<u64, StoreError> {
        let row = sqlx::query("select count(*) as total from article where status = 'published'")
            .fetch_one(&self.reader)
            .await;
        Ok(column::<i64>(&row.map_err(read("the number of articles"))?, "total")?.cast_unsigned())
    }

    /// Published articles in the order of numbers, leaving out the first, for the site map.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn slugs_from(&self, offset: u64, limit: u32) -> Result<Vec<(ArticleId, Slug, Timestamp)>, StoreError> {
        let rows = sqlx::query(
            "select id, slug, updated_at from article where status = 'published' order by id limit $1 offset $2",
        )
        .bind(i64::from(limit))
        .bind(offset.cast_signed())
        .fetch_all(&self.reader)
        .await
        .map_err(read("addresses"))?;
        rows.iter()
            .map(|row| Ok((ArticleId(column(row, "id")?), parse(row, "slug")?, Timestamp(column(row, "updated_at")?))))
            .collect()
    }
}
