//! Reading what authors work on.

use crate::article::{column, number, parse};
use crate::error::{StoreError, read};
use crate::pool::Store;
use crate::review::{CHANGE_WAITS, SUBMITTED, submitted};
use crate::revision::unpack;
use crate::series::{series_fields, series_place};
use crate::sql::{Sql, Value};
use sqlx::Row;
use sqlx::any::AnyRow;
use types::{ArticleId, ArticleStatus, DraftFields, Page, ProvenanceStep, Slug, Timestamp, WorkItem, WorkingText};

/// Which articles a list of work shows.
#[derive(Clone, Debug, Default)]
pub struct WorkQuery {
    /// Only those of this author.
    pub author: Option<i64>,
    /// Only those in one of these states; all but deleted ones when empty. What waits in review are also the changes of
    /// published articles that were submitted.
    pub statuses: Vec<ArticleStatus>,
    /// Only those whose title holds this text.
    pub text: String,
    /// From 1.
    pub page: u32,
    /// Entries of a page.
    pub per_page: u32,
}

/// A draft whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueDraft {
    /// The article.
    pub id: ArticleId,
    /// When it was to go out.
    pub at: Timestamp,
}

/// An article with its draft, where it has one: its columns beside [`SUBMITTED`], and the tables. Each is named: a program
/// that runs on while a newer one adds a column would meet statements that PostgreSQL has prepared for other rows.
const WORK: &str = "select a.id, a.author_id, a.slug, a.status, a.kind, a.title, a.summary, a.body, a.cover, a.applies_to, \
     a.further_reading, a.provenance, a.series_name, a.series_part, a.revision, a.updated_at, u.handle as author_handle, c.slug as category_slug, d.revision as draft_revision, \
     d.fields as draft_fields, d.saved_at as draft_saved_at, d.saved_by as draft_saved_by, d.publish_at, d.preview_token, d.notice, ";
const WORK_TABLES: &str = " from article a join author u on u.id = a.author_id join category c on c.id = a.category_id \
     left join draft d on d.article_id = a.id ";

impl Store {
    /// The newest text of an article, and the number of its author.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn working_text(&self, id: ArticleId) -> Result<Option<(WorkingText, i64)>, StoreError> {
        let mut sql = Sql::default();
        sql.push(WORK).push(SUBMITTED).push(WORK_TABLES).push("where a.id = ").bind(Value::Number(id.0));
        let row = sql.query().fetch_optional(&self.reader).await.map_err(read("a draft"))?;
        match row {
            Some(row) => Ok(Some((self.work(&row).await?, column(&row, "author_id")?))),
            None => Ok(None),
        }
    }

    /// The text that a preview address leads to.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn text_by_token(&self, token: &str) -> Result<Option<WorkingText>, StoreError> {
        let mut sql = Sql::default();
        sql.push(WORK)
            .push(SUBMITTED)
            .push(WORK_TABLES)
            .push("where d.preview_token = ")
            .bind(Value::Text(token.to_owned()));
        sql.push(" and a.status <> 'removed'");
        let row = sql.query().fetch_optional(&self.reader).await.map_err(read("a draft"))?;
        match row {
            Some(row) => Ok(Some(self.work(&row).await?)),
            None => Ok(None),
        }
    }

    /// One page of a list of work, what was saved last first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn work_list(&self, query: &WorkQuery) -> Result<Page<WorkItem>, StoreError> {
        let from =
            " from article a join author u on u.id = a.author_id left join draft d on d.article_id = a.id where true";
        let matching = |sql: &mut Sql| {
            sql.push(from);
            if let Some(author) = query.author {
                sql.push(" and a.author_id = ").bind(Value::Number(author));
            }
            for (place, status) in query.statuses.iter().enumerate() {
                sql.push(if place == 0 { " and (a.status in (" } else { ", " }).bind(Value::Text(status.to_string()));
            }
            sql.push(if query.statuses.is_empty() { " and (a.status <> 'removed'" } else { ")" });
            if query.statuses.contains(&ArticleStatus::Review) {
                sql.push(" or ").push(CHANGE_WAITS);
            }
            sql.push(")");
            if !query.text.is_empty() {
                sql.push(" and ").holds("coalesce(d.title, a.title)", &query.text);
            }
        };
        let mut sql = Sql::default();
        sql.push("select count(*) as total");
        matching(&mut sql);
        let total = sql.query().fetch_one(&self.reader).await.map_err(read("a list of work"))?;
        let mut sql = Sql::default();
        sql.push(
            "select a.id, a.slug, a.status, a.revision, coalesce(d.title, a.title) as title, \
             coalesce(d.saved_at, a.updated_at) as saved, d.revision as draft_revision, d.publish_at, d.notice, \
             u.name as author_name, ",
        )
        .push(SUBMITTED);
        matching(&mut sql);
        sql.push(" order by saved desc, a.id desc limit ").bind(Value::Number(i64::from(query.per_page)));
        sql.push(" offset ").bind(Value::Number(i64::from(query.page.saturating_sub(1)) * i64::from(query.per_page)));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("a list of work"))?;
        let items = rows.iter().map(item).collect::<Result<_, _>>()?;
        Ok(Page {
            total: column::<i64>(&total, "total")?.unsigned_abs(),
            page: query.page.into(),
            per_page: query.per_page,
            items,
        })
    }

    /// Scheduled articles whose time has come.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn due_drafts(&self, now: Timestamp) -> Result<Vec<DueDraft>, StoreError> {
        let rows = sqlx::query(
            "select d.article_id, d.publish_at from draft d join article a on a.id = d.article_id \
             where d.publish_at <= $1 and a.status = 'scheduled' order by d.publish_at limit 100",
        )
        .bind(now.0)
        .fetch_all(&self.reader)
        .await
        .map_err(read("what is due"))?;
        rows.iter()
            .map(|row| {
                Ok(DueDraft { id: ArticleId(column(row, "article_id")?), at: Timestamp(column(row, "publish_at")?) })
            })
            .collect()
    }

    /// Whether an article that has been published stands in this category. It may stay there when the category is hidden.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn stands_in(&self, id: ArticleId, category: &Slug) -> Result<bool, StoreError> {
        let row = sqlx::query(
            "select a.id from article a join category c on c.id = a.category_id \
             where a.id = $1 and a.revision > 0 and c.slug = $2",
        )
        .bind(id.0)
        .bind(category.to_string())
        .fetch_optional(&self.reader)
        .await
        .map_err(read("the category of an article"))?;
        Ok(row.is_some())
    }

    async fn work(&self, row: &AnyRow) -> Result<WorkingText, StoreError> {
        let id = ArticleId(column(row, "id")?);
        let published = number(row, "revision")?;
        let drafted = column::<Option<i64>>(row, "draft_revision")?
            .and_then(|revision| u32::try_from(revision).ok())
            .unwrap_or(0);
        let packed = row.try_get::<Option<Vec<u8>>, _>("draft_fields").map_err(read("a draft"))?;
        // An import may have published a newer text than the draft.
        let mut fields = match packed.filter(|_| drafted >= published) {
            // One that was packed before there were fields for it keeps the series that the article has.
            Some(packed) => unpack(&packed)?.over(series_fields(series_place(row)?)),
            None => self.published_fields(row, id).await?,
        };
        // The category may have been renamed or merged since the text was saved.
        if let Ok(slug) = fields.category.parse()
            && let Some(now) = self.category_now(&slug).await?
        {
            fields.category = now.to_string();
        }
        let saved_at = if drafted >= published { column::<Option<i64>>(row, "draft_saved_at")? } else { None };
        Ok(WorkingText {
            id,
            author: column(row, "author_handle")?,
            submitted: submitted(row)?,
            status: parse(row, "status")?,
            slug: parse(row, "slug")?,
            revision: drafted.max(published),
            published,
            fields,
            saved_at: Timestamp(saved_at.map_or_else(|| column(row, "updated_at"), Ok)?),
            saved_by: column::<Option<String>>(row, "draft_saved_by")?
                .map_or_else(|| column(row, "author_handle"), Ok)?,
            publish_at: column::<Option<i64>>(row, "publish_at")?.map(Timestamp),
            preview_token: column::<Option<String>>(row, "preview_token")?.unwrap_or_default(),
            notice: column(row, "notice")?,
        })
    }

    /// The fields of what readers see.
    async fn published_fields(&self, row: &AnyRow, id: ArticleId) -> Result<DraftFields, StoreError> {
        let tags = self.tags_of(&[id]).await?.remove(&id.0).unwrap_or_default();
        let steps: Vec<ProvenanceStep> = crate::article::json(row, "provenance")?;
        let origin = steps.into_iter().next();
        let optional = |name| column::<Option<String>>(row, name).map(Option::unwrap_or_default);
        Ok(DraftFields {
            title: column(row, "title")?,
            slug: column(row, "slug")?,
            category: column(row, "category_slug")?,
            tags: tags.into_iter().map(|tag| tag.name).collect::<Vec<_>>().join(", "),
            kind: column(row, "kind")?,
            summary: column(row, "summary")?,
            body: column(row, "body")?,
            cover: optional("cover")?,
            applies_to: optional("applies_to")?,
            further_reading: optional("further_reading")?,
            source_title: origin.as_ref().map(|step| step.title.clone()).unwrap_or_default(),
            source_author: origin.as_ref().and_then(|step| step.author.clone()).unwrap_or_default(),
            source_licence: origin.as_ref().and_then(|step| step.licence.clone()).unwrap_or_default(),
            source_url: origin.map(|step| step.url).unwrap_or_default(),
            ..series_fields(series_place(row)?)
        })
    }
}

fn item(row: &AnyRow) -> Result<WorkItem, StoreError> {
    let drafted = column::<Option<i64>>(row, "draft_revision")?.unwrap_or(0);
    Ok(WorkItem {
        id: ArticleId(column(row, "id")?),
        title: column(row, "title")?,
        status: parse(row, "status")?,
        slug: parse(row, "slug")?,
        author: column(row, "author_name")?,
        saved_at: Timestamp(column(row, "saved")?),
        publish_at: column::<Option<i64>>(row, "publish_at")?.map(Timestamp),
        unpublished: drafted > column::<i64>(row, "revision")?,
        submitted: submitted(row)?,
        notice: column(row, "notice")?,
    })
}
