//! Sessions: known by the hash of what the browser holds, listed and ended by their owner.

use crate::account::account;
use crate::article::column;
use crate::audit::{Event, note};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use std::sync::Arc;
use types::{Account, OpenSession, Timestamp};

/// A session ends when it was not used for this long: 14 days.
const IDLE: i64 = 14 * 24 * 60 * 60 * 1000;
/// A session ends this long after it began, in any case: 90 days.
const LIFETIME: i64 = 90 * 24 * 60 * 60 * 1000;
/// The use of a session is written down at most this often: a page that is read must not cost a write.
const SEEN_EVERY: i64 = 5 * 60 * 1000;

/// A session that begins.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// The SHA-256 of the secret.
    pub token: &'a str,
    /// Whose it is.
    pub account: i64,
    /// What the browser calls itself.
    pub agent: &'a str,
}

impl Store {
    /// Begins a session, and removes those that have run out.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn begin_session(&self, new: &NewSession<'_>, event: &Event<'_>) -> Result<(), StoreError> {
        let wrong = write("a session");
        let now = id::now();
        let mut transaction = self.write().await.map_err(&wrong)?;
        sqlx::query("delete from session where seen_at < $1 or created_at < $2")
            .bind(now - IDLE)
            .bind(now - LIFETIME)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        sqlx::query("insert into session (token, id, account_id, created_at, seen_at, agent, address) values ($1, $2, $3, $4, $5, $6, $7)")
            .bind(new.token)
            .bind(id::next())
            .bind(new.account)
            .bind(now)
            .bind(now)
            .bind(new.agent)
            .bind(event.address)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)
    }

    /// Whose session this is, if it is still open and the account may be used.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn session(&self, token: &str) -> Result<Option<Account>, StoreError> {
        let now = id::now();
        let row = sqlx::query(
            "select c.id, c.username, c.role, c.state, c.author_id, c.created_at, u.handle, u.name, s.seen_at \
             from session s join account c on c.id = s.account_id join author u on u.id = c.author_id \
             where s.token = $1 and s.seen_at >= $2 and s.created_at >= $3 and c.state = 'active'",
        )
        .bind(token)
        .bind(now - IDLE)
        .bind(now - LIFETIME)
        .fetch_optional(&self.reader)
        .await
        .map_err(read("a session"))?;
        let Some(row) = row else { return Ok(None) };
        if column::<i64>(&row, "seen_at")? < now - SEEN_EVERY {
            self.see(token.to_owned(), now);
        }
        account(&row).map(Some)
    }

    /// Writes down beside the request that a session is used: what only reads must work when nothing can be written. One
    /// session at a time; the others do with their next request.
    fn see(&self, token: String, now: i64) {
        let Ok(turn) = Arc::clone(&self.seeing).try_lock_owned() else { return };
        let store = self.clone();
        tokio::spawn(async move {
            if let Err(error) = store.write_seen(&token, now).await {
                tracing::warn!("that a session is used could not be written down: {}", error.causes());
            }
            drop(turn);
        });
    }

    async fn write_seen(&self, token: &str, now: i64) -> Result<(), StoreError> {
        let wrong = write("a session");
        let mut transaction = self.write().await.map_err(&wrong)?;
        sqlx::query("update session set seen_at = $1 where token = $2")
            .bind(now)
            .bind(token)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        transaction.commit().await.map_err(&wrong)
    }

    /// The sessions of an account, what was used last first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sessions(&self, account: i64) -> Result<Vec<OpenSession>, StoreError> {
        let now = id::now();
        let rows = sqlx::query(
            "select id, created_at, seen_at, agent, address from session \
             where account_id = $1 and seen_at >= $2 and created_at >= $3 order by seen_at desc, id desc",
        )
        .bind(account)
        .bind(now - IDLE)
        .bind(now - LIFETIME)
        .fetch_all(&self.reader)
        .await
        .map_err(read("sessions"))?;
        rows.iter()
            .map(|row| {
                Ok(OpenSession {
                    id: column(row, "id")?,
                    created_at: Timestamp(column(row, "created_at")?),
                    seen_at: Timestamp(column(row, "seen_at")?),
                    agent: column(row, "agent")?,
                    address: column(row, "address")?,
                })
            })
            .collect()
    }

    /// Ends the session that this secret's hash opens.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn end_session(&self, token: &str) -> Result<(), StoreError> {
        let wrong = write("a session");
        let mut transaction = self.write().await.map_err(&wrong)?;
        sqlx::query("delete from session where token = $1")
            .bind(token)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        transaction.commit().await.map_err(&wrong)
    }

    /// Ends one of the sessions of this account; whether there was one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn end_session_of(&self, account: i64, session: i64, event: &Event<'_>) -> Result<bool, StoreError> {
        let end = sqlx::query("delete from session where id = $1 and account_id = $2").bind(session).bind(account);
        self.change_and_note("a session", end, event).await
    }
}
