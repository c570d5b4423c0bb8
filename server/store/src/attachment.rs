//! Files for download: which article offers them under which names, and how often they were taken.

use crate::article::{column, number, parse};
use crate::error::{StoreError, read, write};
use crate::file_content::{FileToKeep, put, touch};
use crate::id;
use crate::pool::Store;
use crate::review::{SentBack, review_again};
use crate::sql::Sql;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};
use std::collections::HashMap;
use types::{ArticleId, Attachment, AttachmentId, Offer, Slug};

/// Files that one article may offer.
pub const MOST_ATTACHMENTS: usize = 20;

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

    /// Stores a file and lets an article offer it; nothing is stored that the article may not offer. A name that another
    /// file of the article has is numbered. With something to say, a scheduled article waits for review again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn attach(
        &self,
        article: ArticleId,
        name: &str,
        licence: Option<&str>,
        file: &FileToKeep,
        review: Option<&SentBack<'_>>,
    ) -> Result<Attached, StoreError> {
        let failed = write("an attachment");
        let mut transaction = self.write().await.map_err(&failed)?;
        let before = offered(&mut transaction, article).await?;
        if before.iter().any(|(_, other, hash)| other == name && *hash == file.sha256) {
            return Ok(Attached::Already);
        }
        if before.len() >= MOST_ATTACHMENTS {
            return Ok(Attached::TooMany);
        }
        let mut free = name.to_owned();
        let mut try_number = 2;
        while before.iter().any(|(_, other, _)| *other == free) {
            free = numbered(name, try_number);
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
        put(&mut transaction, file).await?;
        let sha256 = file.sha256.clone();
        let offer = AttachmentToSave { name: free, sha256, licence: licence.map(str::to_owned) };
        insert(&mut transaction, article, position, &offer).await?;
        review_again(&mut transaction, article, review).await?;
        transaction.commit().await.map_err(&failed)?;
        Ok(Attached::Added)
    }

    /// Takes a file from an article; whether the article offered it. The content stays until it is cleaned up. With
    /// something to say, a scheduled article waits for review again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn detach(
        &self,
        article: ArticleId,
        id: AttachmentId,
        review: Option<&SentBack<'_>>,
    ) -> Result<bool, StoreError> {
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
        let gone = gone.rows_affected() > 0;
        if gone {
            review_again(&mut transaction, article, review).await?;
        }
        transaction.commit().await.map_err(&failed)?;
        Ok(gone)
    }

    /// Says what one may do with a file. With something to say, a scheduled article waits for review again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_licence(
        &self,
        article: ArticleId,
        id: AttachmentId,
        licence: Option<&str>,
        review: Option<&SentBack<'_>>,
    ) -> Result<(), StoreError> {
        let failed = write("an attachment's licence");
        let mut transaction = self.write().await.map_err(&failed)?;
        let query =
            "update attachment set licence = $1 where id = $2 and article_id = $3 and coalesce(licence, '') <> $4";
        let changed = sqlx::query(query)
            .bind(licence)
            .bind(id.0)
            .bind(article.0)
            .bind(licence.unwrap_or_default())
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        if changed.rows_affected() > 0 {
            review_again(&mut transaction, article, review).await?;
        }
        transaction.commit().await.map_err(&failed)
    }

    /// Counts downloads of files, and how many of each.
    ///
    /// # Errors
    /// When the database cannot be written; then none is counted.
    pub async fn count_downloads(&self, counts: &[(AttachmentId, i64)]) -> Result<(), StoreError> {
        let failed = write("downloads");
        let mut transaction = self.write().await.map_err(&failed)?;
        for (id, count) in counts {
            sqlx::query("update attachment set downloads = downloads + $1 where id = $2")
                .bind(*count)
                .bind(id.0)
                .execute(&mut *transaction)
                .await
                .map_err(&failed)?;
        }
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
    for (id, _, hash) in before.iter().filter(|(_, name, hash)| !kept(name, hash)) {
        touch(transaction, hash).await?;
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
