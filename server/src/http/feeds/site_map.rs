//! The site map: one file, or an index of parts when there are too many addresses (<https://www.sitemaps.org/protocol.html>).
//! It names what search engines should list: not the reprints, whose pages name their originals instead.

use super::{base, escaped, fault};
use crate::http::security::SiteUrl;
use crate::site::Site;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;
use std::ops::Range;
use store::StoreError;

/// Addresses in one part; the protocol allows 50,000.
const PART: u32 = 45_000;
/// As good as all.
const ALL_TAGS: u32 = u32::MAX;
const KIND: &str = "application/xml; charset=utf-8";

/// `/sitemap.xml`: every page, or the list of parts.
pub async fn site_map(State(site): State<Site>, State(url): State<SiteUrl>, headers: HeaderMap) -> Response {
    let base = base(&url, &headers);
    let made: Result<String, StoreError> = async {
        let lists = lists(&site).await?;
        let parts = (lists.len() as u64 + site.store.mapped_count().await?).div_ceil(u64::from(PART));
        if parts <= 1 {
            return part(&site, &base, &lists, 1).await.map(Option::unwrap_or_default);
        }
        let mut map = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for number in 1..=parts {
            let _ = writeln!(map, "<sitemap><loc>{base}/sitemap/{number}.xml</loc></sitemap>");
        }
        map.push_str("</sitemapindex>\n");
        Ok(map)
    }
    .await;
    answer(made.map(Some))
}

/// `/sitemap/{number}.xml`: one part.
pub async fn site_map_part(
    State(site): State<Site>,
    State(url): State<SiteUrl>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let number = file.strip_suffix(".xml").and_then(|number| number.parse::<u32>().ok()).filter(|number| *number > 0);
    let Some(number) = number else { return StatusCode::NOT_FOUND.into_response() };
    let base = base(&url, &headers);
    answer(async { part(&site, &base, &lists(&site).await?, number).await }.await)
}

fn answer(made: Result<Option<String>, StoreError>) -> Response {
    match made {
        Ok(Some(map)) => ([(CONTENT_TYPE, KIND)], map).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => fault("making the site map", &error),
    }
}

/// The paths of all pages that are no articles.
async fn lists(site: &Site) -> Result<Vec<String>, StoreError> {
    let mut paths: Vec<String> = ["/", "/downloads", "/archive"].map(str::to_owned).into();
    for group in site.store.categories().await? {
        let leaves = group.leaves.iter().filter(|leaf| leaf.count > 0).map(|leaf| &leaf.slug);
        paths.extend(std::iter::once(&group.slug).chain(leaves).map(|slug| format!("/category/{slug}")));
    }
    let tags = site.store.hot_tags(ALL_TAGS).await?;
    paths.extend(tags.iter().map(|tag| format!("/tag/{}", tag.key.path_segment())));
    paths.extend(site.store.writers().await?.iter().map(|handle| format!("/author/{handle}")));
    paths.extend(site.store.months().await?.iter().map(|(month, _)| format!("/archive/{month}")));
    Ok(paths)
}

/// One part; articles follow the lists. Nothing for a part that there is not.
async fn part(site: &Site, base: &str, lists: &[String], number: u32) -> Result<Option<String>, StoreError> {
    let share = Share::of(lists.len(), number, PART);
    let articles = site.store.mapped_slugs(share.articles_from, share.articles).await?;
    if share.lists.is_empty() && articles.is_empty() {
        return Ok(None);
    }
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in &lists[share.lists] {
        let _ = writeln!(map, "<url><loc>{base}{}</loc></url>", escaped(path));
    }
    for (slug, updated) in articles {
        let _ = writeln!(map, "<url><loc>{base}/articles/{slug}</loc><lastmod>{}</lastmod></url>", updated.rfc3339());
    }
    map.push_str("</urlset>\n");
    Ok(Some(map))
}

/// What stands in a part.
#[derive(Debug, PartialEq, Eq)]
struct Share {
    lists: Range<usize>,
    articles_from: u64,
    articles: u32,
}

impl Share {
    /// The share of a part of so many addresses, its number counted from 1.
    fn of(lists: usize, number: u32, size: u32) -> Self {
        let from = u64::from(number - 1) * u64::from(size);
        let start = usize::try_from(from).unwrap_or(usize::MAX).min(lists);
        let end = start.saturating_add(size as usize).min(lists);
        let taken = u32::try_from(end - start).unwrap_or(size);
        Self { lists: start..end, articles_from: from.saturating_sub(lists as u64), articles: size - taken }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_every_address_once_and_no_more_than_they_may() {
        for (lists, articles) in [(3, 0), (3, 7), (3, 8), (10, 1), (23, 17), (40, 40)] {
            let size = 10;
            let (mut listed, mut written) = (0, 0);
            for number in 1..=(lists + articles as usize).div_ceil(size as usize) {
                let share = Share::of(lists, u32::try_from(number).unwrap(), size);
                let here = u64::from(share.articles).min(articles - share.articles_from);
                assert_eq!((share.lists.start, share.articles_from), (listed, written), "{lists}, {articles}");
                assert!((1..=10).contains(&(share.lists.len() as u64 + here)), "{lists}, {articles}: {share:?}");
                (listed, written) = (share.lists.end, written + here);
            }
            assert_eq!((listed, written), (lists, articles));
        }
        let behind = Share::of(3, u32::MAX, PART);
        assert!(behind.lists.is_empty() && behind.articles_from > 1_000_000);
    }
}
