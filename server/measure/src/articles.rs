//! The texts of a site, read from its database: every engine gets the same.

use anyhow::{Context, Result};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row, SqliteConnection};
use std::path::Path;

/// Texts read at once.
const BATCH: i64 = 2000;

/// An article as engines index it.
pub struct Text {
    /// The database's number.
    pub id: i64,
    /// In addresses.
    pub slug: String,
    /// Path of the file it was made of.
    pub path: Option<String>,
    /// Plain text.
    pub title: String,
    /// Plain text, as the program itself indexes it.
    pub plain: String,
    /// The number of its category.
    pub category: i64,
    /// Original, reprint and so on.
    pub kind: String,
    /// The month it was published in.
    pub month: i64,
    /// Keys of its tags; keys hold no white space that is a line feed.
    pub tags: Vec<String>,
}

/// Opens the database of a site.
///
/// # Errors
/// When there is none.
pub async fn open(file: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(file).foreign_keys(false);
    options.connect().await.with_context(|| format!("opening {}", file.display()))
}

/// The texts after a number, some at a time; none at the end.
///
/// # Errors
/// When the database cannot be read.
pub async fn after(database: &mut SqliteConnection, id: i64) -> Result<Vec<Text>> {
    let rows = sqlx::query(
        "select id, slug, source_path, title, plain, category_id, kind, month, \
         (select group_concat(tag_key, char(10)) from article_tag where article_id = article.id) \
         from article where status = 'published' and id > ? order by id limit ?",
    )
    .bind(id)
    .bind(BATCH)
    .fetch_all(database)
    .await
    .context("reading the articles")?;
    rows.iter()
        .map(|row| {
            Ok(Text {
                id: row.try_get(0)?,
                slug: row.try_get(1)?,
                path: row.try_get(2)?,
                title: row.try_get(3)?,
                plain: row.try_get(4)?,
                category: row.try_get(5)?,
                kind: row.try_get(6)?,
                month: row.try_get(7)?,
                tags: row
                    .try_get::<Option<String>, _>(8)?
                    .iter()
                    .flat_map(|tags| tags.lines())
                    .map(str::to_owned)
                    .collect(),
            })
        })
        .collect::<Result<_, sqlx::Error>>()
        .context("reading an article")
}
