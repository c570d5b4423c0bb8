//! What can go wrong, one variant for each kind of operation.

use std::error::Error;
use tokio::sync::Notify;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no database that this program knows.
    #[error("DATABASE_URL must begin with sqlite: or postgres://")]
    Address,
    /// The database cannot be reached or opened.
    #[error("the database cannot be opened")]
    Open(#[source] sqlx::Error),
    /// The same, of a database behind a network.
    #[error("the database at {place} cannot be opened")]
    OpenAt {
        /// Host and port, and never a password.
        place: String,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// Whether another process brings the tables up to date cannot be seen.
    #[error("the database cannot be locked while its tables are brought up to date")]
    Turn(#[source] std::io::Error),
    /// The folder of the database file cannot be made.
    #[error("the folder of the database cannot be made")]
    Folder(#[source] std::io::Error),
    /// SQLite older than 3.51.3 can damage its write-ahead log (<https://sqlite.org/wal.html>).
    #[error("SQLite {0} is too old; 3.51.3 or newer is needed")]
    Version(String),
    /// It has tables that this program does not know.
    #[error("the database was made by a newer version of this program; update the program")]
    Newer,
    /// Its tables were made by steps that this program does not have.
    #[error("the database was made by another version of this program")]
    OtherVersion(#[source] sqlx::migrate::MigrateError),
    /// The tables could not be brought to the state that this program needs.
    #[error("the tables of the database could not be brought up to date")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// Reading failed.
    #[error("reading {0} failed")]
    Read(&'static str, #[source] sqlx::Error),
    /// The same reading failed a moment ago and is not tried again so soon.
    #[error("reading failed a moment ago")]
    JustFailed,
    /// Writing failed; nothing of it was stored.
    #[error("writing {0} failed")]
    Write(&'static str, #[source] sqlx::Error),
    /// What stands in the database is not what this program wrote.
    #[error("{0} in the database cannot be understood")]
    Damaged(&'static str),
    /// The article names a category that there is not.
    #[error("there is no category {0}")]
    UnknownCategory(String),
}

impl StoreError {
    /// The fault with its causes, for the log.
    #[must_use]
    pub fn causes(&self) -> String {
        causes(self)
    }

    /// Whether the database could not be reached, or has no place for one more: the same may work in a moment.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        let (Self::Open(error) | Self::OpenAt { source: error, .. } | Self::Read(_, error) | Self::Write(_, error)) =
            self
        else {
            return matches!(self, Self::JustFailed);
        };
        match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => true,
            // Connection exceptions, insufficient resources, and what operators do (appendix A of PostgreSQL's manual).
            sqlx::Error::Database(error) => error
                .code()
                .is_some_and(|code| code.len() == 5 && ["08", "53", "57"].iter().any(|class| code.starts_with(class))),
            _ => false,
        }
    }
}

/// An error with its causes, for the log.
#[must_use]
pub fn causes(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// The operation that failed, for `map_err`.
pub(crate) fn read(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| StoreError::Read(what, noticed(error))
}

/// The operation that failed, for `map_err`.
pub(crate) fn write(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| StoreError::Write(what, noticed(error))
}

/// Rung when there was no connection in time; whoever opened the database looks for the cause.
pub(crate) static NO_CONNECTION: Notify = Notify::const_new();

fn noticed(error: sqlx::Error) -> sqlx::Error {
    if matches!(error, sqlx::Error::PoolTimedOut) {
        NO_CONNECTION.notify_one();
    }
    error
}
