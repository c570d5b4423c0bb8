//! Opening a database, and what differs between SQLite and PostgreSQL.

use crate::error::StoreError;
use crate::migrations::{POSTGRES, SQLITE};
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyPool, Executor, Row, Transaction};
use std::path::Path;
use std::time::Duration;

/// Connections that read at once.
const READERS: u32 = 4;
/// Connections to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 20;
/// Serialises writers on PostgreSQL, so that the change log's numbers are in the order of commits, as on SQLite.
const WRITE_LOCK: &str = "select pg_advisory_xact_lock(5190418)";

/// A database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) reader: AnyPool,
    writer: AnyPool,
    postgres: bool,
}

impl Store {
    /// Opens the database at `sqlite:FILE` or `postgres://…`, makes the file and its folder, and migrates.
    ///
    /// # Errors
    /// When the address is of another kind, the database cannot be opened, or is newer than this program.
    pub async fn open(database_url: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        if let Some(file) = database_url.strip_prefix("sqlite:") {
            return Self::open_sqlite(file.trim_start_matches("//")).await;
        }
        if database_url.starts_with("postgres://") || database_url.starts_with("postgresql://") {
            return Self::open_postgres(database_url).await;
        }
        Err(StoreError::Address)
    }

    async fn open_sqlite(file: &str) -> Result<Self, StoreError> {
        if let Some(folder) = Path::new(file).parent() {
            std::fs::create_dir_all(folder).map_err(StoreError::Folder)?;
        }
        let url = format!("sqlite://{file}?mode=rwc");
        let writer = sqlite_pool(1, false).connect(&url).await.map_err(StoreError::Open)?;
        let version: String = sqlx::query("select sqlite_version()")
            .fetch_one(&writer)
            .await
            .and_then(|row| row.try_get(0))
            .map_err(StoreError::Open)?;
        let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
        if parts < vec![3, 51, 3] {
            return Err(StoreError::Version(version));
        }
        SQLITE.run(&writer).await.map_err(StoreError::Migrate)?;
        let reader = sqlite_pool(READERS, true).connect(&url).await.map_err(StoreError::Open)?;
        Ok(Self { reader, writer, postgres: false })
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let pool = AnyPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute("set statement_timeout = '10s'").await?;
                    connection.execute("set idle_in_transaction_session_timeout = '10s'").await?;
                    Ok(())
                })
            })
            .connect(url)
            .await
            .map_err(StoreError::Open)?;
        POSTGRES.run(&pool).await.map_err(StoreError::Migrate)?;
        Ok(Self { reader: pool.clone(), writer: pool, postgres: true })
    }

    /// A transaction that writes; the only one at a time.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        if self.postgres {
            let mut transaction = self.writer.begin().await?;
            transaction.execute(WRITE_LOCK).await?;
            return Ok(transaction);
        }
        // A transaction that begins by reading and then writes would fail at once when another process wrote in between.
        self.writer.begin_with("begin immediate").await
    }
}

/// SQLite so that nothing acknowledged is lost, readers never wait for the writer.
fn sqlite_pool(connections: u32, read_only: bool) -> AnyPoolOptions {
    // A file does not hang up: asking a connection whether it lives would cost as much as a short query.
    let options = AnyPoolOptions::new().test_before_acquire(false);
    options.max_connections(connections).acquire_timeout(Duration::from_secs(30)).after_connect(move |connection, _| {
        Box::pin(async move {
            connection.execute("pragma busy_timeout = 5000").await?;
            connection.execute("pragma journal_mode = wal").await?;
            connection.execute("pragma synchronous = full").await?;
            connection.execute("pragma foreign_keys = on").await?;
            connection.execute("pragma trusted_schema = off").await?;
            connection.execute("pragma journal_size_limit = 67108864").await?;
            // Two megabytes for each connection; what is behind it, the operating system keeps once for all of them.
            connection.execute("pragma cache_size = -2000").await?;
            if read_only {
                connection.execute("pragma query_only = on").await?;
            }
            Ok(())
        })
    })
}
