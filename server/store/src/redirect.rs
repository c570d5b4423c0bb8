//! Old addresses.

use crate::article::column;
use crate::audit::{Event, note};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use crate::sql::{Sql, Value};
use sqlx::{Any, Transaction};
use types::{Page, PageNumber, RedirectEntry, Slug, Timestamp};

/// What became of a redirect that somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectChange {
    /// It is stored.
    Done,
    /// There is no such redirect.
    Missing,
    /// It would lead back to where it begins.
    Loop,
}

impl Store {
    /// Where an old path leads now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn redirect_for(&self, path: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("select new_path from redirect where old_path = $1")
            .bind(path)
            .fetch_optional(&self.reader)
            .await
            .map_err(read("a redirect"))?;
        row.map(|row| column(&row, "new_path")).transpose()
    }

    /// One page of the redirects that hold a text, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn redirects(
        &self,
        text: &str,
        page: PageNumber,
        per_page: u32,
    ) -> Result<Page<RedirectEntry>, StoreError> {
        let failed = read("redirects");
        let matching = |sql: &mut Sql| {
            if !text.is_empty() {
                sql.push(" where ").holds("old_path", text).push(" or ").holds("new_path", text);
            }
        };
        let mut sql = Sql::default();
        sql.push("select count(*) as total from redirect");
        matching(&mut sql);
        let total = sql.query().fetch_one(&self.reader).await.map_err(&failed)?;
        let mut sql = Sql::default();
        sql.push("select old_path, new_path, created_at from redirect");
        matching(&mut sql);
        sql.push(" order by created_at desc, old_path limit ").bind(Value::Number(i64::from(per_page)));
        sql.push(" offset ").bind(Value::Number(page.offset(per_page).cast_signed()));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(&failed)?;
        let items = rows
            .iter()
            .map(|row| {
                Ok(RedirectEntry {
                    old: column(row, "old_path")?,
                    new: column(row, "new_path")?,
                    created_at: Timestamp(column(row, "created_at")?),
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Page { total: column::<i64>(&total, "total")?.unsigned_abs(), page, per_page, items })
    }

    /// Lets an old path lead to a new one, at once to where that one leads.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_redirect(&self, old: &str, new: &str, event: &Event<'_>) -> Result<RedirectChange, StoreError> {
        let wrong = write("a redirect");
        let mut transaction = self.write().await.map_err(&wrong)?;
        // No stored redirect leads to another one: one step is enough.
        let row = sqlx::query("select new_path from redirect where old_path = $1")
            .bind(new)
            .fetch_optional(&mut *transaction)
            .await
            .map_err(read("a redirect"))?;
        let end = row.map(|row| column::<String>(&row, "new_path")).transpose()?;
        let end = end.as_deref().unwrap_or(new);
        if end == old || new == old {
            return Ok(RedirectChange::Loop);
        }
        redirect_path(&mut transaction, old, end).await?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(RedirectChange::Done)
    }

    /// Ends a redirect.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove_redirect(&self, old: &str, event: &Event<'_>) -> Result<RedirectChange, StoreError> {
        let wrong = write("a redirect");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let gone = sqlx::query("delete from redirect where old_path = $1")
            .bind(old)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        if gone.rows_affected() == 0 {
            return Ok(RedirectChange::Missing);
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(RedirectChange::Done)
    }
}

/// The old address leads to the new one, and what led to the old one does too; the new one leads nowhere else.
pub(crate) async fn redirect_article(
    transaction: &mut Transaction<'_, Any>,
    old: &Slug,
    new: &Slug,
) -> Result<(), StoreError> {
    redirect_path(transaction, &format!("/articles/{old}"), &format!("/articles/{new}")).await
}

/// As [`redirect_article`], for addresses of any kind.
pub(crate) async fn redirect_path(
    transaction: &mut Transaction<'_, Any>,
    old: &str,
    new: &str,
) -> Result<(), StoreError> {
    let failed = write("a redirect");
    sqlx::query("delete from redirect where old_path = $1")
        .bind(new)
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    sqlx::query("update redirect set new_path = $1 where new_path = $2")
        .bind(new)
        .bind(old)
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    sqlx::query(
        "insert into redirect (old_path, new_path, created_at) values ($1, $2, $3) \
         on conflict (old_path) do update set new_path = excluded.new_path",
    )
    .bind(old)
    .bind(new)
    .bind(id::now())
    .execute(&mut **transaction)
    .await
    .map_err(&failed)?;
    Ok(())
}
