//! Publishing a working text: the article, its tags, version, redirect and entry in the change log in one transaction.

use crate::article::{column, json, number, parse};
use crate::article_save::{Outcome, Place, Saved, write_article};
use crate::article_to_save::ArticleToSave;
use crate::audit::{Event, note};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::known::Known;
use crate::pool::Store;
use crate::redirect::redirect_article;
use crate::revision::{Kept, keep};
use crate::series::taken_by;
use sqlx::{Any, Transaction};
use types::{ArticleId, ArticleStatus, ProvenanceStep, RevisionReason, Slug, Timestamp};

/// A text on its way to readers.
#[derive(Clone, Debug)]
pub struct ToPublish<'a> {
    /// The article.
    pub id: ArticleId,
    /// The revision that was rendered; when another was saved since, nothing is published.
    pub revision: u32,
    /// What the renderer made, with the wanted slug, category and tags; author, times and state are those of the database.
    pub article: &'a ArticleToSave,
    /// Handle of who publishes.
    pub by: &'a str,
    /// The time it was scheduled for: published only while it still is.
    pub scheduled: Option<Timestamp>,
    /// What the audit log says about it.
    pub event: &'a Event<'a>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishOutcome {
    /// Readers see it.
    Published(Saved),
    /// Readers saw it already.
    Already(Saved),
    /// Another text was saved since.
    Conflict,
    /// Another article has the slug.
    SlugTaken,
    /// The article with this title is that part of the series.
    PartTaken(String),
    /// There is no such article, or it is not scheduled any more.
    Missing,
}

impl Store {
    /// Publishes a text.
    ///
    /// # Errors
    /// When the database cannot be written; then nothing was.
    pub async fn publish(&self, wanted: &ToPublish<'_>) -> Result<PublishOutcome, StoreError> {
        let failed = write("an article");
        let mut transaction = self.write().await.map_err(&failed)?;
        let row = sqlx::query(
            "select a.status, a.slug, a.revision, a.author_id, a.published_at, a.provenance, a.source_path, a.source_hash, \
             d.revision as draft_revision, d.publish_at, r.reason from article a \
             left join draft d on d.article_id = a.id left join revision r on r.article_id = a.id and r.number = a.revision \
             where a.id = $1 and a.status <> 'removed'",
        )
        .bind(wanted.id.0)
        .fetch_optional(&mut *transaction)
        .await
        .map_err(read("an article"))?;
        let Some(row) = row else { return Ok(PublishOutcome::Missing) };
        let status: ArticleStatus = parse(&row, "status")?;
        let (published, old): (u32, Slug) = (number(&row, "revision")?, parse(&row, "slug")?);
        let drafted = column::<Option<i64>>(&row, "draft_revision")?
            .and_then(|revision| u32::try_from(revision).ok())
            .unwrap_or(0);
        if let Some(at) = wanted.scheduled
            && (status != ArticleStatus::Scheduled || column::<Option<i64>>(&row, "publish_at")? != Some(at.0))
        {
            return Ok(PublishOutcome::Missing);
        }
        if drafted.max(published) != wanted.revision {
            return Ok(PublishOutcome::Conflict);
        }
        if status == ArticleStatus::Published && published == wanted.revision {
            let saved = Saved { id: wanted.id, slug: old, revision: published, outcome: Outcome::Unchanged };
            return Ok(PublishOutcome::Already(saved));
        }
        let slug = &wanted.article.slug;
        let taken = sqlx::query("select id from article where slug = $1 and id <> $2")
            .bind(slug.to_string())
            .bind(wanted.id.0)
            .fetch_optional(&mut *transaction)
            .await
            .map_err(read("a slug"))?;
        if taken.is_some() {
            return Ok(PublishOutcome::SlugTaken);
        }
        if let Some(place) = &wanted.article.series
            && let Some(title) = taken_by(&mut transaction, wanted.id, place).await?
        {
            return Ok(PublishOutcome::PartTaken(title));
        }
        let mut known = Known::default();
        let category = known.category(&mut transaction, &wanted.article.category).await?;
        // Readers have known it before: then it keeps its date, and its old address leads to the new one.
        let was_out = published > 0
            && (matches!(status, ArticleStatus::Published | ArticleStatus::Hidden)
                || was_published(&mut transaction, wanted.id).await?);
        let now = id::now();
        let mut article = wanted.article.clone();
        article.status = ArticleStatus::Published;
        article.published_at =
            if was_out { Timestamp(column(&row, "published_at")?) } else { wanted.scheduled.unwrap_or(Timestamp(now)) };
        article.updated_at = Timestamp(now).max(article.published_at);
        article.source_path = column(&row, "source_path")?;
        article.source_hash = column(&row, "source_hash")?;
        // The form shows the first station; the ones after it stay.
        let before: Vec<ProvenanceStep> = json(&row, "provenance")?;
        article.provenance.extend(before.into_iter().skip(1));
        let place =
            Place { id: wanted.id, slug, category, author: column(&row, "author_id")?, revision: wanted.revision };
        write_article(&mut transaction, &article, &place, &mut known).await?;
        // What an import scheduled goes out as it came: the next import may still change it.
        let kept = column::<Option<String>>(&row, "reason")?.and_then(|reason| reason.parse().ok());
        let came_so = wanted.scheduled.is_some() && published == wanted.revision;
        let reason = kept.filter(|_| came_so).unwrap_or(RevisionReason::Published);
        let kept = Kept { number: wanted.revision, by: wanted.by, reason, at: now };
        keep(&mut transaction, wanted.id, &kept, &wanted.article.fields()).await?;
        if was_out && old != *slug {
            redirect_article(&mut transaction, &old, slug).await?;
        }
        sqlx::query("update draft set publish_at = null, notice = null, submitted_at = null where article_id = $1")
            .bind(wanted.id.0)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        note(&mut transaction, wanted.event).await?;
        transaction.commit().await.map_err(&failed)?;
        let outcome = if was_out { Outcome::Updated } else { Outcome::Added };
        Ok(PublishOutcome::Published(Saved { id: wanted.id, slug: slug.clone(), revision: wanted.revision, outcome }))
    }
}

/// Whether an article ever was before readers: an imported draft has a revision too, and was not. The log tells.
async fn was_published(transaction: &mut Transaction<'_, Any>, article: ArticleId) -> Result<bool, StoreError> {
    let row = sqlx::query("select seq from change_log where article_id = $1 and operation = 'put' limit 1")
        .bind(article.0)
        .fetch_optional(&mut **transaction)
        .await
        .map_err(read("the change log"))?;
    Ok(row.is_some())
}
