//! Where an article goes in its life when its author or an editor presses a button of the form.

use super::editor::StoredEditor;
use super::failure::internal;
use super::writer::Writer;
use crate::publishing::{self, Published};
use app::editor::Outcome;
use app::error::AppError;
use app::words::editor as words;
use types::{ArticleId, ArticleStatus, Problem, ProblemKind, Timestamp, WorkingText};

/// Characters of what an author is told whose text goes back.
const MAX_REASON: usize = 500;

/// What a button of the form says, and what was entered beside it.
pub struct Pressed<'a> {
    /// The button.
    pub action: &'a str,
    /// When it is to go out.
    pub publish_at: &'a str,
    /// Why it goes back to its author.
    pub reason: &'a str,
}

impl StoredEditor {
    /// Does what a button of the form says, after the text was saved.
    ///
    /// # Errors
    /// Not allowed, not there, or a fault.
    pub async fn act(
        &self,
        writer: &Writer,
        id: ArticleId,
        Pressed { action, publish_at, reason }: Pressed<'_>,
    ) -> Result<(Outcome, Vec<Problem>), AppError> {
        use ArticleStatus::{Draft, Hidden, Published as Out, Removed, Review, Scheduled};
        let work = self.own(writer, id).await?;
        let title = work.fields.title.clone();
        let foreign = writer.is_foreign(&work);
        let said = (foreign && action == "withdraw").then(|| words::returned(&one_line(reason)));
        let notice = said.as_deref();
        let moved = |from: &'static [ArticleStatus], to, at, done, what: &'static str| async move {
            let event = writer.event(what, &title);
            let moved = self.0.store.move_article(id, from, to, at, notice, &event).await;
            let moved = moved.map_err(|error| internal("moving an article", &error))?;
            if moved {
                self.0.pages.forget();
                self.0.changed.notify_one();
            }
            Ok((if moved { done } else { Outcome::NotNow }, Vec::new()))
        };
        match action {
            "publish" | "schedule" if !writer.may_publish => Err(AppError::NotFound),
            "publish" => {
                let result = publishing::publish(
                    &self.0,
                    &work,
                    &writer.handle,
                    None,
                    &writer.event("article published", &work.fields.title),
                )
                .await;
                Ok(match result.map_err(|error| internal("publishing an article", &*error))? {
                    Published::Out(_) => (Outcome::Published, Vec::new()),
                    Published::Problems(problems) => (Outcome::Refused, problems),
                    Published::Changed => (Outcome::NotNow, Vec::new()),
                })
            }
            "schedule" => {
                let mut problems = self.unpublishable(&work).await?;
                let at = Timestamp::from_site_minute(publish_at).filter(|at| *at > publishing::now());
                if at.is_none() {
                    problems.push(Problem::new("publish_at", ProblemKind::NotAFutureTime));
                }
                if !problems.is_empty() {
                    return Ok((Outcome::Refused, problems));
                }
                moved(&[Draft, Review, Scheduled], Scheduled, at, Outcome::Scheduled, "article scheduled").await
            }
            "submit" => {
                let problems = self.unpublishable(&work).await?;
                if !problems.is_empty() {
                    return Ok((Outcome::Refused, problems));
                }
                if work.status == Out {
                    let event = writer.event("article submitted", &work.fields.title);
                    let submitted = self.0.store.submit_change(id, &event).await;
                    let submitted = submitted.map_err(|error| internal("submitting a change", &error))?;
                    return Ok((if submitted { Outcome::ChangeSubmitted } else { Outcome::Unchanged }, Vec::new()));
                }
                // One that its author took away comes back by way of review.
                moved(&[Draft, Hidden], Review, None, Outcome::Submitted, "article submitted").await
            }
            "withdraw" => {
                let event = if foreign { "article sent back" } else { "article withdrawn" };
                let done = |own| if foreign { Outcome::Returned } else { own };
                if work.status == Out {
                    let event = writer.event(event, &work.fields.title);
                    let withdrawn = self.0.store.withdraw_change(id, notice, &event).await;
                    let withdrawn = withdrawn.map_err(|error| internal("taking back a change", &error))?;
                    let outcome = if withdrawn { done(Outcome::ChangeWithdrawn) } else { Outcome::NotNow };
                    return Ok((outcome, Vec::new()));
                }
                moved(&[Review, Scheduled], Draft, None, done(Outcome::Withdrawn), event).await
            }
            "hide" => moved(&[Out], Hidden, None, Outcome::Hidden, "article hidden").await,
            "delete" => {
                moved(&[Draft, Review, Scheduled, Out, Hidden], Removed, None, Outcome::Deleted, "article deleted")
                    .await
            }
            _ => Ok((Outcome::Saved, work.fields.malformed())),
        }
    }

    /// What has to be put right before a text can go out; publishing looks once more.
    async fn unpublishable(&self, work: &WorkingText) -> Result<Vec<Problem>, AppError> {
        let mut problems = work.fields.unpublishable();
        let taken = publishing::part_taken(&self.0, work).await;
        problems.extend(taken.map_err(|error| internal("looking for a part of a series", &*error))?);
        Ok(problems)
    }

    /// Brings a deleted article back, without showing it to readers: as a draft, or hidden when they knew it.
    ///
    /// # Errors
    /// Not this person's, not deleted, or a fault.
    pub async fn revive(&self, writer: &Writer, id: ArticleId) -> Result<(), AppError> {
        let work = self.own_or_removed(writer, id).await?;
        let to = if work.published > 0 { ArticleStatus::Hidden } else { ArticleStatus::Draft };
        let event = writer.event("article revived", &work.fields.title);
        let moved = self.0.store.move_article(id, &[ArticleStatus::Removed], to, None, None, &event).await;
        if !moved.map_err(|error| internal("reviving an article", &error))? {
            return Err(AppError::NotFound);
        }
        self.0.pages.forget();
        Ok(())
    }
}

/// What was said, on one line.
fn one_line(reason: &str) -> String {
    let line = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(MAX_REASON).collect()
}
