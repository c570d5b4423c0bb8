//! Series: where an article stands in one, which part is taken, and which series readers see.

use crate::article::{column, number};
use crate::error::{StoreError, read};
use crate::pool::Store;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use types::{ArticleId, DraftFields, KnownSeries, SeriesPlace};

impl Store {
    /// The title of the published article that is this part of the series, if it is another than this one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn part_taken(&self, id: ArticleId, place: &SeriesPlace) -> Result<Option<String>, StoreError> {
        let mut connection = self.reader.acquire().await.map_err(read("a series"))?;
        taken_by(&mut connection, id, place).await
    }

    /// The series that readers see, the one with the newest part first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn known_series(&self, limit: u32) -> Result<Vec<KnownSeries>, StoreError> {
        let rows = sqlx::query(
            "select series_name as name, count(*) as parts, max(series_part) as last, max(published_at) as newest from article \
             where status = 'published' and series_name is not null group by series_name order by newest desc, name limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(read("the series"))?;
        let known = rows.iter().map(|row| {
            let last = column::<Option<i64>>(row, "last")?.and_then(|last| u32::try_from(last).ok());
            Ok(KnownSeries { name: column(row, "name")?, count: number(row, "parts")?, last })
        });
        known.collect()
    }
}

/// As [`Store::part_taken`], in a transaction. Whoever is that part before readers already, as two imported articles may be,
/// stays it.
pub(crate) async fn taken_by(
    connection: &mut AnyConnection,
    id: ArticleId,
    place: &SeriesPlace,
) -> Result<Option<String>, StoreError> {
    let Some(part) = place.part else { return Ok(None) };
    let row = sqlx::query(
        "select title from article where series_name = $1 and series_part = $2 and status = 'published' and id <> $3 \
         and not exists (select 1 from article own where own.id = $3 and own.status = 'published' \
         and own.series_name = $1 and own.series_part = $2) order by id limit 1",
    )
    .bind(place.name.as_str())
    .bind(i64::from(part))
    .bind(id.0)
    .fetch_optional(connection)
    .await
    .map_err(read("a series"))?;
    row.map(|row| column(&row, "title")).transpose()
}

/// Where the article of a row stands in a series.
pub(crate) fn series_place(row: &AnyRow) -> Result<Option<SeriesPlace>, StoreError> {
    let part = column::<Option<i64>>(row, "series_part")?.and_then(|part| u32::try_from(part).ok());
    Ok(column::<Option<String>>(row, "series_name")?.map(|name| SeriesPlace { name, part }))
}

/// The fields of a series alone, as an author would type them.
pub(crate) fn series_fields(place: Option<SeriesPlace>) -> DraftFields {
    let Some(SeriesPlace { name, part }) = place else { return DraftFields::default() };
    let part = part.map(|part| part.to_string()).unwrap_or_default();
    DraftFields { series: name, part, ..DraftFields::default() }
}
