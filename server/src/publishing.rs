//! From a draft to a published article: checked, rendered and stored; at once or when its time has come.

use crate::rendering;
use crate::site::Site;
use anyhow::{Context, Result};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::{ArticleToSave, DueDraft, Event, PublishOutcome, ToPublish};
use tokio::sync::watch;
use types::{
    ArticleId, ArticleStatus, DraftFields, Handle, Problem, ProblemKind, Slug, Timestamp, WorkingText, entered,
};

/// How often the clock is looked at: what is scheduled goes out within five seconds of its time.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Who publishes at a time, in the audit log.
const SCHEDULE: &str = "schedule";
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
    problems.extend(part_taken(site, work).await?);
    let category = work.fields.category.trim().parse::<Slug>().ok();
    let known = match &category {
        Some(slug) => {
            // A hidden category takes nothing new, and what stands in it can be corrected there.
            site.store.has_category(slug).await.context("looking for a category")?
                || site.store.stands_in(work.id, slug).await.context("looking for an article's category")?
        }
        None => true,
    };
    if !known {
        problems.push(Problem::new("category", ProblemKind::NoSuchCategory));
    }
    let (Some(category), true) = (category, problems.is_empty()) else { return Ok(Published::Problems(problems)) };
    let rendered = match rendering::publication(site, &work.fields.body).await? {
        Ok(rendered) => rendered,
        Err(_) => return Ok(Published::Problems(vec![Problem::new("body", ProblemKind::NotRenderable)])),
    };
    let chosen = work.fields.slug.trim().parse::<Slug>().ok();
    // The address of a new article stands for nothing; one that was published or imported has had a good one.
    let wanted = chosen
        .clone()
        .or_else(|| (work.published > 0).then(|| work.slug.clone()))
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
            PublishOutcome::PartTaken(title) => {
                return Ok(Published::Problems(vec![Problem::new("part", ProblemKind::PartTaken { title })]));
            }
            PublishOutcome::SlugTaken if chosen.is_some() => break,
            PublishOutcome::SlugTaken => article.slug = wanted.numbered(number),
        }
    }
    Ok(Published::Problems(vec![Problem::new("slug", ProblemKind::Taken)]))
}

/// The problem of a text that wants to be a part of a series which another article is already.
///
/// # Errors
/// When the database cannot be read.
pub async fn part_taken(site: &Site, work: &WorkingText) -> Result<Option<Problem>> {
    let Some(place) = work.fields.series_place() else { return Ok(None) };
    let taken = site.store.part_taken(work.id, &place).await.context("looking for a part of a series")?;
    Ok(taken.map(|title| Problem::new("part", ProblemKind::PartTaken { title })))
}

/// A readable slug for a title of any script.
fn slug_for(title: &str, id: ArticleId) -> Slug {
    let made = import::handle_for(title).as_str().parse::<Slug>();
    made.unwrap_or_else(|_| Slug::from_text(&format!("a-{}", id.0)).expect("letters and digits make a slug"))
}

fn article(fields: &DraftFields, rendered: markup::Rendered, category: Slug, slug: Slug) -> ArticleToSave {
    ArticleToSave {
        id: None,
        slug,
        kind: fields.article_kind(),
        status: ArticleStatus::Published,
        title: fields.title.trim().to_owned(),
        summary: entered(&fields.summary).unwrap_or(rendered.summary),
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
        applies_to: entered(&fields.applies_to),
        further_reading: entered(&fields.further_reading),
        series: fields.series_place(),
        provenance: fields.origin().into_iter().collect(),
        cover: entered(&fields.cover),
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

/// Publishes everything that is due; returns how many articles went out. One that fails does not hold up the others.
///
/// # Errors
/// When what is due cannot be read.
pub async fn publish_due(site: &Site, now: Timestamp) -> Result<usize> {
    let mut count = 0;
    for due in site.store.due_drafts(now).await.context("reading what is due")? {
        match publish_scheduled(site, due).await {
            Ok(out) => count += usize::from(out),
            Err(error) => {
                tracing::error!(article = due.id.0, "a scheduled article could not be published: {error:#}");
            }
        }
    }
    Ok(count)
}

/// Publishes one scheduled article, or gives it back to its author with a notice; whether it went out.
async fn publish_scheduled(site: &Site, due: DueDraft) -> Result<bool> {
    let Some((work, _)) = site.store.working_text(due.id).await.context("reading a draft")? else { return Ok(false) };
    let event = |action| Event { actor: SCHEDULE, action, object: &work.fields.title, address: "" };
    let published =
        match publish(site, &work, &work.saved_by, Some(due.at), &event("article published on schedule")).await {
            Err(error) if is_panic(&error) => {
                tracing::error!(article = due.id.0, "a scheduled article made the renderer panic: {error:#}");
                Published::Problems(vec![Problem::new("body", ProblemKind::NotRenderable)])
            }
            published => published?,
        };
    match published {
        Published::Out(slug) => {
            tracing::info!(%slug, "published {slug} as scheduled");
            Ok(true)
        }
        // Somebody saved or withdrew it this moment: the next look decides.
        Published::Changed => Ok(false),
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
            Ok(false)
        }
    }
}

/// Whether the text made the renderer panic: then it would do so every time.
fn is_panic(error: &anyhow::Error) -> bool {
    error.downcast_ref::<tokio::task::JoinError>().is_some_and(tokio::task::JoinError::is_panic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_text_that_makes_the_renderer_panic_is_known_from_a_fault_of_the_site() {
        let panicked = tokio::task::spawn_blocking(|| panic!("in the renderer")).await.context("rendering a text");
        assert!(is_panic(&panicked.unwrap_err()));
        assert!(!is_panic(&anyhow::anyhow!("the disk is full").context("publishing an article")));
    }
}
