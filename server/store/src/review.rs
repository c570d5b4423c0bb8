//! What waits for an editor. The change of a published article does while the article stays as it is; and so that nothing
//! goes out that nobody reviewed, a scheduled article that somebody changes who may not publish waits again.

use crate::article::column;
use crate::audit::{Event, note};
use crate::error::{StoreError, write};
use crate::id;
use crate::pool::Store;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};
use types::{ArticleId, ArticleStatus};

macro_rules! change_waits {
    () => {
        "(a.status = 'published' and d.submitted_at is not null and d.revision > a.revision)"
    };
}

/// Whether the change of a published article waits, in the words of queries that call the article `a` and its draft `d`.
/// What an import has overtaken does not wait any more.
pub(crate) const CHANGE_WAITS: &str = change_waits!();
/// [`CHANGE_WAITS`] as a column, for [`submitted`].
pub(crate) const SUBMITTED: &str =
    concat!("cast(case when ", change_waits!(), " then 1 else 0 end as bigint) as submitted");

/// Whether [`SUBMITTED`] is true of a row.
pub(crate) fn submitted(row: &AnyRow) -> Result<bool, StoreError> {
    Ok(column::<i64>(row, "submitted")? != 0)
}

/// What errors call it.
const CHANGE: &str = "a submitted change";

/// What is said when a scheduled article waits for review again.
#[derive(Clone, Copy, Debug)]
pub struct SentBack<'a> {
    /// To its author and to editors, until it moves on.
    pub notice: &'a str,
    /// In the audit log.
    pub event: Event<'a>,
}

impl Store {
    /// Puts the change of a published article before the editors; says whether there was one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn submit_change(&self, article: ArticleId, event: &Event<'_>) -> Result<bool, StoreError> {
        let submit = sqlx::query(
            "update draft set submitted_at = $1, notice = null where article_id = $2 \
             and revision > (select revision from article where id = $3 and status = 'published')",
        )
        .bind(id::now())
        .bind(article.0)
        .bind(article.0);
        self.change_and_note(CHANGE, submit, event).await
    }

    /// Takes the change of a published article back from the editors, with what is to be said to its author; says whether
    /// it waited.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn withdraw_change(
        &self,
        article: ArticleId,
        notice: Option<&str>,
        event: &Event<'_>,
    ) -> Result<bool, StoreError> {
        let withdraw = sqlx::query(
            "update draft set submitted_at = null, notice = $1 where article_id = $2 and submitted_at is not null",
        )
        .bind(notice)
        .bind(article.0);
        self.change_and_note(CHANGE, withdraw, event).await
    }
}

/// Takes an article out of the schedule and puts it back into review, and says so. One that is not scheduled stays where
/// it is; so does everything when there is nothing to say, because who changes it may publish.
pub(crate) async fn review_again(
    transaction: &mut Transaction<'_, Any>,
    article: ArticleId,
    said: Option<&SentBack<'_>>,
) -> Result<(), StoreError> {
    let Some(said) = said else { return Ok(()) };
    let failed = write("an article's state");
    let moved = sqlx::query("update article set status = $1 where id = $2 and status = $3")
        .bind(ArticleStatus::Review.as_str())
        .bind(article.0)
        .bind(ArticleStatus::Scheduled.as_str())
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    if moved.rows_affected() == 0 {
        return Ok(());
    }
    sqlx::query("update draft set publish_at = null, notice = $1 where article_id = $2")
        .bind(said.notice)
        .bind(article.0)
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    note(transaction, &said.event).await
}
