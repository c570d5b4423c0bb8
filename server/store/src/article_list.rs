//! Lists of published articles: filtered, by number, most read, by chance.

use crate::article::{PLACE, TABLES, author, category, column, neighbour, number, parse};
use crate::error::{StoreError, read};
use crate::pool::Store;
use crate::sql::{Sql, Value};
use sqlx::any::AnyRow;
use std::collections::HashMap;
use types::{ArticleFilter, ArticleId, ArticleSort, ArticleSummary, Neighbour, Offer, Page, Slug, TagRef, Timestamp};

/// The columns of [`summary`] without its place.
pub(crate) const SUMMARY: &str =
    "select a.id, a.slug, a.title, a.summary, a.kind, a.published_at, a.views, a.minutes, ";

impl Store {
    /// One page of a list; what was renamed, merged or handed over is listed by its old names too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(&self, filter: &ArticleFilter) -> Result<Page<ArticleSummary>, StoreError> {
        let filter = &self.filter_now(filter).await?;
        let size = filter.page_size();
        let mut count = Sql::default();
        count.push("select count(*) as total from article a where a.status = 'published'");
        narrow(&mut count, filter);
        let row = count.query().fetch_one(&self.reader).await.map_err(read("the length of a list"))?;
        let total: i64 = column(&row, "total")?;

        let mut sql = Sql::default();
        sql.push(SUMMARY).push(PLACE).push(TABLES).push("where a.status = 'published'");
        narrow(&mut sql, filter);
        sql.push(match filter.sort {
            ArticleSort::Relevance | ArticleSort::Newest => " order by a.published_at desc, a.id desc",
            ArticleSort::Views => " order by a.views desc, a.id desc",
        });
        sql.push(" limit ").bind(Value::Number(i64::from(size)));
        sql.push(" offset ").bind(Value::Number(filter.page.offset(size).cast_signed()));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("a list of articles"))?;
        let items = self.summaries(&rows).await?.into_iter().map(|(_, summary)| summary).collect();
        Ok(Page { total: total.cast_unsigned(), page: filter.page, per_page: size, items })
    }

    /// Those of the articles that are published, in the order asked.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn summaries_by_id(&self, ids: &[ArticleId]) -> Result<Vec<(ArticleId, ArticleSummary)>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::default();
        sql.push(SUMMARY).push(PLACE).push(TABLES).push("where a.status = 'published' and a.id in (");
        sql.numbers(ids.iter().map(|id| id.0)).push(")");
        let rows = async { sql.query().fetch_all(&self.reader).await.map_err(read("articles")) };
        let (rows, tags, offers) = tokio::try_join!(rows, self.tags_of(ids), self.offers_of(ids))?;
        let mut found: HashMap<ArticleId, ArticleSummary> = summaries(&rows, tags, &offers)?.into_iter().collect();
        Ok(ids.iter().filter_map(|id| Some((*id, found.remove(id)?))).collect())
    }

    /// The most read articles of a category, or of the whole site.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn most_read(&self, category: Option<&Slug>, limit: u32) -> Result<Vec<Neighbour>, StoreError> {
        let filter = ArticleFilter { category: category.cloned().into_iter().collect(), ..ArticleFilter::default() };
        let filter = self.filter_now(&filter).await?;
        let mut sql = Sql::default();
        sql.push("select a.slug, a.title, a.published_at from article a where a.status = 'published'");
        narrow(&mut sql, &filter);
        sql.push(" order by a.views desc, a.published_at desc, a.id desc limit ").bind(Value::Number(i64::from(limit)));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("the most read articles"))?;
        rows.iter().map(neighbour).collect()
    }

    /// Those of the articles that are published, in the order asked, as single lines.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn neighbours_by_id(&self, ids: &[ArticleId]) -> Result<Vec<Neighbour>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::default();
        sql.push("select id, slug, title, published_at from article where status = 'published' and id in (");
        sql.numbers(ids.iter().map(|id| id.0)).push(")");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("articles"))?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in &rows {
            found.insert(column::<i64>(row, "id")?, neighbour(row)?);
        }
        Ok(ids.iter().filter_map(|id| found.remove(&id.0)).collect())
    }

    /// Published articles after a number, in the order of numbers, for the site map.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn slugs_after(
        &self,
        after: ArticleId,
        limit: u32,
    ) -> Result<Vec<(ArticleId, Slug, Timestamp)>, StoreError> {
        let rows = sqlx::query(
            "select id, slug, updated_at from article where status = 'published' and id > $1 order by id limit $2",
        )
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(read("addresses"))?;
        rows.iter()
            .map(|row| Ok((ArticleId(column(row, "id")?), parse(row, "slug")?, Timestamp(column(row, "updated_at")?))))
            .collect()
    }

    /// Published articles after a number, in the order of numbers: address, title and views, for suggestions.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn titles_after(
        &self,
        after: ArticleId,
        limit: u32,
    ) -> Result<Vec<(ArticleId, Slug, String, i64)>, StoreError> {
        let rows = sqlx::query(
            "select id, slug, title, views from article where status = 'published' and id > $1 order by id limit $2",
        )
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(read("titles"))?;
        rows.iter()
            .map(|row| {
                Ok((ArticleId(column(row, "id")?), parse(row, "slug")?, column(row, "title")?, column(row, "views")?))
            })
            .collect()
    }

    /// Every published article with its revision: what the index must hold.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn published_revisions(&self) -> Result<Vec<(ArticleId, u32)>, StoreError> {
        let rows = sqlx::query("select id, revision from article where status = 'published'")
            .fetch_all(&self.reader)
            .await
            .map_err(read("the published revisions"))?;
        rows.iter().map(|row| Ok((ArticleId(column(row, "id")?), number(row, "revision")?))).collect()
    }

    /// Whether there is no article at all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        let row = sqlx::query("select id from article limit 1").fetch_optional(&self.reader).await;
        Ok(row.map_err(read("articles"))?.is_none())
    }

    pub(crate) async fn summaries(&self, rows: &[AnyRow]) -> Result<Vec<(ArticleId, ArticleSummary)>, StoreError> {
        let ids = rows.iter().map(|row| column(row, "id").map(ArticleId)).collect::<Result<Vec<_>, _>>()?;
        let (tags, offers) = tokio::try_join!(self.tags_of(&ids), self.offers_of(&ids))?;
        summaries(rows, tags, &offers)
    }
}

/// Articles as lists show them, from their rows, tags and attachments.
fn summaries(
    rows: &[AnyRow],
    mut tags: HashMap<i64, Vec<TagRef>>,
    offers: &HashMap<i64, Offer>,
) -> Result<Vec<(ArticleId, ArticleSummary)>, StoreError> {
    rows.iter()
        .map(|row| {
            let id: i64 = column(row, "id")?;
            let summary = summary(row, tags.remove(&id).unwrap_or_default())?;
            Ok((ArticleId(id), ArticleSummary { offer: offers.get(&id).copied(), ..summary }))
        })
        .collect()
}

/// The conditions of a filter.
pub(crate) fn narrow(sql: &mut Sql, filter: &ArticleFilter) {
    for kinds in [filter.scope.kinds(), &filter.kind] {
        if !kinds.is_empty() {
            sql.push(" and a.kind in (");
            sql.texts(kinds).push(")");
        }
    }
    if !filter.category.is_empty() {
        sql.push(" and a.category_id in (select id from category where slug in (");
        sql.texts(&filter.category).push(") or parent_id in (select id from category where slug in (");
        sql.texts(&filter.category).push(")))");
    }
    if !filter.tag.is_empty() {
        sql.push(" and a.id in (select article_id from article_tag where tag_key in (");
        sql.texts(&filter.tag).push(") or tag_key in (select tag_key from tag_alias where key in (");
        sql.texts(&filter.tag).push(")))");
    }
    if let Some(handle) = &filter.author {
        sql.push(" and a.author_id = (select id from author where handle = ")
            .bind(Value::Text(handle.to_string()))
            .push(")");
    }
    if !filter.month.is_empty() {
        sql.push(" and a.month in (");
        sql.numbers(filter.month.iter().map(|month| month.number())).push(")");
    }
}

/// A row that was selected with what lists show.
pub(crate) fn summary(row: &AnyRow, tags: Vec<TagRef>) -> Result<ArticleSummary, StoreError> {
    Ok(ArticleSummary {
        slug: parse(row, "slug")?,
        title: column(row, "title")?,
        summary: column(row, "summary")?,
        kind: parse(row, "kind")?,
        category: category(row)?,
        tags,
        author: author(row)?,
        published_at: Timestamp(column(row, "published_at")?),
        views: column(row, "views")?,
        minutes: number(row, "minutes")?,
        offer: None,
    })
}
