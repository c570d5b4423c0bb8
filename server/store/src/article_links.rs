//! Where an article leads: its tags, the parts of its series, and the articles before and after it.

use crate::article::{column, neighbour, parse};
use crate::error::{StoreError, read};
use sqlx::AnyConnection;
use types::{ArticleId, Neighbour, SeriesPart, TagRef};

/// All of them in one query: going to the database and back takes longer than any of them. They share the columns of
/// [`neighbour`]; what has an order of its own has a place. Parts without a number stand behind all numbers, which are below 2³², where their
/// dates put them.
const LINKS: &str = "select 'tag' as kind, t.key as slug, t.name as title, 0 as published_at, 0 as id, x.position as place \
     from article_tag x join tag t on t.key = x.tag_key where x.article_id = $1 \
     union all select 'part', slug, title, published_at, id, coalesce(series_part, 4294967296) from article where status = 'published' \
     and series_name = (select series_name from article where id = $1) \
     union all select * from (select 'previous', slug, title, published_at, id, 0 from article where category_id = $2 \
     and status = 'published' and (published_at < $3 or (published_at = $3 and id < $1)) \
     order by published_at desc, id desc limit 1) earlier \
     union all select * from (select 'next', slug, title, published_at, id, 0 from article where category_id = $2 \
     and status = 'published' and (published_at > $3 or (published_at = $3 and id > $1)) \
     order by published_at, id limit 1) later \
     order by 1, 6, 4, 5";

/// What an article's page leads to, as the database knows it.
#[derive(Default)]
pub(crate) struct ArticleLinks {
    /// In the author's order.
    pub tags: Vec<TagRef>,
    /// In their order; none when the article is no part of a series.
    pub parts: Vec<SeriesPart>,
    /// The part before it in its series; for an article that is no part of one, or its only part, what was published before
    /// it in its category.
    pub previous: Option<Neighbour>,
    /// The one after it, likewise.
    pub next: Option<Neighbour>,
}

impl ArticleLinks {
    /// Those of the article with this number, which stands in a category since some second.
    pub async fn read(
        connection: &mut AnyConnection,
        id: ArticleId,
        category: i64,
        published: i64,
    ) -> Result<Self, StoreError> {
        let rows = sqlx::query(LINKS).bind(id.0).bind(category).bind(published).fetch_all(connection).await;
        let mut links = Self::default();
        let (mut series, mut here) = (Vec::new(), None);
        for row in &rows.map_err(read("what an article leads to"))? {
            match column::<String>(row, "kind")?.as_str() {
                "tag" => links.tags.push(TagRef { key: parse(row, "slug")?, name: column(row, "title")? }),
                "part" => {
                    if column::<i64>(row, "id")? == id.0 {
                        here = Some(series.len());
                    }
                    let part = neighbour(row)?;
                    links.parts.push(SeriesPart {
                        part: u32::try_from(column::<i64>(row, "place")?).ok(),
                        slug: part.slug.clone(),
                        title: part.title.clone(),
                    });
                    series.push(part);
                }
                "previous" => links.previous = Some(neighbour(row)?),
                _ => links.next = Some(neighbour(row)?),
            }
        }
        if let Some(here) = here.filter(|_| series.len() > 1) {
            links.next = series.get(here + 1).cloned();
            links.previous = here.checked_sub(1).and_then(|before| series.get(before).cloned());
        }
        Ok(links)
    }
}
