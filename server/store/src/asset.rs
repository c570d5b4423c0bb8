//! Pictures, by the hash of their content.

use crate::article::{column, number};
use crate::error::{StoreError, read, write};
use crate::pool::Store;
use crate::sql::Sql;
use std::collections::HashMap;

/// Most characters of a hash.
const HASH_LENGTH: usize = 64;

/// A stored picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Hash of the content, in hexadecimal.
    pub hash: String,
    /// Media type, by content.
    pub content_type: String,
    /// In pixels; 0 where unknown.
    pub width: u32,
    /// In pixels; 0 where unknown.
    pub height: u32,
    /// The content.
    pub data: Vec<u8>,
}

/// The hashes of the pictures of this site that a text names by their addresses, each once.
#[must_use]
pub fn hashes_in(text: &str) -> Vec<String> {
    const PLACE: &str = "/media/";
    let names = text.match_indices(PLACE).map(|(at, _)| &text[at + PLACE.len()..]);
    let hashes = names.map(|name| &name[..name.bytes().take_while(u8::is_ascii_hexdigit).count()]);
    let mut hashes: Vec<String> =
        hashes.filter(|hash| (1..=HASH_LENGTH).contains(&hash.len())).map(str::to_owned).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

impl Store {
    /// Stores a picture; one that is there already stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn put_asset(&self, asset: &Asset) -> Result<(), StoreError> {
        let failed = write("a picture");
        let mut transaction = self.write().await.map_err(&failed)?;
        sqlx::query(
            "insert into asset (hash, content_type, width, height, data) values ($1, $2, $3, $4, $5) on conflict do nothing",
        )
        .bind(asset.hash.as_str())
        .bind(asset.content_type.as_str())
        .bind(i64::from(asset.width))
        .bind(i64::from(asset.height))
        .bind(asset.data.as_slice())
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?;
        // Who uploads it again is about to name it in a text.
        sqlx::query(
            "insert into asset_upkeep (hash, variants_by) values ($1, 0) on conflict (hash) do update set unused_since = null",
        )
            .bind(asset.hash.as_str())
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        transaction.commit().await.map_err(&failed)
    }

    /// The picture with this hash.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn asset(&self, hash: &str) -> Result<Option<Asset>, StoreError> {
        let row = sqlx::query("select hash, content_type, width, height, data from asset where hash = $1")
            .bind(hash)
            .fetch_optional(&self.reader)
            .await
            .map_err(read("a picture"))?;
        row.map(|row| {
            Ok(Asset {
                hash: column(&row, "hash")?,
                content_type: column(&row, "content_type")?,
                width: number(&row, "width")?,
                height: number(&row, "height")?,
                data: column(&row, "data")?,
            })
        })
        .transpose()
    }

    /// Width and height of stored pictures.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn asset_sizes(&self, hashes: &[String]) -> Result<HashMap<String, (u32, u32)>, StoreError> {
        if hashes.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = Sql::default();
        sql.push("select hash, width, height from asset where hash in (");
        sql.texts(hashes).push(")");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("sizes of pictures"))?;
        rows.iter().map(|row| Ok((column(row, "hash")?, (number(row, "width")?, number(row, "height")?)))).collect()
    }
}
