//! SQLite's FTS5 with its tokenizer `trigram`: all words as they stand, then texts that share trigrams, ranked by bm25.
//! Words of fewer than three characters have no trigram; for these SQLite reads every text.

use super::{Peer, complete};
use crate::articles::Text;
use crate::score::DEPTH;
use crate::site;
use anyhow::{Context, Result};
use async_trait::async_trait;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, SqliteConnection};
use std::path::{Path, PathBuf};

/// Finds texts that match; the title counts twice.
const MATCH: &str = "select rowid from text where text match ? order by bm25(text, 2.0, 1.0) limit 10";
/// Finds texts that hold a short word, those with the word in the title first.
const LIKE: &str = "select rowid from text where title like ?1 or body like ?1 order by title like ?1 desc limit 10";
/// How many hits there are of each category, kind, month and tag; `{hits}` gives their numbers.
const COUNTS: &str = "with hit as materialized ({hits}) \
    select 'category', category, count(*) from about join hit on id = hit.rowid group by category \
    union all select 'kind', kind, count(*) from about join hit on id = hit.rowid group by kind \
    union all select 'month', month, count(*) from about join hit on id = hit.rowid group by month \
    union all select 'tag', tag, count(*) from about_tag join hit on id = hit.rowid group by tag";

pub struct Sqlite {
    file: PathBuf,
    database: SqliteConnection,
}

impl Sqlite {
    pub async fn create(file: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
        let mut database = options.connect().await.context("creating an SQLite database")?;
        for statement in [
            "pragma journal_mode = off",
            "pragma synchronous = off",
            "create virtual table text using fts5(title, body, tokenize = 'trigram')",
            "create table about (id integer primary key, category, kind, month)",
            "create table about_tag (id, tag, primary key (id, tag)) without rowid",
        ] {
            sqlx::query(statement).execute(&mut database).await.context("making the FTS5 table")?;
        }
        Ok(Self { file: file.to_path_buf(), database })
    }

    /// Runs a statement for what a page shows, and tells how many rows there are.
    async fn show(&mut self, sql: &str, argument: &str) -> Result<usize> {
        let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).bind(argument).fetch_all(&mut self.database);
        Ok(rows.await.context("making a page with FTS5")?.len())
    }

    async fn find(&mut self, sql: &'static str, argument: &str) -> Result<Vec<i64>> {
        let rows: Vec<SqliteRow> =
            sqlx::query(sql).bind(argument).fetch_all(&mut self.database).await.context("searching with FTS5")?;
        rows.iter().map(|row| row.try_get(0).context("reading a hit")).collect()
    }
}

#[async_trait]
impl Peer for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite FTS5, trigram"
    }

    async fn add(&mut self, texts: &[Text]) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        for text in texts {
            sqlx::query("insert into text (rowid, title, body) values (?, ?, ?)")
                .bind(text.id)
                .bind(text.title.as_str())
                .bind(text.plain.as_str())
                .execute(&mut *transaction)
                .await?;
            sqlx::query("insert into about values (?, ?, ?, ?)")
                .bind(text.id)
                .bind(text.category)
                .bind(text.kind.as_str())
                .bind(text.month)
                .execute(&mut *transaction)
                .await?;
            for tag in &text.tags {
                sqlx::query("insert into about_tag values (?, ?)")
                    .bind(text.id)
                    .bind(tag.as_str())
                    .execute(&mut *transaction)
                    .await?;
            }
        }
        Ok(transaction.commit().await?)
    }

    async fn finish(&mut self) -> Result<()> {
        sqlx::query("insert into text (text) values ('optimize')").execute(&mut self.database).await?;
        Ok(())
    }

    async fn search(&mut self, words: &str) -> Result<Vec<i64>> {
        let mut hits = Vec::new();
        let long = long(words);
        if long.is_empty() {
            let pattern = format!("%{}%", words.replace(['%', '_'], " "));
            return self.find(LIKE, &pattern).await;
        }
        hits.extend(self.find(MATCH, &join(long.iter().copied(), " AND ")).await?);
        if hits.len() < DEPTH {
            let trigrams = long.iter().flat_map(|word| trigrams(word)).collect::<Vec<_>>();
            let more = self.find(MATCH, &join(trigrams.iter().map(String::as_str), " OR ")).await?;
            complete(&mut hits, more);
        }
        Ok(hits)
    }

    async fn page(&mut self, words: &str) -> Result<Option<usize>> {
        let long = long(words);
        if long.is_empty() {
            let pattern = format!("%{}%", words.replace(['%', '_'], " "));
            let shown = self.show("select title, substr(body, 1, 200) from text where title like ?1 or body like ?1 order by title like ?1 desc limit 10", &pattern).await?;
            self.show(
                &COUNTS.replace("{hits}", "select rowid from text where title like ?1 or body like ?1"),
                &pattern,
            )
            .await?;
            return Ok(Some(shown));
        }
        let show = "select title, snippet(text, 1, '<b>', '</b>', '…', 64) from text where text match ? order by bm25(text, 2.0, 1.0) limit 10";
        let count = COUNTS.replace("{hits}", "select rowid from text where text match ?");
        let mut question = join(long.iter().copied(), " AND ");
        let mut shown = self.show(show, &question).await?;
        if shown < DEPTH {
            let trigrams = long.iter().flat_map(|word| trigrams(word)).collect::<Vec<_>>();
            question = join(trigrams.iter().map(String::as_str), " OR ");
            shown = self.show(show, &question).await?;
        }
        self.show(&count, &question).await?;
        Ok(Some(shown))
    }

    async fn size(&mut self) -> Result<u64> {
        site::size(&self.file)
    }
}

/// Words that have trigrams.
fn long(words: &str) -> Vec<&str> {
    words.split_whitespace().filter(|word| word.chars().count() >= 3).collect()
}

fn join<'t>(texts: impl Iterator<Item = &'t str>, with: &str) -> String {
    texts.map(|text| format!("\"{}\"", text.replace('"', "\"\""))).collect::<Vec<_>>().join(with)
}

fn trigrams(word: &str) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    characters.windows(3).map(|window| window.iter().collect()).collect()
}
