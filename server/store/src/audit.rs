//! What was done and by whom, and the settings that admins change.

use crate::article::column;
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use crate::sql::{Sql, Value};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, Transaction};
use types::{AuditEntry, Page, PageNumber, Timestamp};

/// What is written about a change: no secrets, no texts.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// Who does it.
    pub actor: &'a str,
    /// What is done.
    pub action: &'a str,
    /// To whom or what.
    pub object: &'a str,
    /// The block of addresses it comes from.
    pub address: &'a str,
}

/// Writes an event into the transaction of what it tells about.
pub(crate) async fn note(transaction: &mut Transaction<'_, Any>, event: &Event<'_>) -> Result<(), StoreError> {
    sqlx::query("insert into audit (id, at, actor, action, object, address) values ($1, $2, $3, $4, $5, $6)")
        .bind(id::next())
        .bind(id::now())
        .bind(event.actor)
        .bind(event.action)
        .bind(event.object)
        .bind(event.address)
        .execute(&mut **transaction)
        .await
        .map(drop)
        .map_err(write("the audit log"))
}

impl Store {
    /// Writes an event that changed nothing else, such as a refusal.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn note(&self, event: &Event<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await.map_err(write("the audit log"))?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(write("the audit log"))
    }

    /// Changes `what` by one statement, together with what is said of it; says whether there was anything to change.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub(crate) async fn change_and_note(
        &self,
        what: &'static str,
        change: Query<'_, Any, AnyArguments>,
        event: &Event<'_>,
    ) -> Result<bool, StoreError> {
        let failed = write(what);
        let mut transaction = self.write().await.map_err(&failed)?;
        let changed = change.execute(&mut *transaction).await.map_err(&failed)?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&failed)?;
        Ok(true)
    }

    /// One page of the audit log, newest first; of one person's doings where a name is given.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn audit(&self, actor: &str, page: PageNumber, per_page: u32) -> Result<Page<AuditEntry>, StoreError> {
        let matching = |sql: &mut Sql| {
            if !actor.is_empty() {
                sql.push(" where actor = ").bind(Value::Text(actor.to_owned()));
            }
        };
        let mut sql = Sql::default();
        sql.push("select count(*) as total from audit");
        matching(&mut sql);
        let total = sql.query().fetch_one(&self.reader).await.map_err(read("the audit log"))?;
        let mut sql = Sql::default();
        sql.push("select at, actor, action, object, address from audit");
        matching(&mut sql);
        sql.push(" order by id desc limit ").bind(Value::Number(i64::from(per_page)));
        sql.push(" offset ").bind(Value::Number(page.offset(per_page).cast_signed()));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("the audit log"))?;
        let items = rows
            .iter()
            .map(|row| {
                Ok(AuditEntry {
                    at: Timestamp(column(row, "at")?),
                    actor: column(row, "actor")?,
                    action: column(row, "action")?,
                    object: column(row, "object")?,
                    address: column(row, "address")?,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Page { total: column::<i64>(&total, "total")?.unsigned_abs(), page, per_page, items })
    }

    /// Cuts the audit log at its old end: what happened before a time, and what is beyond so many lines.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn prune_audit(&self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        let wrong = write("the audit log");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let old = sqlx::query("delete from audit where at < $1")
            .bind(before.0)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        let beyond =
            sqlx::query("delete from audit where id <= (select id from audit order by id desc limit 1 offset $1)")
                .bind(i64::from(most))
                .execute(&mut *transaction)
                .await
                .map_err(&wrong)?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(old.rows_affected() + beyond.rows_affected())
    }

    /// The value of a setting, where it was ever set.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let row =
            sqlx::query("select value from setting where name = $1").bind(name).fetch_optional(&self.reader).await;
        row.map_err(read("a setting"))?.map(|row| column(&row, "value")).transpose()
    }

    /// Sets settings, all of them or none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_settings(&self, settings: &[(&str, &str)], event: &Event<'_>) -> Result<(), StoreError> {
        let wrong = write("a setting");
        let mut transaction = self.write().await.map_err(&wrong)?;
        for (name, value) in settings {
            sqlx::query(
                "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
            )
            .bind(*name)
            .bind(*value)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)
    }
}
