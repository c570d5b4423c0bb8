//! What readers tell about articles: added by anybody, closed once by somebody who may.

use crate::article::{column, number, parse};
use crate::audit::{Event, note};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use crate::sql::{Sql, Value};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};
use types::{
    ArticleId, FeedbackEntry, FeedbackId, FeedbackMessage, FeedbackState, FeedbackSubject, Page, PageNumber, Slug,
    Timestamp,
};

/// What errors call it.
const FEEDBACK: &str = "feedback";

/// What a reader sends.
#[derive(Clone, Copy, Debug)]
pub struct NewFeedback<'a> {
    /// The article.
    pub article: ArticleId,
    /// The revision that the reader saw.
    pub seen: u32,
    /// What was written.
    pub message: &'a FeedbackMessage,
    /// Who is signed in.
    pub account: Option<i64>,
}

/// Which cases a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedbackQuery {
    /// Only those about the articles of this author.
    pub author: Option<i64>,
    /// Only those in this state.
    pub state: Option<FeedbackState>,
    /// Only the one with this number.
    pub id: Option<FeedbackId>,
    /// Which page.
    pub page: PageNumber,
    /// Cases of a page.
    pub per_page: u32,
}

impl FeedbackQuery {
    /// The tables and the conditions.
    fn push(&self, sql: &mut Sql) {
        sql.push(
            " from feedback f join article a on a.id = f.article_id left join account c on c.id = f.account_id \
             left join author u on u.id = c.author_id where true",
        );
        if let Some(author) = self.author {
            sql.push(" and a.author_id = ").bind(Value::Number(author));
        }
        if let Some(state) = self.state {
            sql.push(" and f.state = ").bind(Value::Text(state.to_string()));
        }
        if let Some(id) = self.id {
            sql.push(" and f.id = ").bind(Value::Number(id.0));
        }
    }
}

impl Store {
    /// The article with this slug, in whatever state it is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn feedback_subject(&self, slug: &Slug) -> Result<Option<FeedbackSubject>, StoreError> {
        let row = sqlx::query("select id, title, status, revision from article where slug = $1")
            .bind(slug.to_string())
            .fetch_optional(&self.reader)
            .await
            .map_err(read("an article"))?;
        row.map(|row| {
            Ok(FeedbackSubject {
                article: ArticleId(column(&row, "id")?),
                title: column(&row, "title")?,
                status: parse(&row, "status")?,
                revision: number(&row, "revision")?,
            })
        })
        .transpose()
    }

    /// Opens a case and gives its number. The same words of the same person, sent again while the case is open, are that case.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_feedback(&self, new: &NewFeedback<'_>, event: &Event<'_>) -> Result<FeedbackId, StoreError> {
        let failed = write(FEEDBACK);
        let mut transaction = self.write().await.map_err(&failed)?;
        let same = sqlx::query(
            "select id from feedback where article_id = $1 and state = 'open' and kind = $2 and text = $3 \
             and contact = $4 and coalesce(account_id, 0) = $5 limit 1",
        )
        .bind(new.article.0)
        .bind(new.message.kind().as_str())
        .bind(new.message.text())
        .bind(new.message.contact())
        .bind(new.account.unwrap_or_default())
        .fetch_optional(&mut *transaction)
        .await
        .map_err(read(FEEDBACK))?;
        if let Some(row) = same {
            return Ok(FeedbackId(column(&row, "id")?));
        }
        let id = id::next();
        sqlx::query(
            "insert into feedback (id, article_id, kind, text, contact, revision, account_id, created_at, state, answer) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
        )
        .bind(id)
        .bind(new.article.0)
        .bind(new.message.kind().as_str())
        .bind(new.message.text())
        .bind(new.message.contact())
        .bind(i64::from(new.seen))
        .bind(new.account)
        .bind(id::now())
        .bind(FeedbackState::Open.as_str())
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?;
        note(&mut transaction, &Event { object: &format!("{id} · {}", event.object), ..*event }).await?;
        transaction.commit().await.map_err(&failed)?;
        Ok(FeedbackId(id))
    }

    /// Whether there is a case of this number about an article.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn has_feedback(&self, article: ArticleId, id: FeedbackId) -> Result<bool, StoreError> {
        let row = sqlx::query("select id from feedback where id = $1 and article_id = $2")
            .bind(id.0)
            .bind(article.0)
            .fetch_optional(&self.reader)
            .await;
        Ok(row.map_err(read(FEEDBACK))?.is_some())
    }

    /// One page of cases: open ones first, the newest of each first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn feedback_list(&self, query: &FeedbackQuery) -> Result<Page<FeedbackEntry>, StoreError> {
        let mut sql = Sql::default();
        sql.push(
            "select f.id, f.article_id, f.kind, f.text, f.contact, f.revision as seen, f.created_at, f.state, f.answer, \
             f.closed_by, f.closed_at, a.slug, a.title, a.status, a.author_id, a.revision, u.name as sender",
        );
        query.push(&mut sql);
        sql.push(" order by case when f.state = 'open' then 0 else 1 end, f.id desc limit ");
        sql.bind(Value::Number(i64::from(query.per_page)));
        sql.push(" offset ").bind(Value::Number(query.page.offset(query.per_page).cast_signed()));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read(FEEDBACK))?;
        let items = rows.iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Page { total: self.feedback_count(query).await?, page: query.page, per_page: query.per_page, items })
    }

    /// How many cases there are on all pages.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn feedback_count(&self, query: &FeedbackQuery) -> Result<u64, StoreError> {
        let mut sql = Sql::default();
        sql.push("select count(*) as total");
        query.push(&mut sql);
        let row = sql.query().fetch_one(&self.reader).await.map_err(read(FEEDBACK))?;
        Ok(column::<i64>(&row, "total")?.unsigned_abs())
    }

    /// Closes an open case; says whether it was open.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn close_feedback(
        &self,
        id: FeedbackId,
        state: FeedbackState,
        answer: &str,
        by: &str,
        event: &Event<'_>,
    ) -> Result<bool, StoreError> {
        let close = sqlx::query(
            "update feedback set state = $1, answer = $2, closed_by = $3, closed_at = $4 where id = $5 and state = 'open'",
        )
        .bind(state.as_str())
        .bind(answer)
        .bind(by)
        .bind(id::now())
        .bind(id.0);
        self.change_and_note(FEEDBACK, close, event).await
    }

    /// Forgets how people can be reached whose cases were closed before a time; says how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_contacts(&self, before: Timestamp) -> Result<u64, StoreError> {
        let failed = write(FEEDBACK);
        let mut transaction = self.write().await.map_err(&failed)?;
        let forgotten = sqlx::query("update feedback set contact = '' where contact <> '' and closed_at < $1")
            .bind(before.0)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        transaction.commit().await.map_err(&failed)?;
        Ok(forgotten.rows_affected())
    }
}

/// What an account sent stays, and is nobody's any more.
pub(crate) async fn forget_sender(transaction: &mut Transaction<'_, Any>, account: i64) -> Result<(), StoreError> {
    let forgotten = sqlx::query("update feedback set account_id = null where account_id = $1")
        .bind(account)
        .execute(&mut **transaction)
        .await;
    forgotten.map(drop).map_err(write(FEEDBACK))
}

fn entry(row: &AnyRow) -> Result<FeedbackEntry, StoreError> {
    let by: Option<String> = column(row, "closed_by")?;
    let at: Option<i64> = column(row, "closed_at")?;
    Ok(FeedbackEntry {
        id: FeedbackId(column(row, "id")?),
        article: ArticleId(column(row, "article_id")?),
        slug: parse(row, "slug")?,
        title: column(row, "title")?,
        status: parse(row, "status")?,
        author: column(row, "author_id")?,
        revision: number(row, "revision")?,
        seen: number(row, "seen")?,
        kind: parse(row, "kind")?,
        text: column(row, "text")?,
        contact: column(row, "contact")?,
        sender: column(row, "sender")?,
        created_at: Timestamp(column(row, "created_at")?),
        state: parse(row, "state")?,
        answer: column(row, "answer")?,
        closed: by.zip(at.map(Timestamp)),
    })
}
