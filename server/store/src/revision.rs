//! Kept versions of an article's text, each with every field, compressed.

use crate::article::{column, number};
use crate::error::{StoreError, read, write};
use crate::pool::Store;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use sqlx::{Any, Row, Transaction};
use std::io::{Read, Write};
use types::{ArticleId, DraftFields, GivenFields, Revision, RevisionReason, Timestamp};

/// The largest text that a packed version may become; far above what a draft may hold.
const MAX_UNPACKED: u64 = 32 * 1024 * 1024;

/// A version to be kept.
pub(crate) struct Kept<'a> {
    pub number: u32,
    pub by: &'a str,
    pub reason: RevisionReason,
    pub at: i64,
}

impl Store {
    /// The kept versions, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn revisions(&self, article: ArticleId, limit: u32) -> Result<Vec<Revision>, StoreError> {
        let rows = sqlx::query(
            "select number, title, saved_at, saved_by, reason from revision where article_id = $1 order by number desc limit $2",
        )
        .bind(article.0)
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(read("the versions of an article"))?;
        rows.iter()
            .map(|row| {
                Ok(Revision {
                    number: number(row, "number")?,
                    title: column(row, "title")?,
                    saved_at: Timestamp(column(row, "saved_at")?),
                    saved_by: column::<Option<String>>(row, "saved_by")?.unwrap_or_default(),
                    reason: column::<Option<String>>(row, "reason")?
                        .and_then(|reason| reason.parse().ok())
                        .unwrap_or_default(),
                })
            })
            .collect()
    }

    /// The fields of one kept version, as many as there were when it was kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn revision(&self, article: ArticleId, number: u32) -> Result<Option<GivenFields>, StoreError> {
        let row = sqlx::query("select title, body, packed from revision where article_id = $1 and number = $2")
            .bind(article.0)
            .bind(i64::from(number))
            .fetch_optional(&self.reader)
            .await
            .map_err(read("a version of an article"))?;
        row.map(|row| match row.try_get::<Option<Vec<u8>>, _>("packed").map_err(read("a version of an article"))? {
            Some(packed) => unpack(&packed),
            None => Ok(GivenFields::from([("title", column(&row, "title")?), ("body", column(&row, "body")?)])),
        })
        .transpose()
    }
}

/// Keeps a version; one of the same number gives way, because it has the same text.
pub(crate) async fn keep(
    transaction: &mut Transaction<'_, Any>,
    article: ArticleId,
    kept: &Kept<'_>,
    fields: &DraftFields,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into revision (article_id, number, title, body, saved_at, packed, saved_by, reason) \
         values ($1, $2, $3, '', $4, $5, $6, $7) on conflict (article_id, number) do update set reason = excluded.reason",
    )
    .bind(article.0)
    .bind(i64::from(kept.number))
    .bind(fields.title.as_str())
    .bind(kept.at)
    .bind(pack(fields)?)
    .bind(kept.by)
    .bind(kept.reason.as_str())
    .execute(&mut **transaction)
    .await
    .map_err(write("a version of an article"))?;
    Ok(())
}

/// Fields as compressed JSON.
pub(crate) fn pack(fields: &DraftFields) -> Result<Vec<u8>, StoreError> {
    let damaged = |_| StoreError::Damaged("a draft");
    let json = serde_json::to_vec(fields).map_err(|_| StoreError::Damaged("a draft"))?;
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(json.len() / 2), Compression::default());
    encoder.write_all(&json).map_err(damaged)?;
    encoder.finish().map_err(damaged)
}

/// Fields out of compressed JSON, as many as there were when they were packed.
pub(crate) fn unpack(packed: &[u8]) -> Result<GivenFields, StoreError> {
    let mut json = Vec::new();
    ZlibDecoder::new(packed).take(MAX_UNPACKED).read_to_end(&mut json).map_err(|_| StoreError::Damaged("a draft"))?;
    serde_json::from_slice(&json).map_err(|_| StoreError::Damaged("a draft"))
}
