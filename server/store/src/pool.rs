//! Opening a database, and what differs between SQLite and PostgreSQL.

use crate::error::{NO_CONNECTION, StoreError};
use crate::migrations::{POSTGRES, SQLITE, newest};
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::MigrateError;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Any, AnyConnection, AnyPool, Connection, Executor, Row, Transaction};
use std::fs::File;
use std::future::ready;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// Connections that read at once.
const READERS: u32 = 4;
/// Connections to PostgreSQL, as far as the server has room for them.
const POSTGRES_CONNECTIONS: u32 = 20;
/// Those of them that write. Writers wait for each other; readers must not wait with them.
const POSTGRES_WRITERS: u32 = 2;
/// How long a reader waits for a connection: a database that cannot be reached is said to be so soon.
const READER_WAITS: Duration = Duration::from_secs(3);
/// How long a writer waits for a connection to PostgreSQL, and for the writers of other processes.
const WRITER_WAITS: Duration = Duration::from_secs(10);
/// How many connections the role may open to the database.
const ALLOWED: &str = "select least(current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint, \
     nullif(r.rolconnlimit, -1)::bigint, nullif(d.datconnlimit, -1)::bigint) \
     from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()";
/// Serialises writers on PostgreSQL, so that the change log's numbers are in the order of commits, as on SQLite.
const WRITE_LOCK: &str = "select pg_advisory_xact_lock(5190418)";

/// A database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) reader: AnyPool,
    writer: AnyPool,
    pub(crate) postgres: bool,
    /// Who holds it writes down that a session is used.
    pub(crate) seeing: Arc<Mutex<()>>,
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
        let _turn = turn(file).await.map_err(StoreError::Turn)?;
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
        SQLITE.run(&writer).await.map_err(not_migrated)?;
        let reader = sqlite_pool(READERS, true).connect(&url).await.map_err(StoreError::Open)?;
        Ok(Self { reader, writer, postgres: false, seeing: Arc::default() })
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url.parse().map_err(StoreError::Open)?;
        let place = format!("{}:{}", options.get_host(), options.get_port());
        // However long this process or another is at it: no limit of time, which roles and databases may have too.
        let migrating =
            AnyPoolOptions::new().max_connections(1).acquire_timeout(WRITER_WAITS).after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute("set statement_timeout = 0").await?;
                    connection.execute("set lock_timeout = 0").await?;
                    Ok(())
                })
            });
        let migrating = match migrating.connect(url).await {
            Ok(pool) => pool,
            Err(error) => return Err(StoreError::OpenAt { place, source: reason(error, url).await }),
        };
        POSTGRES.run(&migrating).await.map_err(not_migrated)?;
        let allowed = sqlx::query(ALLOWED).fetch_one(&migrating).await.and_then(|row| row.try_get::<i64, _>(0));
        let allowed = allowed.map_err(StoreError::Open)?;
        migrating.close().await;
        let (readers, writers) = shares(allowed);
        let reader = postgres_pool(readers, READER_WAITS).connect_lazy(url).map_err(StoreError::Open)?;
        let writer = postgres_pool(writers, WRITER_WAITS).connect_lazy(url).map_err(StoreError::Open)?;
        tokio::spawn(explain(url.to_owned()));
        Ok(Self { reader, writer, postgres: true, seeing: Arc::default() })
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

/// Waits until no other process opens this SQLite database: two that migrate at once spoil it for each other, and SQLite
/// has no lock for that. The file stays where it is, beside those of SQLite; the lock ends with what is returned.
async fn turn(file: &str) -> io::Result<File> {
    let path = format!("{}-turn", file.split('?').next().unwrap_or(file));
    let waited = tokio::task::spawn_blocking(move || {
        let turn = File::options().create(true).append(true).open(path)?;
        turn.lock()?;
        Ok(turn)
    });
    waited.await.map_err(io::Error::other)?
}

/// Connections that read and that write: at most half of what is allowed, so that a second process finds room.
fn shares(allowed: i64) -> (u32, u32) {
    let all = u32::try_from(allowed / 2).unwrap_or(2).clamp(2, POSTGRES_CONNECTIONS);
    let writers = if all < 3 * POSTGRES_WRITERS { 1 } else { POSTGRES_WRITERS };
    (all - writers, writers)
}

fn postgres_pool(connections: u32, wait: Duration) -> AnyPoolOptions {
    AnyPoolOptions::new().max_connections(connections).acquire_timeout(wait).after_connect(|connection, _| {
        Box::pin(async move {
            connection.execute("set statement_timeout = '10s'").await?;
            connection.execute("set idle_in_transaction_session_timeout = '10s'").await?;
            Ok(())
        })
    })
}

/// Why there is no connection: a pool that waited in vain does not say.
async fn reason(error: sqlx::Error, url: &str) -> sqlx::Error {
    if !matches!(error, sqlx::Error::PoolTimedOut) {
        return error;
    }
    match tokio::time::timeout(Duration::from_secs(2), AnyConnection::connect(url)).await {
        Ok(Err(reason)) => reason,
        _ => error,
    }
}

/// Tells the log why there was no connection, at most every ten seconds.
async fn explain(url: String) {
    loop {
        NO_CONNECTION.notified().await;
        match reason(sqlx::Error::PoolTimedOut, &url).await {
            sqlx::Error::PoolTimedOut => tracing::error!("no connection to the database was free or made in time"),
            reason => tracing::error!("the database gives no connection: {reason}"),
        }
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
}

fn not_migrated(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(version) if version > newest() => StoreError::Newer,
        error @ (MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_)) => StoreError::OtherVersion(error),
        error => StoreError::Migrate(error),
    }
}

/// SQLite so that nothing acknowledged is lost, readers never wait for the writer.
fn sqlite_pool(connections: u32, read_only: bool) -> AnyPoolOptions {
    // A file does not hang up: asking a connection whether it lives would cost as much as a short query.
    let options = AnyPoolOptions::new().test_before_acquire(false);
    // On a full disk SQLite takes a transaction back by itself, and sqlx goes on counting it: such a connection would never
    // begin another one.
    let options = options.before_acquire(|connection, _| Box::pin(ready(Ok(!connection.is_in_transaction()))));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SeedGroup;

    /// A category of this name, whose transaction needs more than a few pages.
    fn groups(name: &str, bytes: usize) -> [SeedGroup; 1] {
        let slug = name.parse().unwrap();
        [SeedGroup { name: format!("{name} {}", "x".repeat(bytes)), slug, leaves: Vec::new() }]
    }

    #[tokio::test]
    async fn after_a_full_disk_writes_work_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.path().join("site.sqlite").display())).await.unwrap();
        sqlx::query("pragma max_page_count = 1").execute(&store.writer).await.unwrap();
        let full = store.seed_categories(&groups("large", 500_000)).await.unwrap_err();
        assert!(std::error::Error::source(&full).unwrap().to_string().contains("full"), "{full:?}");
        store.seed_categories(&groups("small", 1)).await.unwrap();
        let names: Vec<_> = store.categories().await.unwrap().into_iter().map(|group| group.slug.to_string()).collect();
        assert_eq!(names, ["small"]);
    }

    #[test]
    fn connections_are_shared_out_so_that_two_processes_find_room() {
        let allowed = [97, 40, 20, 10, 4, 1, 0].map(shares);
        assert_eq!(allowed, [(18, 2), (18, 2), (8, 2), (4, 1), (1, 1), (1, 1), (1, 1)]);
    }
}
