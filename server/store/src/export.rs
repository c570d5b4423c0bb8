//! Everything that an article is, as the export writes it: whatever its status, with its Markdown and where it stands.

use crate::article::{PLACE, TABLES, author, category, column, json, parse};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use crate::series::series_place;
use crate::sql::{Sql, Value};
use types::{
    ArticleId, ArticleKind, ArticleStatus, Attachment, Author, CategoryRef, ProvenanceStep, SeriesPlace, Slug, TagRef,
    Timestamp,
};

/// An article as it is stored, but for what the renderer made of it. One that readers do not see yet is what its author
/// last wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredArticle {
    /// The number.
    pub id: ArticleId,
    /// In addresses.
    pub slug: Slug,
    /// Where it comes from.
    pub kind: ArticleKind,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// Where it stands in the tree.
    pub category: CategoryRef,
    /// In the author's order.
    pub tags: Vec<TagRef>,
    /// Who published it.
    pub author: Author,
    /// When it was published, or is to be.
    pub published_at: Timestamp,
    /// When the text last changed.
    pub updated_at: Timestamp,
    /// Versions that the text speaks of.
    pub applies_to: Option<String>,
    /// The editor's note.
    pub further_reading: Option<String>,
    /// Where it stands in a series.
    pub series: Option<SeriesPlace>,
    /// From the original to this site.
    pub provenance: Vec<ProvenanceStep>,
    /// Address of a picture.
    pub cover: Option<String>,
    /// The file it was imported from.
    pub source_path: Option<String>,
    /// Files to download, in the author's order.
    pub attachments: Vec<Attachment>,
    /// What its author has written since it was published, and nobody published yet.
    pub newer: Option<Box<StoredArticle>>,
}

impl Store {
    /// How many articles there are, of every status.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn article_count(&self) -> Result<u64, StoreError> {
        let row = sqlx::query("select count(*) as total from article").fetch_one(&self.reader).await;
        Ok(column::<i64>(&row.map_err(read("the number of articles"))?, "total")?.cast_unsigned())
    }

    /// Articles of every status after a number, in the order of numbers.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn stored_articles_after(&self, after: ArticleId, limit: u32) -> Result<Vec<StoredArticle>, StoreError> {
        let mut sql = selected();
        sql.push("where a.id > ").bind(Value::Number(after.0));
        sql.push(" order by a.id limit ").bind(Value::Number(i64::from(limit)));
        self.stored(sql).await
    }

    /// Those of the articles that there are, whatever their status.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn stored_articles(&self, ids: &[ArticleId]) -> Result<Vec<StoredArticle>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = selected();
        sql.push("where a.id in (").numbers(ids.iter().map(|id| id.0)).push(")");
        self.stored(sql).await
    }

    /// Hash and media type of every picture.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn asset_names(&self) -> Result<Vec<(String, String)>, StoreError> {
        let rows = sqlx::query("select hash, content_type from asset order by hash")
            .fetch_all(&self.reader)
            .await
            .map_err(read("the pictures"))?;
        rows.iter().map(|row| Ok((column(row, "hash")?, column(row, "content_type")?))).collect()
    }

    /// Makes the group and the leaf of an exported article where the tree does not have them; what is there stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn ensure_category(&self, place: &CategoryRef) -> Result<(), StoreError> {
        let failed = write("a category");
        let mut transaction = self.write().await.map_err(&failed)?;
        let group = (&place.group_slug, &place.group, None);
        let leaf = place.is_leaf().then_some((&place.slug, &place.name, Some(&place.group_slug)));
        for (slug, name, parent) in std::iter::once(group).chain(leaf) {
            sqlx::query(
                "insert into category (id, parent_id, position, slug, name) values ($1, (select id from category where slug = $2), \
                 (select cast(coalesce(max(position), 0) + 1 as bigint) from category), $3, $4) on conflict do nothing",
            )
            .bind(id::next())
            .bind(parent.map(ToString::to_string))
            .bind(slug.to_string())
            .bind(name.as_str())
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        }
        transaction.commit().await.map_err(&failed)
    }

    async fn stored(&self, sql: Sql) -> Result<Vec<StoredArticle>, StoreError> {
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("stored articles"))?;
        let ids = rows.iter().map(|row| column(row, "id").map(ArticleId)).collect::<Result<Vec<_>, _>>()?;
        let mut tags = self.tags_of(&ids).await?;
        let mut attachments = self.attachments_of(&ids).await?;
        let mut articles = Vec::with_capacity(rows.len());
        for (row, id) in rows.iter().zip(ids) {
            let scheduled = column::<Option<i64>>(row, "publish_at")?;
            let stored = StoredArticle {
                id,
                slug: parse(row, "slug")?,
                kind: parse(row, "kind")?,
                status: parse(row, "status")?,
                title: column(row, "title")?,
                summary: column(row, "summary")?,
                body: column(row, "body")?,
                category: category(row)?,
                tags: tags.remove(&id.0).unwrap_or_default(),
                author: author(row)?,
                published_at: Timestamp(scheduled.map_or_else(|| column(row, "published_at"), Ok)?),
                updated_at: Timestamp(column(row, "updated_at")?),
                applies_to: column(row, "applies_to")?,
                further_reading: column(row, "further_reading")?,
                series: series_place(row)?,
                provenance: json(row, "provenance")?,
                cover: column(row, "cover")?,
                source_path: column(row, "source_path")?,
                attachments: attachments.remove(&id.0).unwrap_or_default(),
                newer: None,
            };
            articles.push(self.with_working_text(stored, row).await?);
        }
        Ok(articles)
    }
}

fn selected() -> Sql {
    let mut sql = Sql::default();
    sql.push(
        "select a.id, a.slug, a.kind, a.status, a.title, a.summary, a.body, a.published_at, a.updated_at, a.applies_to, \
         a.further_reading, a.series_name, a.series_part, a.provenance, a.cover, a.source_path, a.revision, \
         d.revision as draft_revision, d.fields, d.saved_at, d.publish_at, ",
    );
    sql.push(PLACE).push(TABLES).push("left join draft d on d.article_id = a.id ");
    sql
}
