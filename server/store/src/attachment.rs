//! Files for download: their content by its hash and in pieces, which article offers them, and how often they were taken.

use crate::article::{column, number, parse};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use crate::sql::Sql;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};
use std::collections::HashMap;
use types::{ArticleId, Attachment, AttachmentId, Listing, Offer, Slug};

/// Bytes of one piece.
pub const PIECE_BYTES: usize = 256 * 1024;
/// Files that one article may offer.
pub const MOST_ATTACHMENTS: usize = 20;

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

/// A file that an article is to offer; its content is stored already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentToSave {
    /// The name under which it is saved.
    pub name: String,
    /// SHA-256 of its content.
    pub sha256: String,
    /// What one may do with it.
    pub licence: Option<String>,
}

/// What became of attaching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attached {
    /// The article offers it.
    Added,
    /// The article offered this very file under this name already.
    Already,
    /// The article offers as many as it may.
    TooMany,
}

/// A file that readers may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedFile {
    /// What it is.
    pub attachment: Attachment,
    /// The article.
    pub article: ArticleId,
    /// Where the article stands.
    pub slug: Slug,
    /// Whether readers see the article.
    pub published: bool,
}

const COLUMNS: &str =
    "select x.id, x.article_id, x.name, x.licence, x.downloads, x.hash, f.size, f.content_type, f.listing";

impl Store {
    /// Stores a content; one that is there already stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn put_file(&self, file: &FileToKeep) -> Result<(), StoreError> {
        let failed = write("a file");
        let listing = file.listing.as_ref().map(serde_json::to_string).transpose();
        let listing = listing.map_err(|_| StoreError::Damaged("a listing"))?;
        let mut transaction = self.write().await.map_err(&failed)?;
        let made = sqlx::query(
            "insert into file (hash, size, content_type, listing, stored_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        )
        .bind(file.sha256.as_str())
        .bind(file.data.len() as i64)
        .bind(file.content_type.as_str())
        .bind(listing.as_deref())
        .bind(id::now())
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?;
        if made.rows_affected() > 0 {
            for (position, piece) in file.data.chunks(PIECE_BYTES).enumerate() {
                sqlx::query("insert into file_piece (hash, position, data) values ($1, $2, $3)")
                    .bind(file.sha256.as_str())
                    .bind(position as i64)
                    .bind(piece)
                    .execute(&mut *transaction)
                    .await
                    .map_err(&failed)?;
            }
        }
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

    /// The attachment of this number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn offered_file(&self, id: AttachmentId) -> Result<Option<OfferedFile>, StoreError> {
        let mut sql = Sql::default();
        sql.push(COLUMNS).push(", a.slug, a.status from attachment x join file f on f.hash = x.hash ");
        sql.push("join article a on a.id = x.article_id where x.id in (").numbers(std::iter::once(id.0)).push(")");
        let row = sql.query().fetch_optional(&self.reader).await.map_err(read("an attachment"))?;
        row.map(|row| {
            Ok(OfferedFile {
                attachment: attachment(&row)?,
                article: ArticleId(column(&row, "article_id")?),
                slug: parse(&row, "slug")?,
                published: column::<String>(&row, "status")? == "published",
            })
        })
        .transpose()
    }

    /// What articles offer, by their numbers, each in its order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn attachments_of(&self, ids: &[ArticleId]) -> Result<HashMap<i64, Vec<Attachment>>, StoreError> {
        let mut found: HashMap<i64, Vec<Attachment>> = HashMap::new();
        if ids.is_empty() {
            return Ok(found);
        }
        let mut sql = Sql::default();
        sql.push(COLUMNS).push(" from attachment x join file f on f.hash = x.hash where x.article_id in (");
        sql.numbers(ids.iter().map(|id| id.0)).push(") order by x.article_id, x.position, x.id");
        for row in sql.query().fetch_all(&self.reader).await.map_err(read("attachments"))? {
            found.entry(column(&row, "article_id")?).or_default().push(attachment(&row)?);
        }
        Ok(found)
    }

    /// What articles offer in all, by their numbers; nothing for those that offer nothing.
    pub(crate) async fn offers_of(&self, ids: &[ArticleId]) -> Result<HashMap<i64, Offer>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = Sql::default();
        sql.push(
            "select x.article_id, count(*) as files, cast(sum(f.size) as bigint) as size, \
             cast(sum(x.downloads) as bigint) as downloads from attachment x join file f on f.hash = x.hash \
             where x.article_id in (",
        );
        sql.numbers(ids.iter().map(|id| id.0)).push(") group by x.article_id");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("attachments"))?;
        rows.iter()
            .map(|row| {
                let offer = Offer {
                    files: number(row, "files")?,
                    size: column::<i64>(row, "size")?.cast_unsigned(),
                    downloads: column(row, "downloads")?,
                };
                Ok((column(row, "article_id")?, offer))
            })
            .collect()
    }

    /// Lets an article offer a file. A name that another file of the article has is numbered.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn attach(&self, article: ArticleId, wanted: &AttachmentToSave) -> Result<Attached, StoreError> {
        let failed = write("an attachment");
        let mut transaction = self.write().await.map_err(&failed)?;
        let before = offered(&mut transaction, article).await?;
        if before.iter().any(|(_, name, hash)| *name == wanted.name && *hash == wanted.sha256) {
            return Ok(Attached::Already);
        }
        if before.len() >= MOST_ATTACHMENTS {
            return Ok(Attached::TooMany);
        }
        let mut name = wanted.name.clone();
        let mut try_number = 2;
        while before.iter().any(|(_, other, _)| *other == name) {
            name = numbered(&wanted.name, try_number);
            try_number += 1;
        }
        let row = sqlx::query(
            "select cast(coalesce(max(position), 0) + 1 as bigint) as next from attachment where article_id = $1",
        )
        .bind(article.0)
        .fetch_one(&mut *transaction)
        .await
        .map_err(read("attachments"))?;
        let position = column(&row, "next")?;
        insert(&mut transaction, article, position, &AttachmentToSave { name, ..wanted.clone() }).await?;
        transaction.commit().await.map_err(&failed)?;
        Ok(Attached::Added)
    }

    /// Takes a file from an article; whether the article offered it. The content stays until it is cleaned up.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn detach(&self, article: ArticleId, id: AttachmentId) -> Result<bool, StoreError> {
        let failed = write("an attachment");
        let mut transaction = self.write().await.map_err(&failed)?;
        // What was let go of today is kept as long as what was stored today.
        sqlx::query("update file set stored_at = $1 where hash in (select hash from attachment where id = $2 and article_id = $3)")
            .bind(id::now())
            .bind(id.0)
            .bind(article.0)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        let gone = sqlx::query("delete from attachment where id = $1 and article_id = $2")
            .bind(id.0)
            .bind(article.0)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        transaction.commit().await.map_err(&failed)?;
        Ok(gone.rows_affected() > 0)
    }

    /// Says what one may do with a file.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_licence(
        &self,
        article: ArticleId,
        id: AttachmentId,
        licence: Option<&str>,
    ) -> Result<(), StoreError> {
        let failed = write("an attachment's licence");
        let mut transaction = self.write().await.map_err(&failed)?;
        sqlx::query("update attachment set licence = $1 where id = $2 and article_id = $3")
            .bind(licence)
            .bind(id.0)
            .bind(article.0)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        transaction.commit().await.map_err(&failed)
    }

    /// Counts one download.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn count_download(&self, id: AttachmentId) -> Result<(), StoreError> {
        let failed = write("a download");
        let mut transaction = self.write().await.map_err(&failed)?;
        sqlx::query("update attachment set downloads = downloads + 1 where id = $1")
            .bind(id.0)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        transaction.commit().await.map_err(&failed)
    }
}

/// Makes an article offer exactly these files. What it offered before under the same name and content keeps its number
/// and its count.
pub(crate) async fn replace(
    transaction: &mut Transaction<'_, Any>,
    article: ArticleId,
    wanted: &[AttachmentToSave],
) -> Result<(), StoreError> {
    let failed = write("an article's attachments");
    let before = offered(transaction, article).await?;
    let kept = |name: &str, hash: &str| wanted.iter().any(|file| file.name == name && file.sha256 == hash);
    for (id, ..) in before.iter().filter(|(_, name, hash)| !kept(name, hash)) {
        sqlx::query("delete from attachment where id = $1")
            .bind(*id)
            .execute(&mut **transaction)
            .await
            .map_err(&failed)?;
    }
    for (position, file) in wanted.iter().enumerate() {
        let position = position as i64 + 1;
        match before.iter().find(|(_, name, hash)| *name == file.name && *hash == file.sha256) {
            Some((id, ..)) => {
                sqlx::query("update attachment set position = $1, licence = $2 where id = $3")
                    .bind(position)
                    .bind(file.licence.as_deref())
                    .bind(*id)
                    .execute(&mut **transaction)
                    .await
                    .map_err(&failed)?;
            }
            None => insert(transaction, article, position, file).await?,
        }
    }
    Ok(())
}

/// Number, name and hash of what an article offers.
async fn offered(
    transaction: &mut Transaction<'_, Any>,
    article: ArticleId,
) -> Result<Vec<(i64, String, String)>, StoreError> {
    let rows = sqlx::query("select id, name, hash from attachment where article_id = $1")
        .bind(article.0)
        .fetch_all(&mut **transaction)
        .await
        .map_err(read("attachments"))?;
    rows.iter().map(|row| Ok((column(row, "id")?, column(row, "name")?, column(row, "hash")?))).collect()
}

async fn insert(
    transaction: &mut Transaction<'_, Any>,
    article: ArticleId,
    position: i64,
    file: &AttachmentToSave,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into attachment (id, article_id, position, hash, name, licence) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id::next())
    .bind(article.0)
    .bind(position)
    .bind(file.sha256.as_str())
    .bind(file.name.as_str())
    .bind(file.licence.as_deref())
    .execute(&mut **transaction)
    .await
    .map_err(write("an attachment"))?;
    Ok(())
}

/// `a-2.zip` for `a.zip`.
fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{number}.{ending}"),
        None => format!("{name}-{number}"),
    }
}

fn attachment(row: &AnyRow) -> Result<Attachment, StoreError> {
    let listing = column::<Option<String>>(row, "listing")?;
    let listing = listing.map(|text| serde_json::from_str(&text)).transpose();
    Ok(Attachment {
        id: AttachmentId(column(row, "id")?),
        name: column(row, "name")?,
        content_type: column(row, "content_type")?,
        size: column::<i64>(row, "size")?.cast_unsigned(),
        sha256: column(row, "hash")?,
        licence: column(row, "licence")?,
        downloads: column(row, "downloads")?,
        listing: listing.map_err(|_| StoreError::Damaged("a listing"))?,
    })
}
