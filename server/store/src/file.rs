//! The file of an SQLite database as a whole: a consistent copy of a running one, and whether one is sound.
//!
//! Nothing here migrates: a copy and a check leave the database as it is.

use crate::article::column;
use crate::error::{StoreError, read, write};
use crate::migrations;
use crate::pool::Store;
use sqlx::{AnyConnection, Connection};
use std::path::Path;

/// What looking into a database file showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseFile {
    /// What `pragma integrity_check` and `pragma foreign_key_check` complain of; empty for a sound file.
    pub faults: Vec<String>,
    /// The newest migration that was applied to it; 0 where no table of ours is.
    pub schema: i64,
    /// The newest migration that this program knows.
    pub known_schema: i64,
    /// Articles in it.
    pub articles: i64,
}

/// Writes a consistent copy of an SQLite database that may be in use into a file that must not exist yet.
///
/// # Errors
/// When the database cannot be read or the copy not be written.
pub async fn copy_sqlite(file: &Path, target: &Path) -> Result<(), StoreError> {
    let mut connection = open(file, "rw").await?;
    let copied =
        sqlx::query("vacuum into $1").bind(target.to_string_lossy().into_owned()).execute(&mut connection).await;
    let closed = connection.close().await;
    copied.map_err(write("a copy of the database"))?;
    closed.map_err(read("the database"))
}

impl DatabaseFile {
    /// Looks through the whole file.
    ///
    /// # Errors
    /// When it is no database, or cannot be read.
    pub async fn check(file: &Path) -> Result<Self, StoreError> {
        let mut connection = open(file, "rw").await?;
        let checked = Self::look(&mut connection).await;
        let closed = connection.close().await;
        let checked = checked?;
        closed.map_err(read("the database"))?;
        Ok(checked)
    }

    async fn look(connection: &mut AnyConnection) -> Result<Self, StoreError> {
        let failed = read("the database");
        let mut faults = Vec::new();
        for row in sqlx::query("pragma integrity_check(20)").fetch_all(&mut *connection).await.map_err(&failed)? {
            let said: String = column(&row, "integrity_check")?;
            if said != "ok" {
                faults.push(said);
            }
        }
        let dangling =
            sqlx::query("select count(*) as total from pragma_foreign_key_check").fetch_one(&mut *connection).await;
        let dangling: i64 = column(&dangling.map_err(&failed)?, "total")?;
        if dangling > 0 {
            faults.push(format!("{dangling} rows refer to rows that are not there"));
        }
        let tables = "select count(*) as total from sqlite_master where name in ('_sqlx_migrations', 'article')";
        let tables = sqlx::query(tables).fetch_one(&mut *connection).await.map_err(&failed)?;
        if column::<i64>(&tables, "total")? < 2 {
            return Ok(Self { faults, schema: 0, known_schema: migrations::newest(), articles: 0 });
        }
        let counted = "select (select coalesce(max(version), 0) from _sqlx_migrations) as schema, \
                       (select count(*) from article) as articles";
        let row = sqlx::query(counted).fetch_one(&mut *connection).await.map_err(&failed)?;
        Ok(Self {
            faults,
            schema: column(&row, "schema")?,
            known_schema: migrations::newest(),
            articles: column(&row, "articles")?,
        })
    }
}

impl Store {
    /// Looks through every page of the database, beside those who read and write; gives what SQLite complains of, which is
    /// nothing for a sound one. None for PostgreSQL, whose own tools look after its files.
    ///
    /// # Errors
    /// When the database cannot be read for another reason than being damaged.
    pub async fn faults(&self) -> Result<Option<Vec<String>>, StoreError> {
        if self.postgres {
            return Ok(None);
        }
        match sqlx::query("pragma quick_check(20)").fetch_all(&self.reader).await {
            Ok(rows) => {
                let said = rows.iter().map(|row| column(row, "quick_check")).collect::<Result<Vec<String>, _>>()?;
                Ok(Some(said.into_iter().filter(|said| said != "ok").collect()))
            }
            Err(error) if is_damage(&error) => Ok(Some(vec![error.to_string()])),
            Err(error) => Err(read("the database")(error)),
        }
    }
}

/// Whether SQLite says that the file is damaged, or none of its own (`SQLITE_CORRUPT` and `SQLITE_NOTADB`).
fn is_damage(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
    matches!(code.map(|code| code & 0xff), Some(11 | 26))
}

async fn open(file: &Path, mode: &str) -> Result<AnyConnection, StoreError> {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}?mode={mode}", file.display());
    AnyConnection::connect(&url).await.map_err(StoreError::Open)
}
