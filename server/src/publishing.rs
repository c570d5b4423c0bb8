//! From a draft to a published article: checked, rendered and stored; at once or when its time has come.

use crate::site::Site;
use anyhow::{Context, Result};
use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::{ArticleToSave, Event, PublishOutcome, ToPublish};
use tokio::sync::watch;
use types::{
    ArticleId, ArticleStatus, DraftFields, Handle, Problem, ProblemKind, ProvenanceStep, Slug, Timestamp, WorkingText,
};

/// How often the clock is looked at: what is scheduled goes out within five seconds of its time.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Names that are tried for a slug that nobody chose.
const NUMBERED: u32 = 200;

/// What became of publishing.
#[derive(Clone, Debug, PartialEq)]
pub enum Published {
    /// Readers see it under this slug.
    Out(Slug),
    /// Something has to be put right first.
    Problems(Vec<Problem>),
    /// Another text was saved since, or it is not where it was any more.
    Changed,
}

/// Sizes of the pictures that a text shows.
#[derive(Default)]
pub struct PictureSizes(HashMap<String, (u32, u32)>);

impl PictureSizes {
    /// Looks up the stored pictures that a text names.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(site: &Site, body: &str) -> Result<Self> {
        let mut hashes = store::hashes_in(body);
        hashes.truncate(500);
        let sizes = site.store.asset_sizes(&hashes).await.context("reading sizes of pictures")?;
        Ok(Self(sizes))
    }
}

impl markup::Surroundings for PictureSizes {
    fn image_size(&self, url: &str) -> Option<(u32, u32)> {
        let hash = url.strip_prefix("/media/")?.split('.').next()?;
        self.0.get(hash).copied().filter(|(width, height)| *width > 0 && *height > 0)
    }
}

/// Renders a text as it would be published.
///
/// # Errors
/// When the database cannot be read; the inner error is what the renderer refuses.
pub async fn render(site: &Site, body: &str) -> Result<Result<markup::Rendered, markup::MarkupError>> {
    let sizes = PictureSizes::of(site, body).await?;
    let body = body.to_owned();
    tokio::task::spawn_blocking(move || markup::render(&body, &sizes)).await.context("rendering a text")
}

/// Publishes the working text of an article.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn publish(
    site: &Site,
    work: &WorkingText,
    by: &str,
    scheduled: Option<Timestamp>,
    event: &Event<'_>,
) -> Result<Published> {
    let mut problems = work.fields.unpublishable();
    let category = work.fields.category.trim().parse::<Slug>().ok();
    let known = match &category {
        Some(slug) => site.store.has_category(slug).await.context("looking for a category")?,
        None => true,
    };
    if !known {
        problems.push(Problem::new("category", ProblemKind::NoSuchCategory));
    }
    let (Some(category), true) = (category, problems.is_empty()) else { return Ok(Published::Problems(problems)) };
    let rendered = match render(site, &work.fields.body).await? {
        Ok(rendered) => rendered,
        Err(_) => return Ok(Published::Problems(vec![Problem::new("body", ProblemKind::NotRenderable)])),
    };
    let chosen = work.fields.slug.trim().parse::<Slug>().ok();
    let was_out = work.published > 0 && matches!(work.status, ArticleStatus::Published | ArticleStatus::Hidden);
    let wanted = chosen
        .clone()
        .or_else(|| was_out.then(|| work.slug.clone()))
        .unwrap_or_else(|| slug_for(&work.fields.title, work.id));
    let mut article = article(&work.fields, rendered, category, wanted.clone());
    for number in 2..NUMBERED {
        let asked = ToPublish { id: work.id, revision: work.revision, article: &article, by, scheduled, event };
        match site.store.publish(&asked).await.context("publishing an article")? {
            PublishOutcome::Published(saved) => {
                site.pages.forget();
                site.changed.notify_one();
                return Ok(Published::Out(saved.slug));
            }
            PublishOutcome::Already(saved) => return Ok(Published::Out(saved.slug)),
            PublishOutcome::Conflict | PublishOutcome::Missing => return Ok(Published::Changed),
            PublishOutcome::SlugTaken if chosen.is_some() => break,
            PublishOutcome::SlugTaken => article.slug = wanted.numbered(number),
        }
    }
    Ok(Published::Problems(vec![Problem::new("slug", ProblemKind::Taken)]))
}

/// A readable slug for a title of any script.
fn slug_for(title: &str, id: ArticleId) -> Slug {
    let made = import::handle_for(title).as_str().parse::<Slug>();
    made.unwrap_or_else(|_| Slug::from_text(&format!("a-{}", id.0)).expect("letters and digits make a slug"))
}

fn article(fields: &DraftFields, rendered: markup::Rendered, category: Slug, slug: Slug) -> ArticleToSave {
    let optional = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let origin = optional(&fields.source_url).map(|url| ProvenanceStep {
        title: optional(&fields.source_title).unwrap_or_else(|| url.clone()),
        author: optional(&fields.source_author),
        licence: optional(&fields.source_licence),
        fetched_at: None,
        url,
    });
    ArticleToSave {
        id: None,
        slug,
        kind: fields.article_kind(),
        status: ArticleStatus::Published,
        title: fields.title.trim().to_owned(),
        summary: optional(&fields.summary).unwrap_or(rendered.summary),
        body: fields.body.clone(),
        html: rendered.html,
        outline: rendered.outline,
        plain: rendered.plain,
        blocks: rendered.blocks,
        words: rendered.words,
        minutes: rendered.minutes,
        category,
        tags: fields.tag_names().map(str::to_owned).collect(),
        // The store keeps the article's own author; these are not used.
        author_handle: nobody(),
        author_name: String::new(),
        published_at: Timestamp(0),
        updated_at: Timestamp(0),
        applies_to: optional(&fields.applies_to),
        further_reading: optional(&fields.further_reading),
        series: None,
        provenance: origin.into_iter().collect(),
        cover: optional(&fields.cover),
        attachments: None,
        render_version: markup::RENDER_VERSION,
        source_path: None,
        source_hash: None,
    }
}

fn nobody() -> Handle {
    import::handle_for("nobody")
}

/// The time now, in UTC milliseconds.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64))
}

/// Publishes what is due, until the site stops. After a restart, what became due meanwhile goes out at once.
pub async fn follow_schedule(site: Site, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = publish_due(&site, now()).await {
            tracing::error!("publishing what was scheduled failed: {error:#}");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Publishes everything that is due; returns how many articles went out.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn publish_due(site: &Site, now: Timestamp) -> Result<usize> {
    let mut count = 0;
    for due in site.store.due_drafts(now).await.context("reading what is due")? {
        let Some((work, _)) = site.store.working_text(due.id).await.context("reading a draft")? else { continue };
        let by = work.saved_by.clone();
        let event = |action| Event { actor: &work.saved_by, action, object: &work.fields.title, address: "" };
        match publish(site, &work, &by, Some(due.at), &event("article published on schedule")).await? {
            Published::Out(slug) => {
                tracing::info!(%slug, "published {slug} as scheduled");
                count += 1;
            }
            // Somebody saved or withdrew it this moment: the next look decides.
            Published::Changed => {}
            Published::Problems(problems) => {
                let fields: Vec<_> = problems.iter().map(|problem| app::words::editor::label(&problem.field)).collect();
                let notice = app::words::editor::not_published(&fields.join("、"));
                let event = event("article not published on schedule");
                let back = site.store.move_article(
                    due.id,
                    &[ArticleStatus::Scheduled],
                    ArticleStatus::Draft,
                    None,
                    Some(&notice),
                    &event,
                );
                back.await.context("taking a scheduled article back")?;
                tracing::warn!(article = due.id.0, "a scheduled article could not be published: {}", fields.join(", "));
            }
        }
    }
    Ok(count)
}
