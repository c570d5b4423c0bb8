//! The site map: one file, or an index of parts when there are too many addresses (<https://www.sitemaps.org/protocol.html>).

use super::{base, escaped, fault, with_validators};
use crate::http::security::SiteUrl;
use crate::site::Site;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;
use store::StoreError;
use types::{ArticleId, Slug, Timestamp};

/// Addresses in one part; the protocol allows 50,000.
const PART: u32 = 45_000;
const KIND: &str = "application/xml; charset=utf-8";

/// `/sitemap.xml`: every page, or the list of parts.
pub async fn site_map(State(site): State<Site>, State(url): State<SiteUrl>, headers: HeaderMap) -> Response {
    let base = base(&url, &headers);
    let made = async {
        let parts = site.store.published_count().await?.div_ceil(u64::from(PART));
        if parts <= 1 {
            return part(&site, &base, 1).await.map(Option::unwrap_or_default);
        }
        let mut map = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for number in 1..=parts {
            let _ = writeln!(map, "<sitemap><loc>{base}/sitemap/{number}.xml</loc></sitemap>");
        }
        map.push_str("</sitemapindex>\n");
        Ok(map)
    };
    let made: Result<String, StoreError> = made.await;
    match made {
        Ok(map) => with_validators(&headers, KIND, map, None),
        Err(error) => fault("making the site map", &error),
    }
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
    match part(&site, &base(&url, &headers), number).await {
        Ok(Some(map)) => with_validators(&headers, KIND, map, None),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => fault("making the site map", &error),
    }
}

/// One part; the first also holds the home page and the categories. Nothing for a part that there is not.
async fn part(site: &Site, base: &str, number: u32) -> Result<Option<String>, StoreError> {
    let offset = u64::from(number - 1) * u64::from(PART);
    let articles: Vec<(ArticleId, Slug, Timestamp)> = site.store.slugs_from(offset, PART).await?;
    if articles.is_empty() && number > 1 {
        return Ok(None);
    }
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    if number == 1 {
        let _ = writeln!(map, "<url><loc>{base}/</loc></url>");
        for group in site.store.categories().await? {
            let leaves = group.leaves.iter().filter(|leaf| leaf.count > 0).map(|leaf| &leaf.slug);
            for slug in std::iter::once(&group.slug).chain(leaves) {
                let _ = writeln!(map, "<url><loc>{base}/category/{}</loc></url>", escaped(slug.as_str()));
            }
        }
    }
    for (_, slug, updated) in articles {
        let _ = writeln!(map, "<url><loc>{base}/articles/{slug}</loc><lastmod>{}</lastmod></url>", updated.rfc3339());
    }
    map.push_str("</urlset>\n");
    Ok(Some(map))
}
