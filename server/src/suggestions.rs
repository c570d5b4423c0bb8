//! Keeps what is suggested while somebody types up to date with the titles, tags and categories.

use crate::site::Site;
use anyhow::{Context, Result};
use search::{Suggester, Target};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use types::{ArticleId, Suggestion, SuggestionKind};

/// Titles read at a time.
const BATCH: u32 = 2000;
/// Tags that are suggested: those in most use.
const TAGS: u32 = 5000;
/// How long suggestions last when nobody says that something changed.
const LAST: Duration = Duration::from_secs(60);
/// Of all time, at most one part in so many is spent on making suggestions.
const SHARE: u32 = 20;

/// Makes the suggestions anew whenever something has changed, until the site stops.
pub async fn follow(site: Site, mut stop: watch::Receiver<bool>) {
    loop {
        let began = Instant::now();
        if let Err(error) = refresh(&site).await {
            tracing::warn!("the suggestions could not be made: {error:#}");
        }
        let rest = (began.elapsed() * SHARE).clamp(Duration::from_secs(1), LAST);
        let due = async {
            tokio::time::sleep(rest).await;
            let _ = tokio::time::timeout(LAST, site.titles_changed.notified()).await;
        };
        tokio::select! {
            () = due => {}
            _ = stop.changed() => return,
        }
    }
}

/// Makes the suggestions from what is published now.
///
/// # Errors
/// When the database cannot be read.
pub async fn refresh(site: &Site) -> Result<()> {
    let mut targets = Vec::new();
    let mut add = |kind, text: &str, url, weight, aliases| {
        targets.push(Target { suggestion: Suggestion { kind, text: text.to_owned(), url }, weight, aliases });
    };
    for group in site.store.categories().await.context("reading the categories")? {
        add(
            SuggestionKind::Category,
            &group.name,
            format!("/category/{}", group.slug),
            i64::from(group.count),
            Vec::new(),
        );
        for leaf in group.leaves {
            add(
                SuggestionKind::Category,
                &leaf.name,
                format!("/category/{}", leaf.slug),
                i64::from(leaf.count),
                Vec::new(),
            );
        }
    }
    let mut aliases = site.store.tag_aliases().await.context("reading the tags' aliases")?;
    for tag in site.store.hot_tags(TAGS).await.context("reading the tags")? {
        add(
            SuggestionKind::Tag,
            &tag.name,
            format!("/tag/{}", tag.key.path_segment()),
            i64::from(tag.count),
            aliases.remove(tag.key.as_str()).unwrap_or_default(),
        );
    }
    let mut after = ArticleId(i64::MIN);
    loop {
        let titles = site.store.titles_after(after, BATCH).await.context("reading the titles")?;
        let Some((last, ..)) = titles.last() else { break };
        after = *last;
        for (_, slug, title, views) in titles {
            add(SuggestionKind::Article, &title, format!("/articles/{slug}"), views, Vec::new());
        }
    }
    let made = tokio::task::spawn_blocking(move || Suggester::new(targets)).await.context("making the suggestions")?;
    site.suggester.store(Arc::new(made));
    Ok(())
}
