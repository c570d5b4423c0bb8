//! Where an article leads: its tags, the parts of its series, and the articles before and after it.

use crate::article::{column, neighbour, number, parse};
use crate::error::{StoreError, read};
use sqlx::AnyConnection;
use types::{ArticleId, Neighbour, SeriesPart, TagRef};

/// All of them in one query: going to the database and back takes longer than any of them. They share the columns of
/// [`neighbour`]; what has a place and no date has the place where the date stands.
const LINKS: &str = "select 'tag' as kind, t.key as slug, t.name as title, x.position as published_at, 0 as id \
     from article_tag x join tag t on t.key = x.tag_key where x.article_id = $1 \
     union all select 'part', slug, title, series_part, id from article where status = 'published' \
     and series_name = (select series_name from article where id = $1) \
     union all select * from (select 'previous', slug, title, published_at, id from article where category_id = $2 \
     and status = 'published' and (published_at < $3 or (published_at = $3 and id < $1)) \
     order by published_at desc, id desc limit 1) earlier \
     union all select * from (select 'next', slug, title, published_at, id from article where category_id = $2 \
     and status = 'published' and (published_at > $3 or (published_at = $3 and id > $1)) \
     order by published_at, id limit 1) later \
     order by 1, 4, 5";

/// What an article's page leads to, as the database knows it.
#[derive(Default)]
pub(crate) struct ArticleLinks {
    /// In the author's order.
    pub tags: Vec<TagRef>,
    /// In their order; none when the article is no part of a series.
    pub parts: Vec<SeriesPart>,
    /// Published before it in its category.
    pub previous: Option<Neighbour>,
    /// Published after it in its category.
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
        for row in &rows.map_err(read("what an article leads to"))? {
            match column::<String>(row, "kind")?.as_str() {
                "tag" => links.tags.push(TagRef { key: parse(row, "slug")?, name: column(row, "title")? }),
                "part" => links.parts.push(SeriesPart {
                    part: number(row, "published_at")?,
                    slug: parse(row, "slug")?,
                    title: column(row, "title")?,
                }),
                "previous" => links.previous = Some(neighbour(row)?),
                _ => links.next = Some(neighbour(row)?),
            }
        }
        Ok(links)
    }
}
