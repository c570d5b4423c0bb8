//! Saving articles: many in one transaction, each with its tags, revision, redirect and entry in the change log.

use crate::article::{column, parse};
use crate::article_to_save::ArticleToSave;
use crate::error::{StoreError, read, write};
use crate::id;
use crate::known::Known;
use crate::pool::Store;
use crate::redirect::redirect_article;
use crate::revision::Kept;
use crate::schedule::schedule;
use crate::sql::{Sql, Value};
use sqlx::{Any, Connection, Transaction};
use std::borrow::Cow;
use std::collections::HashMap;
use types::{ArticleId, ArticleStatus, RevisionReason, Slug};

/// What saving did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There was none before.
    Added,
    /// There is a new revision.
    Updated,
    /// Nothing was different.
    Unchanged,
    /// Somebody wrote a newer text on the site; the article was left as it is.
    Kept,
}

/// A saved article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its number.
    pub id: ArticleId,
    /// Its slug.
    pub slug: Slug,
    /// Its newest revision.
    pub revision: u32,
    /// What saving did.
    pub outcome: Outcome,
}

/// An imported article, as the importer knows it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its number.
    pub id: ArticleId,
    /// Its slug.
    pub slug: Slug,
    /// Hash of the file.
    pub hash: Option<String>,
    /// Which renderer made the HTML.
    pub render_version: i64,
    /// Where the article stands in its life.
    pub status: ArticleStatus,
    /// Its newest text was written on the site and did not come from a file.
    pub edited: bool,
}

/// Whether the newest text of an article was written on the site: it is published, or a draft that is newer than what is.
const EDITED: &str = "cast(case when coalesce(d.revision, 0) > a.revision or r.reason = 'published' then 1 else 0 end as bigint) \
     as edited from article a left join draft d on d.article_id = a.id \
     left join revision r on r.article_id = a.id and r.number = a.revision ";

impl Store {
    /// Imported articles by the path of their file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sources(&self) -> Result<HashMap<String, Source>, StoreError> {
        let mut sql = Sql::default();
        sql.push("select a.id, a.slug, a.status, a.source_path, a.source_hash, a.render_version, ").push(EDITED);
        sql.push("where a.source_path is not null");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("what was imported"))?;
        rows.iter()
            .map(|row| {
                let source = Source {
                    id: ArticleId(column(row, "id")?),
                    slug: parse(row, "slug")?,
                    hash: column(row, "source_hash")?,
                    render_version: column(row, "render_version")?,
                    status: parse(row, "status")?,
                    edited: column::<i64>(row, "edited")? != 0,
                };
                Ok((column(row, "source_path")?, source))
            })
            .collect()
    }

    /// Saves articles in one transaction. One that cannot be saved does not lose the others; when the transaction
    /// itself fails, none is stored and every result says so.
    pub async fn save_articles(&self, articles: &[ArticleToSave]) -> Vec<Result<Saved, StoreError>> {
        let failed = write("articles");
        let mut transaction = match self.write().await {
            Ok(transaction) => transaction,
            Err(error) => return all_failed(articles.len(), failed(error)),
        };
        let mut known = Known::default();
        let mut results = Vec::with_capacity(articles.len());
        for article in articles {
            // A savepoint: what one article did before it failed is taken back.
            let mut point = match transaction.begin().await {
                Ok(point) => point,
                Err(error) => return all_failed(articles.len(), failed(error)),
            };
            let result = save(&mut point, article, &mut known).await;
            let ended = if result.is_ok() {
                point.commit().await
            } else {
                known = Known::default();
                point.rollback().await
            };
            // On a full disk SQLite takes everything back by itself; what followed would be stored without the rest.
            if let Err(error) = ended {
                return all_failed(articles.len(), result.err().unwrap_or_else(|| failed(error)));
            }
            results.push(result);
        }
        match transaction.commit().await {
            Ok(()) => results,
            Err(error) => all_failed(articles.len(), failed(error)),
        }
    }
}

/// The same fault for every article: the first has its cause, the others refer to it.
fn all_failed(count: usize, error: StoreError) -> Vec<Result<Saved, StoreError>> {
    let mut results: Vec<_> =
        (1..count).map(|_| Err(StoreError::Write("the batch", sqlx::Error::WorkerCrashed))).collect();
    results.insert(0, Err(error));
    results
}

async fn save(
    transaction: &mut Transaction<'_, Any>,
    article: &ArticleToSave,
    known: &mut Known,
) -> Result<Saved, StoreError> {
    let category = known.category(transaction, &article.category).await?;
    let author = known.author(transaction, article).await?;
    let before = find(transaction, article).await?;
    if let Some(before) = &before {
        let same = article.source_hash.is_some()
            && before.hash == article.source_hash
            && before.render_version == article.render_version;
        // An exported file names its article itself: what it says is wanted.
        if same || before.edited && article.id.is_none() {
            let outcome = if same { Outcome::Unchanged } else { Outcome::Kept };
            return Ok(Saved { id: before.id, slug: before.slug.clone(), revision: before.revision, outcome });
        }
    }
    // What was taken from readers stays away from them, whatever its file says.
    let taken_down = before.as_ref().map(|before| before.status);
    let taken_down = taken_down
        .filter(|status| article.id.is_none() && matches!(status, ArticleStatus::Hidden | ArticleStatus::Removed));
    let article = &match taken_down {
        Some(status) => Cow::Owned(ArticleToSave { status, ..article.clone() }),
        None => Cow::Borrowed(article),
    };
    let id = before.as_ref().map(|before| before.id).or(article.id).unwrap_or_else(|| ArticleId(id::next()));
    // A draft may be further than what was published; its numbers must not be given twice.
    let drafted = crate::draft_save::drafted_revision(transaction, id).await?;
    let revision = before.as_ref().map_or(0, |before| before.revision).max(drafted) + 1;
    crate::draft_save::keep_draft(transaction, id).await?;
    let slug = free_slug(transaction, &article.slug, id).await?;
    let place = Place { id, slug: &slug, category, author, revision };
    write_article(transaction, article, &place, known).await?;
    let kept =
        Kept { number: revision, by: article.author_handle.as_str(), reason: RevisionReason::Imported, at: id::now() };
    crate::revision::keep(transaction, id, &kept, &article.fields()).await?;
    schedule(transaction, article, &place).await?;
    if let Some(old) = before.as_ref().map(|before| &before.slug).filter(|old| **old != slug) {
        redirect_article(transaction, old, &slug).await?;
    }
    let outcome = if before.is_some() { Outcome::Updated } else { Outcome::Added };
    Ok(Saved { id, slug, revision, outcome })
}

/// Where an article goes.
pub(crate) struct Place<'a> {
    pub id: ArticleId,
    pub slug: &'a Slug,
    pub category: i64,
    pub author: i64,
    pub revision: u32,
}

/// Writes the row, its tags and its entry in the change log.
pub(crate) async fn write_article(
    transaction: &mut Transaction<'_, Any>,
    article: &ArticleToSave,
    place: &Place<'_>,
    known: &mut Known,
) -> Result<(), StoreError> {
    let failed = write("an article");
    let Place { id, slug, category, author, revision } = *place;
    let texts = Texts::new(article)?;
    let query = sqlx::query(
        "insert into article (id, slug, kind, status, title, summary, body, html, outline, plain, blocks, words, minutes, \
         category_id, author_id, published_at, updated_at, month, revision, cover, applies_to, further_reading, \
         series_name, series_part, provenance, render_version, source_path, source_hash) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
         $23, $24, $25, $26, $27, $28) \
         on conflict (id) do update set slug = excluded.slug, kind = excluded.kind, status = excluded.status, \
         title = excluded.title, summary = excluded.summary, body = excluded.body, html = excluded.html, \
         outline = excluded.outline, plain = excluded.plain, blocks = excluded.blocks, words = excluded.words, \
         minutes = excluded.minutes, category_id = excluded.category_id, author_id = excluded.author_id, \
         published_at = excluded.published_at, updated_at = excluded.updated_at, month = excluded.month, \
         revision = excluded.revision, cover = excluded.cover, applies_to = excluded.applies_to, \
         further_reading = excluded.further_reading, series_name = excluded.series_name, \
         series_part = excluded.series_part, provenance = excluded.provenance, \
         render_version = excluded.render_version, source_path = excluded.source_path, source_hash = excluded.source_hash",
    );
    query
        .bind(id.0)
        .bind(slug.to_string())
        .bind(article.kind.as_str())
        .bind(article.status.as_str())
        .bind(article.title.as_str())
        .bind(article.summary.as_str())
        .bind(article.body.as_str())
        .bind(article.html.as_str())
        .bind(texts.outline)
        .bind(article.plain.as_str())
        .bind(texts.blocks)
        .bind(i64::from(article.words))
        .bind(i64::from(article.minutes))
        .bind(category)
        .bind(author)
        .bind(article.published_at.0)
        .bind(article.updated_at.0)
        .bind(article.published_at.month().number())
        .bind(i64::from(revision))
        .bind(article.cover.as_deref())
        .bind(article.applies_to.as_deref())
        .bind(article.further_reading.as_deref())
        .bind(article.series.as_ref().map(|place| place.name.as_str()))
        .bind(article.series.as_ref().and_then(|place| place.part).map(i64::from))
        .bind(texts.provenance)
        .bind(article.render_version)
        .bind(article.source_path.as_deref())
        .bind(article.source_hash.as_deref())
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    tag(transaction, id, &article.tags, known).await?;
    if let Some(attachments) = &article.attachments {
        crate::attachment::replace(transaction, id, attachments).await?;
    }
    let operation = if article.status == ArticleStatus::Published { "put" } else { "delete" };
    sqlx::query("insert into change_log (article_id, revision, operation, changed_at) values ($1, $2, $3, $4)")
        .bind(id.0)
        .bind(i64::from(revision))
        .bind(operation)
        .bind(id::now())
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    Ok(())
}

/// What is stored as JSON.
struct Texts {
    outline: String,
    blocks: String,
    provenance: String,
}

impl Texts {
    fn new(article: &ArticleToSave) -> Result<Self, StoreError> {
        let json = |value: serde_json::Result<String>| value.map_err(|_| StoreError::Damaged("an article's structure"));
        Ok(Self {
            outline: json(serde_json::to_string(&article.outline))?,
            blocks: json(serde_json::to_string(&article.blocks))?,
            provenance: json(serde_json::to_string(&article.provenance))?,
        })
    }
}

/// The article as it is stored now.
struct Before {
    id: ArticleId,
    slug: Slug,
    revision: u32,
    hash: Option<String>,
    render_version: i64,
    status: ArticleStatus,
    edited: bool,
}

async fn find(transaction: &mut Transaction<'_, Any>, article: &ArticleToSave) -> Result<Option<Before>, StoreError> {
    let mut sql = Sql::default();
    sql.push("select a.id, a.slug, a.revision, a.source_hash, a.render_version, a.status, ").push(EDITED);
    match (&article.id, &article.source_path) {
        (Some(id), _) => sql.push("where a.id = ").bind(Value::Number(id.0)),
        (None, Some(path)) => sql.push("where a.source_path = ").bind(Value::Text(path.clone())),
        (None, None) => return Ok(None),
    };
    let row = sql.query().fetch_optional(&mut **transaction).await.map_err(read("an article"))?;
    row.map(|row| {
        Ok(Before {
            id: ArticleId(column(&row, "id")?),
            slug: parse(&row, "slug")?,
            revision: crate::article::number(&row, "revision")?,
            hash: column(&row, "source_hash")?,
            render_version: column(&row, "render_version")?,
            status: parse(&row, "status")?,
            edited: column::<i64>(&row, "edited")? != 0,
        })
    })
    .transpose()
}

/// The slug, or the first numbered one that no other article has.
async fn free_slug(transaction: &mut Transaction<'_, Any>, wanted: &Slug, id: ArticleId) -> Result<Slug, StoreError> {
    let mut slug = wanted.clone();
    let mut number = 2;
    loop {
        let taken = sqlx::query("select id from article where slug = $1 and id <> $2")
            .bind(slug.to_string())
            .bind(id.0)
            .fetch_optional(&mut **transaction)
            .await
            .map_err(read("a slug"))?;
        if taken.is_none() {
            return Ok(slug);
        }
        slug = wanted.numbered(number);
        number += 1;
    }
}

/// Replaces an article's tags.
async fn tag(
    transaction: &mut Transaction<'_, Any>,
    id: ArticleId,
    names: &[String],
    known: &mut Known,
) -> Result<(), StoreError> {
    let failed = write("an article's tags");
    sqlx::query("delete from article_tag where article_id = $1")
        .bind(id.0)
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    for (position, name) in names.iter().enumerate() {
        let Ok(wanted) = name.parse() else { continue };
        let key = known.tag(transaction, wanted, name.trim()).await?;
        sqlx::query(
            "insert into article_tag (article_id, tag_key, position) values ($1, $2, $3) on conflict do nothing",
        )
        .bind(id.0)
        .bind(key.as_str())
        .bind(position as i64)
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    }
    Ok(())
}
