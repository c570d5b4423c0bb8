//! What feeds and the site map take of the published articles.

use crate::article::{PLACE, TABLES, column, json, parse};
use crate::article_list::{SUMMARY, narrow};
use crate::error::{StoreError, read};
use crate::pool::Store;
use crate::sql::{Sql, Value};
use types::{ArticleFilter, ArticleSummary, Handle, ProvenanceStep, SafeHtml, Slug, Timestamp};

/// Published articles that search engines should know by our address: a reprint's page names that of its original.
const MAPPED: &str = "a.status = 'published' and (a.kind <> 'reprint' or a.provenance = '[]')";

/// An article as a feed shows it.
#[derive(Clone, Debug)]
pub struct FeedEntry {
    /// What lists show as well.
    pub summary: ArticleSummary,
    /// The whole text.
    pub html: SafeHtml,
    /// When the text last changed.
    pub updated_at: Timestamp,
    /// Where the text comes from, station by station; empty for what was written here.
    pub provenance: Vec<ProvenanceStep>,
}

impl Store {
    /// The newest articles within a filter, with their whole texts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn feed_entries(&self, filter: &ArticleFilter) -> Result<Vec<FeedEntry>, StoreError> {
        let mut sql = Sql::default();
        sql.push(SUMMARY)
            .push("a.html, a.updated_at, a.provenance, ")
            .push(PLACE)
            .push(TABLES)
            .push("where a.status = 'published'");
        narrow(&mut sql, filter);
        sql.push(" order by a.published_at desc, a.id desc limit ").bind(Value::Number(i64::from(filter.page_size())));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("a feed"))?;
        let summaries = self.summaries(&rows).await?;
        summaries
            .into_iter()
            .zip(&rows)
            .map(|((_, summary), row)| {
                let html = SafeHtml::from_sanitizer(column(row, "html")?);
                let updated_at = Timestamp(column(row, "updated_at")?);
                Ok(FeedEntry { summary, html, updated_at, provenance: json(row, "provenance")? })
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

    /// How many articles [`Store::mapped_slugs`] has.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn mapped_count(&self) -> Result<u64, StoreError> {
        let mut sql = Sql::default();
        sql.push("select count(*) as total from article a where ").push(MAPPED);
        let row = sql.query().fetch_one(&self.reader).await.map_err(read("the number of articles"))?;
        Ok(column::<i64>(&row, "total")?.cast_unsigned())
    }

    /// The articles that the site map names, in the order of numbers, leaving out the first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn mapped_slugs(&self, offset: u64, limit: u32) -> Result<Vec<(Slug, Timestamp)>, StoreError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let mut sql = Sql::default();
        sql.push("select a.slug, a.updated_at from article a where ").push(MAPPED).push(" order by a.id limit ");
        sql.bind(Value::Number(i64::from(limit))).push(" offset ").bind(Value::Number(offset.cast_signed()));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("addresses"))?;
        rows.iter().map(|row| Ok((parse(row, "slug")?, Timestamp(column(row, "updated_at")?)))).collect()
    }

    /// Who has published articles.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn writers(&self) -> Result<Vec<Handle>, StoreError> {
        let rows = sqlx::query(
            "select u.handle from author u where exists \
             (select 1 from article a where a.author_id = u.id and a.status = 'published') order by u.handle",
        )
        .fetch_all(&self.reader)
        .await
        .map_err(read("the authors"))?;
        rows.iter().map(|row| parse(row, "handle")).collect()
    }
}
