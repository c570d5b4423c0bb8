//! The steps from an empty database to today's, one file for each step and kind of database.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::sync::LazyLock;

/// Lists a step: its number, and its file, which begins with the number.
/// `sqlx::migrate!` would read the folder itself, but compiles sqlx and SQLite a second time to do so.
macro_rules! steps {
    ($database:literal: $($version:literal $file:literal),+ $(,)?) => {
        Migrator::with_migrations(vec![$(Migration::new(
            $version,
            $file.into(),
            MigrationType::Simple,
            include_str!(concat!("../migrations/", $database, "/", $file, ".sql")).into_sql_str(),
            false,
        )),+])
    };
}

macro_rules! migrations {
    ($database:literal) => {
        steps!($database:
            1 "0001_articles",
            3 "0003_accounts",
            4 "0004_drafts",
            5 "0005_administration",
            6 "0006_attachments",
            7 "0007_published",
            8 "0008_pictures",
            9 "0009_unused",
            10 "0010_rows",
            11 "0011_submitted",
            12 "0012_former_names",
            13 "0013_source_files",
            14 "0014_feedback",
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
            for step in migrator.iter() {
                assert!(step.description.starts_with(&format!("{:04}_", step.version)), "{}", step.description);
            }
        }
    }
}
