//! Whether a PostgreSQL database can be reached and used. Nothing here migrates: a check leaves the database as it is.

use crate::article::column;
use crate::error::{StoreError, read};
use crate::migrations;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AnyConnection, Connection};
use std::io;
use std::time::Duration;

/// How long to wait for the server, and for its answers.
const PATIENCE: Duration = Duration::from_secs(5);

/// What asking a PostgreSQL server showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseServer {
    /// Host and port, and never a password.
    pub place: String,
    /// Whether it takes writes: a standby does not.
    pub writable: bool,
    /// The newest migration that was applied; 0 where no table of ours is.
    pub schema: i64,
    /// The newest migration that this program knows.
    pub known_schema: i64,
    /// Articles in it.
    pub articles: i64,
}

impl DatabaseServer {
    /// Asks the server at `postgres://…`.
    ///
    /// # Errors
    /// When it cannot be reached, lets nobody in, or does not answer in time.
    pub async fn check(url: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let options: PgConnectOptions = url.parse().map_err(StoreError::Open)?;
        let place = format!("{}:{}", options.get_host(), options.get_port());
        let late = || sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "it does not answer"));
        let connected =
            tokio::time::timeout(PATIENCE, AnyConnection::connect(url)).await.unwrap_or_else(|_| Err(late()));
        let mut connection = connected.map_err(|source| StoreError::OpenAt { place: place.clone(), source })?;
        let looked = tokio::time::timeout(PATIENCE, Self::look(&mut connection, place)).await;
        let looked = looked.unwrap_or_else(|_| Err(read("the database")(late())));
        let _ = connection.close().await;
        looked
    }

    async fn look(connection: &mut AnyConnection, place: String) -> Result<Self, StoreError> {
        let failed = read("the database");
        let state = "select (current_setting('transaction_read_only') = 'off')::int::bigint as writable, \
                     (to_regclass('_sqlx_migrations') is not null and to_regclass('article') is not null)::int::bigint as ours";
        let row = sqlx::query(state).fetch_one(&mut *connection).await.map_err(&failed)?;
        let writable = column::<i64>(&row, "writable")? == 1;
        let mut found = Self { place, writable, schema: 0, known_schema: migrations::newest(), articles: 0 };
        if column::<i64>(&row, "ours")? == 1 {
            let counted = "select (select coalesce(max(version), 0) from _sqlx_migrations) as schema, \
                           (select count(*) from article) as articles";
            let row = sqlx::query(counted).fetch_one(&mut *connection).await.map_err(&failed)?;
            (found.schema, found.articles) = (column(&row, "schema")?, column(&row, "articles")?);
        }
        Ok(found)
    }
}
