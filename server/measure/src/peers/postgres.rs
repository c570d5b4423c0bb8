//! PostgreSQL's own full-text search: configuration `simple`, a GIN index, the title weighted, ranked by cover density.
//! It has no Chinese parser; a stretch of Chinese is one word to it.

use super::{Peer, complete};
use crate::articles::Text;
use crate::score::DEPTH;
use anyhow::{Context, Result};
use async_trait::async_trait;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

/// All of the words.
const ALL: &str = "select id from text, websearch_to_tsquery('simple', $1) q where words @@ q order by ts_rank_cd(words, q) desc, id limit 10";
/// Any of the words.
const ANY: &str = "select id from text, cast(replace(cast(plainto_tsquery('simple', $1) as text), '&', '|') as tsquery) q \
                   where words @@ q order by ts_rank_cd(words, q) desc, id limit 10";
/// How the query reads in both: all of the words, any of them.
const QUERIES: [&str; 2] = [
    "websearch_to_tsquery('simple', $1)",
    "cast(replace(cast(plainto_tsquery('simple', $1) as text), '&', '|') as tsquery)",
];
/// Ten hits with passages; `{query}` is one of [`QUERIES`].
const SHOW: &str = "select title, ts_headline('simple', body, q, 'MaxFragments=3') from \
    (select title, body, q from text, {query} q where words @@ q order by ts_rank_cd(words, q) desc, id limit 10) best";
/// How many hits there are of each category, kind, month and tag.
const COUNTS: &str = "with hit as materialized (select category, kind, month, tags from text, {query} q where words @@ q) \
    select category::text, count(*) from hit group by 1 union all select kind, count(*) from hit group by 1 \
    union all select month::text, count(*) from hit group by 1 union all select unnest(tags), count(*) from hit group by 1";

pub struct Postgres {
    database: PgConnection,
}

impl Postgres {
    pub async fn create(url: &str) -> Result<Self> {
        let mut database = PgConnection::connect(url).await.context("connecting to PostgreSQL")?;
        for statement in [
            // Words of more than 2,047 bytes are left out, and each is a notice that nobody wants to read.
            "set client_min_messages = warning",
            "drop table if exists text",
            "create unlogged table text (id bigint primary key, title text not null, body text not null, words tsvector not null, \
             category bigint not null, kind text not null, month bigint not null, tags text[] not null)",
        ] {
            sqlx::query(statement).execute(&mut database).await.context("making the table in PostgreSQL")?;
        }
        Ok(Self { database })
    }

    /// Runs a statement for what a page shows, and tells how many rows there are.
    async fn show(&mut self, sql: &str, query: &str, words: &str) -> Result<usize> {
        let sql = sql.replace("{query}", query);
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(words).fetch_all(&mut self.database);
        Ok(rows.await.context("making a page with PostgreSQL")?.len())
    }

    async fn find(&mut self, sql: &'static str, words: &str) -> Result<Vec<i64>> {
        let rows =
            sqlx::query(sql).bind(words).fetch_all(&mut self.database).await.context("searching with PostgreSQL")?;
        rows.iter().map(|row| row.try_get(0).context("reading a hit")).collect()
    }
}

#[async_trait]
impl Peer for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL, simple"
    }

    async fn add(&mut self, texts: &[Text]) -> Result<()> {
        // PostgreSQL stores no NUL, and no more than 1 MB of words for a text.
        let clean = |text: &str| text.replace('\0', " ").chars().take(300_000).collect::<String>();
        let ids: Vec<i64> = texts.iter().map(|text| text.id).collect();
        let titles: Vec<String> = texts.iter().map(|text| clean(&text.title)).collect();
        let bodies: Vec<String> = texts.iter().map(|text| clean(&text.plain)).collect();
        sqlx::query(
            "insert into text select id, title, body, \
             setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D'), \
             category, kind, month, string_to_array(tags, chr(10)) from unnest($1::bigint[], $2::text[], $3::text[], \
             $4::bigint[], $5::text[], $6::bigint[], $7::text[]) as new (id, title, body, category, kind, month, tags)",
        )
        .bind(ids)
        .bind(titles)
        .bind(bodies)
        .bind(texts.iter().map(|text| text.category).collect::<Vec<_>>())
        .bind(texts.iter().map(|text| text.kind.as_str()).collect::<Vec<_>>())
        .bind(texts.iter().map(|text| text.month).collect::<Vec<_>>())
        .bind(texts.iter().map(|text| text.tags.join("\n")).collect::<Vec<_>>())
        .execute(&mut self.database)
        .await?;
        Ok(())
    }

    async fn finish(&mut self) -> Result<()> {
        for statement in ["create index on text using gin (words)", "analyze text"] {
            sqlx::query(statement).execute(&mut self.database).await?;
        }
        Ok(())
    }

    async fn search(&mut self, words: &str) -> Result<Vec<i64>> {
        let mut hits = self.find(ALL, words).await?;
        if hits.len() < DEPTH {
            let more = self.find(ANY, words).await?;
            complete(&mut hits, more);
        }
        Ok(hits)
    }

    async fn page(&mut self, words: &str) -> Result<Option<usize>> {
        let [all, any] = QUERIES;
        let mut query = all;
        let mut shown = self.show(SHOW, query, words).await?;
        if shown < DEPTH {
            query = any;
            shown = self.show(SHOW, query, words).await?;
        }
        self.show(COUNTS, query, words).await?;
        Ok(Some(shown))
    }

    async fn size(&mut self) -> Result<u64> {
        let row = sqlx::query("select pg_total_relation_size('text')").fetch_one(&mut self.database).await?;
        Ok(u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or_default())
    }
}
