//! What can go wrong, one variant for each kind of operation.

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no database that this program knows.
    #[error("DATABASE_URL must begin with sqlite: or postgres://")]
    Address,
    /// The database cannot be reached or opened.
    #[error("the database cannot be opened")]
    Open(#[source] sqlx::Error),
    /// The folder of the database file cannot be made.
    #[error("the folder of the database cannot be made")]
    Folder(#[source] std::io::Error),
    /// SQLite older than 3.51.3 can damage its write-ahead log (<https://sqlite.org/wal.html>).
    #[error("SQLite {0} is too old; 3.51.3 or newer is needed")]
    Version(String),
    /// The tables could not be brought to the state that this program needs; a database made by a newer program is refused too.
    #[error("the database was made by another version of this program or cannot be changed")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// Reading failed.
    #[error("reading {0} failed")]
    Read(&'static str, #[source] sqlx::Error),
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

/// The operation that failed, for `map_err`.
pub(crate) fn read(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| StoreError::Read(what, error)
}

/// The operation that failed, for `map_err`.
pub(crate) fn write(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| StoreError::Write(what, error)
}
