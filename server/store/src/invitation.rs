//! Invitations: who holds one may register once, as what it says, until it runs out.

use crate::article::parse;
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use sqlx::{Any, Transaction};
use types::{Role, Timestamp};

impl Store {
    /// Writes an invitation, known by the hash of its secret. Earlier ones stay until they are used or their time is over:
    /// another process may just have shown one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn invite(&self, token: &str, role: Role, expires_at: Timestamp) -> Result<(), StoreError> {
        let wrong = write("an invitation");
        let mut transaction = self.write().await.map_err(&wrong)?;
        sqlx::query("delete from invitation where expires_at < $1")
            .bind(id::now())
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        sqlx::query("insert into invitation (token, role, expires_at) values ($1, $2, $3)")
            .bind(token)
            .bind(role.as_str())
            .bind(expires_at.0)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        transaction.commit().await.map_err(&wrong)
    }

    /// What an invitation, given by the hash of its secret, lets somebody become.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn invitation(&self, token: &str) -> Result<Option<Role>, StoreError> {
        let row = sqlx::query("select role from invitation where token = $1 and expires_at > $2")
            .bind(token)
            .bind(id::now())
            .fetch_optional(&self.reader)
            .await
            .map_err(read("an invitation"))?;
        row.map(|row| parse(&row, "role")).transpose()
    }

    /// Ends every invitation for a role, as when somebody has it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn end_invitations(&self, role: Role) -> Result<(), StoreError> {
        let wrong = write("an invitation");
        let mut transaction = self.write().await.map_err(&wrong)?;
        sqlx::query("delete from invitation where role = $1")
            .bind(role.as_str())
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        transaction.commit().await.map_err(&wrong)
    }
}

/// Takes an invitation out of the database, with the transaction that uses it. Others for the same role end: it is for one.
pub(crate) async fn take(transaction: &mut Transaction<'_, Any>, token: &str) -> Result<Option<Role>, StoreError> {
    let row = sqlx::query("delete from invitation where token = $1 and expires_at > $2 returning role")
        .bind(token)
        .bind(id::now())
        .fetch_optional(&mut **transaction)
        .await
        .map_err(write("an invitation"))?;
    let Some(role) = row.map(|row| parse::<Role>(&row, "role")).transpose()? else { return Ok(None) };
    sqlx::query("delete from invitation where role = $1")
        .bind(role.as_str())
        .execute(&mut **transaction)
        .await
        .map_err(write("an invitation"))?;
    Ok(Some(role))
}
