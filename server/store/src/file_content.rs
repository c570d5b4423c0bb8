//! Contents of files for download: by their hash and in pieces, until no article has offered them for a while.

use crate::article::column;
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use crate::sql::Sql;
use sqlx::{Any, Transaction};
use types::{Listing, Timestamp};

/// Bytes of one piece.
pub const PIECE_BYTES: usize = 256 * 1024;
/// Files removed in one transaction; each may be large.
const AT_ONCE: i64 = 10;

/// A content on its way into the database.
#[derive(Clone, Debug)]
pub struct FileToKeep {
    /// SHA-256, in hexadecimal.
    pub sha256: String,
    /// Media type, by content.
    pub content_type: String,
    /// What an archive holds.
    pub listing: Option<Listing>,
    /// The content.
    pub data: Vec<u8>,
}

impl Store {
    /// Stores a content; one that is there already stays, and counts as stored now.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn put_file(&self, file: &FileToKeep) -> Result<(), StoreError> {
        let failed = write("a file");
        let mut transaction = self.write().await.map_err(&failed)?;
        put(&mut transaction, file).await?;
        transaction.commit().await.map_err(&failed)
    }

    /// One piece of a content: its bytes from `position` times [`PIECE_BYTES`].
    ///
    /// # Errors
    /// When the database cannot be read, or does not hold it.
    pub async fn file_piece(&self, sha256: &str, position: u64) -> Result<Vec<u8>, StoreError> {
        let row = sqlx::query("select data from file_piece where hash = $1 and position = $2")
            .bind(sha256)
            .bind(position.cast_signed())
            .fetch_one(&self.reader)
            .await
            .map_err(read("a piece of a file"))?;
        column(&row, "data")
    }

    /// A whole content, for the export.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn file_data(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        let rows = sqlx::query("select data from file_piece where hash = $1 order by position")
            .bind(sha256)
            .fetch_all(&self.reader)
            .await
            .map_err(read("a file"))?;
        let pieces = rows.iter().map(|row| column::<Vec<u8>>(row, "data")).collect::<Result<Vec<_>, _>>()?;
        Ok(pieces.concat())
    }

    /// Removes files that no article offers and that were stored, or let go of, before a time; returns how many. Neither
    /// drafts nor kept versions name files: only what an article offers is needed.
    ///
    /// # Errors
    /// When the database cannot be read or written; what went before stays gone.
    pub async fn remove_unused_files(&self, before: Timestamp) -> Result<u64, StoreError> {
        let failed = write("files");
        let mut removed = 0;
        loop {
            // Nobody attaches a file while this transaction lasts.
            let mut transaction = self.write().await.map_err(&failed)?;
            let rows = sqlx::query(
                "select f.hash from file f where f.stored_at < $1 \
                 and not exists (select 1 from attachment x where x.hash = f.hash) order by f.stored_at limit $2",
            )
            .bind(before.0)
            .bind(AT_ONCE)
            .fetch_all(&mut *transaction)
            .await
            .map_err(read("files"))?;
            let going: Vec<String> = rows.iter().map(|row| column(row, "hash")).collect::<Result<_, _>>()?;
            if going.is_empty() {
                return Ok(removed);
            }
            for table in ["delete from file_piece", "delete from file"] {
                let mut sql = Sql::default();
                sql.push(table).push(" where hash in (").texts(&going).push(")");
                sql.query().execute(&mut *transaction).await.map_err(&failed)?;
            }
            transaction.commit().await.map_err(&failed)?;
            removed += going.len() as u64;
        }
    }
}

/// As [`Store::put_file`], with what else the transaction does.
pub(crate) async fn put(transaction: &mut Transaction<'_, Any>, file: &FileToKeep) -> Result<(), StoreError> {
    let failed = write("a file");
    let listing = file.listing.as_ref().map(serde_json::to_string).transpose();
    let listing = listing.map_err(|_| StoreError::Damaged("a listing"))?;
    if touch(transaction, &file.sha256).await? > 0 {
        return Ok(());
    }
    sqlx::query("insert into file (hash, size, content_type, listing, stored_at) values ($1, $2, $3, $4, $5)")
        .bind(file.sha256.as_str())
        .bind(file.data.len() as i64)
        .bind(file.content_type.as_str())
        .bind(listing.as_deref())
        .bind(id::now())
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    for (position, piece) in file.data.chunks(PIECE_BYTES).enumerate() {
        sqlx::query("insert into file_piece (hash, position, data) values ($1, $2, $3)")
            .bind(file.sha256.as_str())
            .bind(position as i64)
            .bind(piece)
            .execute(&mut **transaction)
            .await
            .map_err(&failed)?;
    }
    Ok(())
}

/// Notes that a content is as good as stored now: what is let go of today is kept as long as what was stored today.
/// Returns how many there are of it.
pub(crate) async fn touch(transaction: &mut Transaction<'_, Any>, sha256: &str) -> Result<u64, StoreError> {
    let touched = sqlx::query("update file set stored_at = $1 where hash = $2")
        .bind(id::now())
        .bind(sha256)
        .execute(&mut **transaction)
        .await
        .map_err(write("a file"))?;
    Ok(touched.rows_affected())
}
