//! Saving what authors work on: never over a text that the author has not seen, never twice.

use crate::article::{column, parse};
use crate::audit::{Event, note};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use crate::review::{SentBack, review_again};
use crate::revision::{Kept, keep, pack, unpack};
use crate::series::{series_fields, series_place};
use sqlx::{Any, Row, Transaction};
use types::{ArticleId, ArticleStatus, DraftFields, RevisionReason, Timestamp};

/// While writing, a version is kept at most this often.
const KEEP_EVERY_MILLISECONDS: i64 = 5 * 60 * 1000;
/// How long the answer to a save is remembered.
const REMEMBER_MILLISECONDS: i64 = 14 * 24 * 3600 * 1000;

/// A text on its way into the database.
#[derive(Clone, Debug)]
pub struct DraftToSave<'a> {
    /// The article; a new one when there is none.
    pub id: Option<ArticleId>,
    /// Author of a new article.
    pub author: i64,
    /// Handle of who saves.
    pub by: &'a str,
    /// Number of the text that this one was made from.
    pub base_revision: u32,
    /// Chosen by the client; the same key is the same save.
    pub key: &'a str,
    /// The text.
    pub fields: &'a DraftFields,
    /// The author asked for it; then this version is kept for sure.
    pub explicit: bool,
    /// What is said when a scheduled article waits for review again because its text is another now; none when who saves
    /// may publish.
    pub review: Option<&'a SentBack<'a>>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftOutcome {
    /// The database holds it under this number.
    Saved {
        /// The article.
        id: ArticleId,
        /// Number of the text.
        revision: u32,
        /// When it was saved.
        at: Timestamp,
    },
    /// Somebody saved another text since; nothing was written.
    Conflict,
    /// There is no such article.
    Missing,
}

/// The article and its draft, as a save finds them.
struct Current {
    revision: u32,
    fields: Option<DraftFields>,
    saved_at: i64,
    saved_by: String,
}

impl Store {
    /// Saves a text.
    ///
    /// # Errors
    /// When the database cannot be written; then nothing was.
    pub async fn save_draft(&self, draft: &DraftToSave<'_>) -> Result<DraftOutcome, StoreError> {
        let failed = write("a draft");
        let now = id::now();
        let mut transaction = self.write().await.map_err(&failed)?;
        if let Some(before) = answered(&mut transaction, draft).await? {
            return Ok(before);
        }
        let (article, current) = match draft.id {
            Some(article) => match current(&mut transaction, article).await? {
                Some(current) => (article, current),
                None => return Ok(DraftOutcome::Missing),
            },
            None => {
                let article = begin(&mut transaction, draft).await?;
                (article, Current { revision: 0, fields: None, saved_at: 0, saved_by: String::new() })
            }
        };
        let same = current.fields.as_ref() == Some(draft.fields);
        if draft.base_revision != current.revision && !same && draft.id.is_some() {
            return Ok(DraftOutcome::Conflict);
        }
        let revision = if same { current.revision } else { current.revision + 1 };
        let at = if same { current.saved_at } else { now };
        if !same {
            if let Some(outgoing) = &current.fields
                && (draft.explicit || current.saved_by != draft.by)
                && !is_kept(&mut transaction, article, current.revision).await?
            {
                let kept = Kept {
                    number: current.revision,
                    by: &current.saved_by,
                    reason: RevisionReason::Auto,
                    at: current.saved_at,
                };
                keep(&mut transaction, article, &kept, outgoing).await?;
            }
            put_draft(&mut transaction, article, revision, draft.fields, draft.by, now).await?;
            review_again(&mut transaction, article, draft.review).await?;
        }
        if draft.explicit || kept_last(&mut transaction, article).await? < now - KEEP_EVERY_MILLISECONDS {
            let reason = if draft.explicit { RevisionReason::Saved } else { RevisionReason::Auto };
            if !(same && is_kept(&mut transaction, article, revision).await?) {
                keep(
                    &mut transaction,
                    article,
                    &Kept { number: revision, by: draft.by, reason, at: now },
                    draft.fields,
                )
                .await?;
            }
        }
        remember(&mut transaction, draft, article, revision, at).await?;
        transaction.commit().await.map_err(&failed)?;
        Ok(DraftOutcome::Saved { id: article, revision, at: Timestamp(at) })
    }

    /// Changes where an article stands in its life, if it stands where the caller thinks; says whether it did.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn move_article(
        &self,
        article: ArticleId,
        from: &[ArticleStatus],
        to: ArticleStatus,
        publish_at: Option<Timestamp>,
        notice: Option<&str>,
        event: &Event<'_>,
    ) -> Result<bool, StoreError> {
        let failed = write("an article's state");
        let mut transaction = self.write().await.map_err(&failed)?;
        let row = sqlx::query("select status, revision from article where id = $1")
            .bind(article.0)
            .fetch_optional(&mut *transaction)
            .await
            .map_err(read("an article's state"))?;
        let Some(row) = row else { return Ok(false) };
        let status: ArticleStatus = parse(&row, "status")?;
        if !from.contains(&status) {
            return Ok(false);
        }
        sqlx::query("update article set status = $1 where id = $2")
            .bind(to.as_str())
            .bind(article.0)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        sqlx::query("update draft set publish_at = $1, notice = $2, submitted_at = null where article_id = $3")
            .bind(publish_at.map(|at| at.0))
            .bind(notice)
            .bind(article.0)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        if status == ArticleStatus::Published {
            sqlx::query(
                "insert into change_log (article_id, revision, operation, changed_at) values ($1, $2, 'delete', $3)",
            )
            .bind(article.0)
            .bind(column::<i64>(&row, "revision")?)
            .bind(id::now())
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&failed)?;
        Ok(true)
    }
}

/// The answer that this save already got.
async fn answered(
    transaction: &mut Transaction<'_, Any>,
    draft: &DraftToSave<'_>,
) -> Result<Option<DraftOutcome>, StoreError> {
    let row = sqlx::query("select article_id, revision, saved_at from draft_save where key = $1")
        .bind(full_key(draft))
        .fetch_optional(&mut **transaction)
        .await
        .map_err(read("a save"))?;
    let Some(row) = row else { return Ok(None) };
    let article = ArticleId(column(&row, "article_id")?);
    if draft.id.is_some_and(|id| id != article) {
        return Ok(None);
    }
    let (revision, at) = (crate::article::number(&row, "revision")?, Timestamp(column(&row, "saved_at")?));
    Ok(Some(DraftOutcome::Saved { id: article, revision, at }))
}

/// Keys of different people never meet. Neither do different texts under one key, as when somebody goes back to a form
/// that was sent already and writes on: answering that with the old answer would lose what was written.
fn full_key(draft: &DraftToSave<'_>) -> String {
    let texts = draft.fields.named();
    // FNV-1a: the same on every machine and in every version, which `std`'s hasher does not promise.
    let sum = texts
        .iter()
        .flat_map(|(_, text)| text.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{} {} {sum:016x}", draft.by, draft.key)
}

async fn remember(
    transaction: &mut Transaction<'_, Any>,
    draft: &DraftToSave<'_>,
    article: ArticleId,
    revision: u32,
    at: i64,
) -> Result<(), StoreError> {
    if draft.key.is_empty() {
        return Ok(());
    }
    let failed = write("a save");
    sqlx::query("delete from draft_save where saved_at < $1")
        .bind(id::now() - REMEMBER_MILLISECONDS)
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    sqlx::query(
        "insert into draft_save (key, article_id, revision, saved_at) values ($1, $2, $3, $4) on conflict do nothing",
    )
    .bind(full_key(draft))
    .bind(article.0)
    .bind(i64::from(revision))
    .bind(at)
    .execute(&mut **transaction)
    .await
    .map_err(&failed)?;
    Ok(())
}

/// The number and, where there is a draft, the text that a save would follow.
async fn current(transaction: &mut Transaction<'_, Any>, article: ArticleId) -> Result<Option<Current>, StoreError> {
    let row = sqlx::query(
        "select a.revision, a.updated_at, a.series_name, a.series_part, d.revision as draft_revision, d.fields, d.saved_at, d.saved_by from article a \
         left join draft d on d.article_id = a.id where a.id = $1 and a.status <> 'removed'",
    )
    .bind(article.0)
    .fetch_optional(&mut **transaction)
    .await
    .map_err(read("a draft"))?;
    let Some(row) = row else { return Ok(None) };
    let published = crate::article::number(&row, "revision")?;
    let drafted =
        column::<Option<i64>>(&row, "draft_revision")?.and_then(|revision| u32::try_from(revision).ok()).unwrap_or(0);
    let packed = row.try_get::<Option<Vec<u8>>, _>("fields").map_err(read("a draft"))?;
    let fields = packed.filter(|_| drafted >= published).map(|packed| unpack(&packed)).transpose()?;
    let series = series_fields(series_place(&row)?);
    let fields = fields.map(|fields| fields.over(series));
    let saved_at = column::<Option<i64>>(&row, "saved_at")?.map_or_else(|| column(&row, "updated_at"), Ok)?;
    let saved_by = column::<Option<String>>(&row, "saved_by")?.unwrap_or_default();
    Ok(Some(Current { revision: drafted.max(published), fields, saved_at, saved_by }))
}

/// Keeps the text of a draft that an import is about to overtake; it waits for no editor any more.
pub(crate) async fn keep_draft(transaction: &mut Transaction<'_, Any>, article: ArticleId) -> Result<(), StoreError> {
    let Some(current) = current(transaction, article).await? else { return Ok(()) };
    if let Some(fields) = &current.fields
        && !is_kept(transaction, article, current.revision).await?
    {
        let kept = Kept {
            number: current.revision,
            by: &current.saved_by,
            reason: RevisionReason::Auto,
            at: current.saved_at,
        };
        keep(transaction, article, &kept, fields).await?;
    }
    sqlx::query("update draft set submitted_at = null where article_id = $1")
        .bind(article.0)
        .execute(&mut **transaction)
        .await
        .map_err(write("a draft"))?;
    Ok(())
}

/// The number of an article's draft; 0 when there is none.
pub(crate) async fn drafted_revision(
    transaction: &mut Transaction<'_, Any>,
    article: ArticleId,
) -> Result<u32, StoreError> {
    let row = sqlx::query("select revision from draft where article_id = $1")
        .bind(article.0)
        .fetch_optional(&mut **transaction)
        .await
        .map_err(read("a draft"))?;
    row.map_or(Ok(0), |row| crate::article::number(&row, "revision"))
}

/// Writes the working text.
pub(crate) async fn put_draft(
    transaction: &mut Transaction<'_, Any>,
    article: ArticleId,
    revision: u32,
    fields: &DraftFields,
    by: &str,
    at: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into draft (article_id, revision, title, fields, saved_at, saved_by, preview_token) values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (article_id) do update set revision = excluded.revision, title = excluded.title, fields = excluded.fields, \
         saved_at = excluded.saved_at, saved_by = excluded.saved_by",
    )
    .bind(article.0)
    .bind(i64::from(revision))
    .bind(fields.title.as_str())
    .bind(pack(fields)?)
    .bind(at)
    .bind(by)
    .bind(uuid::Uuid::new_v4().simple().to_string())
    .execute(&mut **transaction)
    .await
    .map_err(write("a draft"))?;
    Ok(())
}

/// The row of a new article, which nobody but its author sees. Its address is made when it is published.
async fn begin(transaction: &mut Transaction<'_, Any>, draft: &DraftToSave<'_>) -> Result<ArticleId, StoreError> {
    let failed = write("a new article");
    let (article, now) = (ArticleId(id::next()), id::now());
    let category = sqlx::query(
        "select id from category order by case when parent_id is null then 1 else 0 end, position, id limit 1",
    )
    .fetch_optional(&mut **transaction)
    .await
    .map_err(read("a category"))?
    .ok_or_else(|| StoreError::UnknownCategory("of any name".to_owned()))?;
    sqlx::query(
        "insert into article (id, slug, kind, status, title, summary, body, html, outline, plain, blocks, words, minutes, \
         category_id, author_id, published_at, updated_at, month, revision, provenance, render_version) \
         values ($1, $2, 'original', 'draft', '', '', '', '', '[]', '', '[]', 0, 1, $3, $4, $5, $6, $7, 0, '[]', 0)",
    )
    .bind(article.0)
    .bind(format!("draft-{}", article.0))
    .bind(column::<i64>(&category, "id")?)
    .bind(draft.author)
    .bind(now)
    .bind(now)
    .bind(Timestamp(now).month().number())
    .execute(&mut **transaction)
    .await
    .map_err(&failed)?;
    Ok(article)
}

/// When a version was last kept; long ago when none was.
async fn kept_last(transaction: &mut Transaction<'_, Any>, article: ArticleId) -> Result<i64, StoreError> {
    let row = sqlx::query("select saved_at from revision where article_id = $1 order by number desc limit 1")
        .bind(article.0)
        .fetch_optional(&mut **transaction)
        .await
        .map_err(read("the versions of an article"))?;
    row.map_or(Ok(0), |row| column(&row, "saved_at"))
}

async fn is_kept(transaction: &mut Transaction<'_, Any>, article: ArticleId, number: u32) -> Result<bool, StoreError> {
    let row = sqlx::query("select number from revision where article_id = $1 and number = $2")
        .bind(article.0)
        .bind(i64::from(number))
        .fetch_optional(&mut **transaction)
        .await
        .map_err(read("the versions of an article"))?;
    Ok(row.is_some())
}
