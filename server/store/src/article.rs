//! One article: its page, and what the index takes of it.

use crate::article_links::ArticleLinks;
use crate::article_list::SUMMARY;
use crate::error::{StoreError, read};
use crate::pool::Store;
use crate::sql::{Sql, Value};
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;
use types::{
    Article, ArticleId, ArticleKind, ArticleStatus, Author, Block, CategoryRef, Handle, Heading, Neighbour,
    ProvenanceStep, SafeHtml, Series, Slug, TagRef, Timestamp,
};

/// A published article as the index takes it.
#[derive(Clone, Debug)]
pub struct IndexedArticle {
    /// The number.
    pub id: ArticleId,
    /// The newest revision.
    pub revision: u32,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub summary: String,
    /// The text without markup.
    pub plain: String,
    /// The parts of `plain`.
    pub blocks: Vec<Block>,
    /// The headings.
    pub outline: Vec<Heading>,
    /// In the author's order.
    pub tags: Vec<TagRef>,
    /// The group it stands in.
    pub group: Slug,
    /// The leaf it stands in, or the group again.
    pub category: Slug,
    /// Who published it.
    pub author: Handle,
    /// Where it comes from.
    pub kind: ArticleKind,
    /// When it was published.
    pub published_at: Timestamp,
    /// The editor's note.
    pub further_reading: Option<String>,
}

/// The columns of an article's category and author, joined as in every query of articles.
pub(crate) const PLACE: &str = "c.name as category_name, c.slug as category_slug, \
     coalesce(p.name, c.name) as group_name, coalesce(p.slug, c.slug) as group_slug, u.handle, u.name as author_name";
/// What an article has beyond its summary. Its other long texts are not read: they are longer than all of this.
const WHOLE: &str = "a.category_id, a.updated_at, a.revision, a.cover, a.applies_to, a.further_reading, a.series_name, \
     a.provenance, a.outline, a.html, (select count(*) from attachment x where x.article_id = a.id) as attachments, ";
/// The tables of [`PLACE`].
pub(crate) const TABLES: &str = " from article a join category c on c.id = a.category_id \
     left join category p on p.id = c.parent_id join author u on u.id = a.author_id ";

impl Store {
    /// The published article with this slug, but for what resembles it, which the index knows.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn article_by_slug(&self, slug: &Slug) -> Result<Option<Article>, StoreError> {
        let mut sql = Sql::default();
        sql.push(SUMMARY).push(WHOLE).push(PLACE).push(TABLES).push("where a.status = 'published' and a.slug = ");
        sql.bind(Value::Text(slug.to_string()));
        let mut connection = self.reader.acquire().await.map_err(read("an article"))?;
        let row = sql.query().fetch_optional(&mut *connection).await.map_err(read("an article"))?;
        let Some(row) = row else { return Ok(None) };
        let id = ArticleId(column(&row, "id")?);
        let (category, published) = (column(&row, "category_id")?, column(&row, "published_at")?);
        let ArticleLinks { tags, parts, previous, next } =
            ArticleLinks::read(&mut connection, id, category, published).await?;
        drop(connection);
        let attachments = match column::<i64>(&row, "attachments")? {
            0 => Vec::new(),
            _ => self.attachments_of(&[id]).await?.remove(&id.0).unwrap_or_default(),
        };
        let article = Article {
            summary: crate::article_list::summary(&row, tags)?,
            id,
            html: SafeHtml::from_sanitizer(column(&row, "html")?),
            outline: json(&row, "outline")?,
            updated_at: Timestamp(column(&row, "updated_at")?),
            revision: number(&row, "revision")?,
            applies_to: column(&row, "applies_to")?,
            further_reading: column(&row, "further_reading")?,
            provenance: json::<Vec<ProvenanceStep>>(&row, "provenance")?,
            series: column::<Option<String>>(&row, "series_name")?.map(|name| Series { name, parts }),
            previous,
            next,
            related: Vec::new(),
            cover: column::<Option<String>>(&row, "cover")?
                .filter(|address| ["/", "https://", "http://"].iter().any(|start| address.starts_with(start))),
            attachments,
        };
        Ok(Some(article))
    }

    /// Where the article with this slug stands in its life.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn article_status(&self, slug: &Slug) -> Result<Option<ArticleStatus>, StoreError> {
        let row = sqlx::query("select status from article where slug = $1")
            .bind(slug.to_string())
            .fetch_optional(&self.reader)
            .await
            .map_err(read("an article"))?;
        row.map(|row| parse(&row, "status")).transpose()
    }

    /// Those of the articles that are published, as the index takes them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn articles_for_index(&self, ids: &[ArticleId]) -> Result<Vec<IndexedArticle>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::default();
        sql.push(
            "select a.id, a.revision, a.title, a.summary, a.plain, a.blocks, a.outline, a.kind, a.published_at, a.further_reading, ",
        );
        sql.push(PLACE).push(TABLES).push("where a.status = 'published' and a.id in (");
        sql.numbers(ids.iter().map(|id| id.0)).push(")");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("articles for the index"))?;
        let mut tags = self.tags_of(ids).await?;
        rows.iter()
            .map(|row| {
                let id = ArticleId(column(row, "id")?);
                Ok(IndexedArticle {
                    id,
                    revision: number(row, "revision")?,
                    title: column(row, "title")?,
                    summary: column(row, "summary")?,
                    plain: column(row, "plain")?,
                    blocks: json(row, "blocks")?,
                    outline: json(row, "outline")?,
                    tags: tags.remove(&id.0).unwrap_or_default(),
                    group: parse(row, "group_slug")?,
                    category: parse(row, "category_slug")?,
                    author: parse(row, "handle")?,
                    kind: parse(row, "kind")?,
                    published_at: Timestamp(column(row, "published_at")?),
                    further_reading: column(row, "further_reading")?,
                })
            })
            .collect()
    }
}

/// A row of slug, title and published_at.
pub(crate) fn neighbour(row: &AnyRow) -> Result<Neighbour, StoreError> {
    Ok(Neighbour {
        slug: parse(row, "slug")?,
        title: column(row, "title")?,
        published_at: Timestamp(column(row, "published_at")?),
    })
}

/// Category of a row that was selected with [`PLACE`].
pub(crate) fn category(row: &AnyRow) -> Result<CategoryRef, StoreError> {
    Ok(CategoryRef {
        group: column(row, "group_name")?,
        group_slug: parse(row, "group_slug")?,
        name: column(row, "category_name")?,
        slug: parse(row, "category_slug")?,
    })
}

/// Author of a row that was selected with [`PLACE`].
pub(crate) fn author(row: &AnyRow) -> Result<Author, StoreError> {
    Ok(Author { handle: parse(row, "handle")?, name: column(row, "author_name")? })
}

/// A column's value.
pub(crate) fn column<'r, T>(row: &'r AnyRow, name: &'static str) -> Result<T, StoreError>
where
    T: sqlx::Decode<'r, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    row.try_get(name).map_err(read(name))
}

/// A column's number, as far as it fits.
pub(crate) fn number(row: &AnyRow, name: &'static str) -> Result<u32, StoreError> {
    u32::try_from(column::<i64>(row, name)?).map_err(|_| StoreError::Damaged(name))
}

/// A column's text as one of our types.
pub(crate) fn parse<T: std::str::FromStr>(row: &AnyRow, name: &'static str) -> Result<T, StoreError> {
    column::<String>(row, name)?.parse().map_err(|_| StoreError::Damaged(name))
}

/// A column's JSON.
pub(crate) fn json<T: DeserializeOwned>(row: &AnyRow, name: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(&column::<String>(row, name)?).map_err(|_| StoreError::Damaged(name))
}
