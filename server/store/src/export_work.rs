//! What an author has written and nobody published yet, as the export writes it.

use crate::article::{column, parse};
use crate::error::{StoreError, read};
use crate::export::StoredArticle;
use crate::pool::Store;
use crate::revision::unpack;
use crate::series::series_fields;
use sqlx::Row;
use sqlx::any::AnyRow;
use types::{ArticleStatus, CategoryRef, DraftFields, Slug, TagRef, Timestamp, entered};

impl Store {
    /// Puts the working text of a row into its article: in the place of what is stored while it waits to be published,
    /// beside it where readers see or have seen what is stored.
    pub(crate) async fn with_working_text(
        &self,
        stored: StoredArticle,
        row: &AnyRow,
    ) -> Result<StoredArticle, StoreError> {
        let packed = row.try_get::<Option<Vec<u8>>, _>("fields").map_err(read("a draft"))?;
        let drafted = column::<Option<i64>>(row, "draft_revision")?.unwrap_or(0);
        let published = column::<i64>(row, "revision")?;
        let Some(packed) = packed.filter(|_| drafted > published) else { return Ok(stored) };
        let fields = unpack(&packed)?.over(series_fields(stored.series.clone()));
        let category = self.category_of(&fields).await?;
        let newer = written(&stored, fields, category, Timestamp(column(row, "saved_at")?));
        match stored.status {
            ArticleStatus::Draft | ArticleStatus::Review | ArticleStatus::Scheduled => Ok(newer),
            ArticleStatus::Published | ArticleStatus::Hidden | ArticleStatus::Removed => {
                Ok(StoredArticle { newer: Some(Box::new(newer)), ..stored })
            }
        }
    }

    /// The category that an author chose, as it is called today; nothing when there is none of that name.
    async fn category_of(&self, fields: &DraftFields) -> Result<Option<CategoryRef>, StoreError> {
        let Ok(chosen) = fields.category.trim().parse::<Slug>() else { return Ok(None) };
        let slug = self.category_now(&chosen).await?.unwrap_or(chosen);
        let row = sqlx::query(
            "select c.name, coalesce(p.name, c.name) as group_name, coalesce(p.slug, c.slug) as group_slug \
             from category c left join category p on p.id = c.parent_id where c.slug = $1",
        )
        .bind(slug.to_string())
        .fetch_optional(&self.reader)
        .await
        .map_err(read("a category"))?;
        row.map(|row| {
            Ok(CategoryRef {
                group: column(&row, "group_name")?,
                group_slug: parse(&row, "group_slug")?,
                name: column(&row, "name")?,
                slug: slug.clone(),
            })
        })
        .transpose()
    }
}

/// The article with the fields of its working text. Its address stays: the wanted one may be another article's.
fn written(
    stored: &StoredArticle,
    fields: DraftFields,
    category: Option<CategoryRef>,
    saved_at: Timestamp,
) -> StoredArticle {
    let tags = fields.tag_names().filter_map(|name| Some(TagRef { key: name.parse().ok()?, name: name.to_owned() }));
    StoredArticle {
        tags: tags.collect(),
        // The form shows the first station; the ones after it stay.
        provenance: fields.origin().into_iter().chain(stored.provenance.iter().skip(1).cloned()).collect(),
        kind: fields.article_kind(),
        applies_to: entered(&fields.applies_to),
        further_reading: entered(&fields.further_reading),
        cover: entered(&fields.cover),
        series: fields.series_place(),
        category: category.unwrap_or_else(|| stored.category.clone()),
        title: fields.title,
        summary: fields.summary,
        body: fields.body,
        updated_at: saved_at,
        newer: None,
        ..stored.clone()
    }
}
