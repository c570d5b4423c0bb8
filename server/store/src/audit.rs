//! What was done and by whom, and the settings that admins change.

use crate::article::column;
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use sqlx::{Any, Transaction};
use types::{AuditEntry, Timestamp};

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

    /// The newest lines of the audit log.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn audit(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let rows = sqlx::query("select at, actor, action, object, address from audit order by id desc limit $1")
            .bind(i64::from(limit))
            .fetch_all(&self.reader)
            .await
            .map_err(read("the audit log"))?;
        rows.iter()
            .map(|row| {
                Ok(AuditEntry {
                    at: Timestamp(column(row, "at")?),
                    actor: column(row, "actor")?,
                    action: column(row, "action")?,
                    object: column(row, "object")?,
                    address: column(row, "address")?,
                })
            })
            .collect()
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

    /// Sets a setting.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_setting(&self, name: &str, value: &str, event: &Event<'_>) -> Result<(), StoreError> {
        let wrong = write("a setting");
        let mut transaction = self.write().await.map_err(&wrong)?;
        sqlx::query(
            "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&mut *transaction)
        .await
        .map_err(&wrong)?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)
    }
}
