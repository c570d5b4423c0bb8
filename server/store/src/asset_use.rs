//! Which pictures texts name, and letting go of those that none has named for a while.
//!
//! A picture is uploaded before the text that names it is saved, and a text may name one of long ago: so what is unused
//! is first only noted, and goes when it is still unused much later.

use crate::article::column;
use crate::asset::hashes_in;
use crate::error::{StoreError, read, write};
use crate::pool::Store;
use crate::revision::unpack;
use crate::sql::Sql;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};
use std::collections::HashSet;
use types::{DraftFields, Timestamp};

/// Rows looked through at a time, so that memory stays small and others get their turn.
const BATCH: i64 = 200;
/// Pictures removed in one transaction.
const AT_ONCE: i64 = 100;

impl Store {
    /// The hashes of all pictures that articles, drafts, kept versions or redirects name.
    ///
    /// # Errors
    /// When the database cannot be read, or a text in it is damaged: then nothing must be removed.
    pub async fn used_assets(&self) -> Result<HashSet<String>, StoreError> {
        let failed = read("texts that name pictures");
        let mut used = HashSet::new();
        let (mut article, mut number) = (i64::MIN, 0);
        loop {
            let rows = sqlx::query(
                "select a.id, a.body, a.html, coalesce(a.cover, '') as cover, d.fields from article a \
                 left join draft d on d.article_id = a.id where a.id > $1 order by a.id limit $2",
            )
            .bind(article)
            .bind(BATCH)
            .fetch_all(&self.reader)
            .await
            .map_err(&failed)?;
            let Some(last) = rows.last() else { break };
            article = column(last, "id")?;
            for row in &rows {
                note_article(&mut used, row)?;
                note_packed(&mut used, row, "fields")?;
            }
        }
        article = i64::MIN;
        loop {
            let rows = sqlx::query(
                "select article_id, number, body, packed from revision where article_id > $1 \
                 or (article_id = $1 and number > $2) order by article_id, number limit $3",
            )
            .bind(article)
            .bind(number)
            .bind(BATCH)
            .fetch_all(&self.reader)
            .await
            .map_err(&failed)?;
            let Some(last) = rows.last() else { break };
            (article, number) = (column(last, "article_id")?, column(last, "number")?);
            for row in &rows {
                used.extend(hashes_in(&column::<String>(row, "body")?));
                note_packed(&mut used, row, "packed")?;
            }
        }
        let rows = sqlx::query("select new_path from redirect where new_path like '/media/%'").fetch_all(&self.reader);
        for row in &rows.await.map_err(&failed)? {
            used.extend(hashes_in(&column::<String>(row, "new_path")?));
        }
        Ok(used)
    }

    /// Notes which pictures are unused since `now`, and that the others are used.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn note_unused_assets(&self, used: &HashSet<String>, now: Timestamp) -> Result<(), StoreError> {
        let rows = sqlx::query("select hash, unused_since from asset_upkeep").fetch_all(&self.reader).await;
        let (mut lost, mut found) = (Vec::new(), Vec::new());
        for row in &rows.map_err(read("pictures"))? {
            let hash: String = column(row, "hash")?;
            match (used.contains(&hash), column::<Option<i64>>(row, "unused_since")?) {
                (false, None) => lost.push(hash),
                (true, Some(_)) => found.push(hash),
                _ => {}
            }
        }
        let failed = write("what is known of pictures");
        for (hashes, since) in [(lost, Some(now.0)), (found, None)] {
            for hashes in hashes.chunks(AT_ONCE as usize) {
                let mut transaction = self.write().await.map_err(&failed)?;
                for hash in hashes {
                    sqlx::query("update asset_upkeep set unused_since = $1 where hash = $2")
                        .bind(since)
                        .bind(hash.as_str())
                        .execute(&mut *transaction)
                        .await
                        .map_err(&failed)?;
                }
                transaction.commit().await.map_err(&failed)?;
            }
        }
        Ok(())
    }

    /// Removes pictures that are unused since before a time, but for those that a text names which was saved after
    /// `looked`, when use was last looked into. Returns how many went.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn remove_unused_assets(&self, before: Timestamp, looked: Timestamp) -> Result<u64, StoreError> {
        let failed = write("pictures");
        let mut removed = 0;
        loop {
            // Nobody saves a text while this transaction lasts.
            let mut transaction = self.write().await.map_err(&failed)?;
            let newly_used = used_since(&mut transaction, looked).await?;
            let rows = sqlx::query(
                "select hash from asset_upkeep where unused_since < $1 order by unused_since, hash limit $2",
            )
            .bind(before.0)
            .bind(AT_ONCE)
            .fetch_all(&mut *transaction)
            .await
            .map_err(read("pictures"))?;
            let mut going: Vec<String> = rows.iter().map(|row| column(row, "hash")).collect::<Result<_, _>>()?;
            let asked = going.len();
            going.retain(|hash| !newly_used.contains(hash));
            if going.is_empty() {
                return Ok(removed);
            }
            for table in ["delete from asset_variant", "delete from asset_upkeep", "delete from asset"] {
                let mut sql = Sql::default();
                sql.push(table).push(" where hash in (").texts(&going).push(")");
                sql.query().execute(&mut *transaction).await.map_err(&failed)?;
            }
            transaction.commit().await.map_err(&failed)?;
            removed += going.len() as u64;
            if asked < AT_ONCE as usize {
                return Ok(removed);
            }
        }
    }
}

/// The pictures that texts name which were saved since a time.
async fn used_since(transaction: &mut Transaction<'_, Any>, since: Timestamp) -> Result<HashSet<String>, StoreError> {
    let failed = read("texts that name pictures");
    let mut used = HashSet::new();
    let drafts = sqlx::query("select fields from draft where saved_at >= $1").bind(since.0);
    for row in &drafts.fetch_all(&mut **transaction).await.map_err(&failed)? {
        note_packed(&mut used, row, "fields")?;
    }
    // An import may give an article any date; the change log tells when it came.
    let articles = sqlx::query(
        "select body, html, coalesce(cover, '') as cover from article \
         where id in (select article_id from change_log where changed_at >= $1)",
    );
    for row in &articles.bind(since.0).fetch_all(&mut **transaction).await.map_err(&failed)? {
        note_article(&mut used, row)?;
    }
    Ok(used)
}

/// What an article names, as readers see it.
fn note_article(used: &mut HashSet<String>, row: &AnyRow) -> Result<(), StoreError> {
    for name in ["body", "html", "cover"] {
        used.extend(hashes_in(&column::<String>(row, name)?));
    }
    Ok(())
}

/// What the packed fields in a column name; nothing where there are none.
fn note_packed(used: &mut HashSet<String>, row: &AnyRow, name: &str) -> Result<(), StoreError> {
    let packed = row.try_get::<Option<Vec<u8>>, _>(name).map_err(read("texts that name pictures"))?;
    if let Some(packed) = packed {
        let fields = unpack(&packed)?.over(DraftFields::default());
        used.extend(hashes_in(&fields.body));
        used.extend(hashes_in(&fields.cover));
    }
    Ok(())
}
