//! Smaller copies of pictures: which pictures still lack them, storing them, and which there are.

use crate::article::{column, number};
use crate::asset::Asset;
use crate::error::{StoreError, read, write};
use crate::pool::Store;
use crate::sql::Sql;
use sqlx::{Any, Transaction};
use std::collections::HashMap;

/// A smaller copy of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Media type, which may be another one than the original's.
    pub content_type: String,
    /// The content.
    pub data: Vec<u8>,
}

/// The widths in which there is a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Widths {
    /// Of the original, in pixels.
    pub original: u32,
    /// Width and media type of each smaller copy, the smallest first.
    pub variants: Vec<(u32, String)>,
}

impl Store {
    /// A picture that this maker of variants has not gone over.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn asset_without_variants(&self, maker: i64) -> Result<Option<Asset>, StoreError> {
        let row =
            sqlx::query("select hash from asset_upkeep where variants_by < $1 order by variants_by, hash limit 1")
                .bind(maker)
                .fetch_optional(&self.reader)
                .await
                .map_err(read("pictures without variants"))?;
        match row {
            Some(row) => self.asset(&column::<String>(&row, "hash")?).await,
            None => Ok(None),
        }
    }

    /// Stores what this maker made of a picture, be it nothing. A picture that is gone by now has no variants.
    ///
    /// # Errors
    /// When the database cannot be written; then nothing was.
    pub async fn put_variants(&self, hash: &str, maker: i64, variants: &[Variant]) -> Result<(), StoreError> {
        let failed = write("the variants of a picture");
        let mut transaction = self.write().await.map_err(&failed)?;
        let noted = sqlx::query("update asset_upkeep set variants_by = $1 where hash = $2")
            .bind(maker)
            .bind(hash)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        if noted.rows_affected() == 0 {
            return Ok(());
        }
        remove_variants(&mut transaction, hash).await?;
        for variant in variants {
            sqlx::query(
                "insert into asset_variant (hash, width, height, content_type, data) values ($1, $2, $3, $4, $5)",
            )
            .bind(hash)
            .bind(i64::from(variant.width))
            .bind(i64::from(variant.height))
            .bind(variant.content_type.as_str())
            .bind(variant.data.as_slice())
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        }
        transaction.commit().await.map_err(&failed)
    }

    /// The copy of a picture in a width.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn variant(&self, hash: &str, width: u32) -> Result<Option<Variant>, StoreError> {
        let row =
            sqlx::query("select width, height, content_type, data from asset_variant where hash = $1 and width = $2")
                .bind(hash)
                .bind(i64::from(width))
                .fetch_optional(&self.reader)
                .await
                .map_err(read("a variant of a picture"))?;
        row.map(|row| {
            Ok(Variant {
                width: number(&row, "width")?,
                height: number(&row, "height")?,
                content_type: column(&row, "content_type")?,
                data: column(&row, "data")?,
            })
        })
        .transpose()
    }

    /// The widths in which there are pictures, by their hashes; nothing for those that have no variants.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn widths_of(&self, hashes: &[String]) -> Result<HashMap<String, Widths>, StoreError> {
        let mut found: HashMap<String, Widths> = HashMap::new();
        if hashes.is_empty() {
            return Ok(found);
        }
        let mut sql = Sql::default();
        sql.push("select v.hash, v.width, v.content_type, a.width as original from asset_variant v ");
        sql.push("join asset a on a.hash = v.hash where v.hash in (");
        sql.texts(hashes).push(") order by v.hash, v.width");
        for row in sql.query().fetch_all(&self.reader).await.map_err(read("widths of pictures"))? {
            let widths = found.entry(column(&row, "hash")?).or_default();
            widths.original = number(&row, "original")?;
            widths.variants.push((number(&row, "width")?, column(&row, "content_type")?));
        }
        Ok(found)
    }
}

/// Removes the variants of a picture.
async fn remove_variants(transaction: &mut Transaction<'_, Any>, hash: &str) -> Result<(), StoreError> {
    sqlx::query("delete from asset_variant where hash = $1")
        .bind(hash)
        .execute(&mut **transaction)
        .await
        .map_err(write("the variants of a picture"))?;
    Ok(())
}
