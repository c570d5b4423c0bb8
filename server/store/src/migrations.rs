//! The steps from an empty database to today's, one file for each step and kind of database.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::sync::LazyLock;

/// Lists a step: its number, its name, and the file of that number and name.
/// `sqlx::migrate!` would read the folder itself, but compiles sqlx and SQLite a second time to do so.
macro_rules! steps {
    ($database:literal: $($version:literal $name:literal),+ $(,)?) => {
        Migrator::with_migrations(vec![$(Migration::new(
            $version,
            $name.into(),
            MigrationType::Simple,
            include_str!(concat!("../migrations/", $database, "/000", $version, "_", $name, ".sql")).into_sql_str(),
            false,
        )),+])
    };
}

macro_rules! migrations {
    ($database:literal) => {
        steps!($database:
            1 "articles",
            3 "accounts",
            4 "drafts",
            5 "administration",
            6 "attachments",
            7 "published",
            8 "pictures",
            9 "unused",
        )
    };
}

pub(crate) static SQLITE: LazyLock<Migrator> = LazyLock::new(|| migrations!("sqlite"));
pub(crate) static POSTGRES: LazyLock<Migrator> = LazyLock::new(|| migrations!("postgres"));

/// The newest step that this program knows; both kinds of database have the same.
pub(crate) fn newest() -> i64 {
    SQLITE.iter().map(|migration| migration.version).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_step() {
        for (database, migrator) in [("sqlite", &SQLITE), ("postgres", &POSTGRES)] {
            let folder = format!("{}/migrations/{database}", env!("CARGO_MANIFEST_DIR"));
            assert_eq!(std::fs::read_dir(folder).unwrap().count(), migrator.iter().count(), "{database}");
        }
    }
}
