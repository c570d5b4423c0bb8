//! What authors work on: opening, listing and previewing for the pages, saving and moving for what is posted.

use super::failure::internal;
use super::writer::Writer;
use crate::publishing::{self, Published};
use crate::site::Site;
use crate::variants;
use app::account::Viewer;
use app::editor::{Compared, Editing, Outcome, Preview, Theirs, WorkFilter};
use app::error::AppError;
use app::services::Editor;
use async_trait::async_trait;
use store::{DraftOutcome, DraftToSave, WorkQuery};
use types::{ArticleId, ArticleStatus, DraftFields, Page, Problem, ProblemKind, Timestamp, WorkItem, WorkingText};

/// Versions that the page lists.
const REVISIONS: u32 = 50;
/// Entries of a list.
const PER_PAGE: u32 = 30;

/// The editor's operations; every one of them checks for itself who asks.
pub struct StoredEditor(pub Site);

/// What is posted to be saved.
pub struct Posted {
    /// The article; a new one when there is none.
    pub id: Option<ArticleId>,
    /// Number of the text that this one was made from.
    pub base_revision: u32,
    /// The same key is the same save.
    pub key: String,
    /// The text.
    pub fields: DraftFields,
    /// The author asked for it.
    pub explicit: bool,
}

/// What became of a save.
pub enum Save {
    /// It is stored.
    Done {
        /// The article.
        id: ArticleId,
        /// Number of the text.
        revision: u32,
        /// When.
        at: Timestamp,
    },
    /// The text that somebody else saved meanwhile.
    Conflict(Box<WorkingText>),
    /// What is too large.
    TooLarge(Vec<Problem>),
}

#[async_trait]
impl Editor for StoredEditor {
    async fn open(&self, viewer: &Viewer, id: Option<ArticleId>, compare: Option<u32>) -> Result<Editing, AppError> {
        let writer = Writer::of(viewer)?;
        let Some(id) = id else {
            let fields = DraftFields { kind: "original".to_owned(), ..DraftFields::default() };
            return Ok(Editing {
                fields,
                may_publish: writer.may_publish,
                user: writer.handle,
                key: key(),
                ..Editing::default()
            });
        };
        let work = self.own(&writer, id).await?;
        let mut editing = self.editing(&writer, &work).await?;
        if let Some(number) = compare {
            let old = self.0.store.revision(id, number).await.map_err(|error| internal("reading a version", &error))?;
            editing.compared =
                Some(Compared { number, lines: merge::lines(&old.ok_or(AppError::NotFound)?.body, &work.fields.body) });
        }
        Ok(editing)
    }

    async fn list(&self, viewer: &Viewer, filter: &WorkFilter) -> Result<Page<WorkItem>, AppError> {
        let writer = Writer::of(viewer)?;
        let query = WorkQuery {
            author: (!(filter.everybody && writer.may_edit_all)).then_some(writer.author),
            statuses: filter.status.into_iter().collect(),
            text: filter.text.clone(),
            page: filter.page,
            per_page: PER_PAGE,
        };
        self.0.store.work_list(&query).await.map_err(|error| internal("listing drafts", &error))
    }

    async fn preview(&self, token: &str) -> Result<Preview, AppError> {
        if token.len() != 32 || !token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(AppError::NotFound);
        }
        let work = self.0.store.text_by_token(token).await.map_err(|error| internal("reading a draft", &error))?;
        let work = work.ok_or(AppError::NotFound)?;
        let rendered = publishing::render(&self.0, &work.fields.body)
            .await
            .map_err(|error| internal("rendering a draft", &*error))?;
        let rendered = rendered.map_err(|_| AppError::NotFound)?;
        let html = variants::shown(&self.0.store, rendered.html).await?;
        let fields = work.fields;
        Ok(Preview {
            title: fields.title,
            summary: fields.summary,
            html,
            outline: rendered.outline,
            saved_at: work.saved_at,
        })
    }
}

impl StoredEditor {
    /// The newest text of an article that this person may edit. Somebody else's is as if it were not there.
    ///
    /// # Errors
    /// There is none, or the database cannot be read.
    pub async fn own(&self, writer: &Writer, id: ArticleId) -> Result<WorkingText, AppError> {
        let work = self.own_or_removed(writer, id).await?;
        if work.status == ArticleStatus::Removed { Err(AppError::NotFound) } else { Ok(work) }
    }

    /// As [`Self::own`], and deleted ones too.
    async fn own_or_removed(&self, writer: &Writer, id: ArticleId) -> Result<WorkingText, AppError> {
        let found = self.0.store.working_text(id).await.map_err(|error| internal("reading a draft", &error))?;
        found.filter(|(_, author)| writer.may_edit(*author)).map(|(work, _)| work).ok_or(AppError::NotFound)
    }

    /// The page of a text.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn editing(&self, writer: &Writer, work: &WorkingText) -> Result<Editing, AppError> {
        let revisions =
            self.0.store.revisions(work.id, REVISIONS).await.map_err(|error| internal("reading versions", &error))?;
        let attachments = self.0.store.attachments_of(&[work.id]).await;
        let mut attachments = attachments.map_err(|error| internal("reading attachments", &error))?;
        Ok(Editing {
            attachments: attachments.remove(&work.id.0).unwrap_or_default(),
            id: Some(work.id),
            status: work.status,
            slug: Some(work.slug.clone()),
            base_revision: work.revision,
            published: work.published,
            fields: work.fields.clone(),
            saved_at: Some(work.saved_at),
            publish_at: work.publish_at.map(|at| at.minute().replace(' ', "T")).unwrap_or_default(),
            preview_token: work.preview_token.clone(),
            notice: work.notice.clone(),
            problems: work.fields.malformed(),
            revisions,
            may_publish: writer.may_publish,
            user: writer.handle.clone(),
            key: key(),
            ..Editing::default()
        })
    }

    /// Saves a text.
    ///
    /// # Errors
    /// Not this person's, not there, or a fault.
    pub async fn save(&self, writer: &Writer, posted: &Posted) -> Result<Save, AppError> {
        let problems = posted.fields.too_large();
        if !problems.is_empty() {
            return Ok(Save::TooLarge(problems));
        }
        if let Some(id) = posted.id {
            self.own(writer, id).await?;
        }
        let draft = DraftToSave {
            id: posted.id,
            author: writer.author,
            by: &writer.handle,
            base_revision: posted.base_revision,
            key: posted.key.get(..64).unwrap_or(&posted.key),
            fields: &posted.fields,
            explicit: posted.explicit,
        };
        let outcome = self.0.store.save_draft(&draft).await.map_err(|error| internal("saving a draft", &error))?;
        match (outcome, posted.id) {
            (DraftOutcome::Saved { id, revision, at }, _) => Ok(Save::Done { id, revision, at }),
            (DraftOutcome::Conflict, Some(id)) => Ok(Save::Conflict(Box::new(self.own(writer, id).await?))),
            (DraftOutcome::Conflict | DraftOutcome::Missing, _) => Err(AppError::NotFound),
        }
    }

    /// Does what a button of the form says, after the text was saved.
    ///
    /// # Errors
    /// Not allowed, not there, or a fault.
    pub async fn act(
        &self,
        writer: &Writer,
        id: ArticleId,
        action: &str,
        publish_at: &str,
    ) -> Result<(Outcome, Vec<Problem>), AppError> {
        use ArticleStatus::{Draft, Hidden, Published as Out, Removed, Review, Scheduled};
        let work = self.own(writer, id).await?;
        let title = work.fields.title.clone();
        let moved = |from: &'static [ArticleStatus], to, at, done, what: &'static str| async move {
            let event = writer.event(what, &title);
            let moved = self.0.store.move_article(id, from, to, at, None, &event).await;
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
                let mut problems = work.fields.unpublishable();
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
                let problems = work.fields.unpublishable();
                if !problems.is_empty() {
                    return Ok((Outcome::Refused, problems));
                }
                moved(&[Draft], Review, None, Outcome::Submitted, "article submitted").await
            }
            "withdraw" => moved(&[Review, Scheduled], Draft, None, Outcome::Withdrawn, "article withdrawn").await,
            "hide" => moved(&[Out], Hidden, None, Outcome::Hidden, "article hidden").await,
            "delete" => {
                moved(&[Draft, Review, Scheduled, Out, Hidden], Removed, None, Outcome::Deleted, "article deleted")
                    .await
            }
            _ => Ok((Outcome::Saved, work.fields.malformed())),
        }
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

    /// Makes a kept version the working text. What it replaces is kept too.
    ///
    /// # Errors
    /// Not this person's, not there, or a fault.
    pub async fn restore(&self, writer: &Writer, id: ArticleId, number: u32, key: String) -> Result<(), AppError> {
        let work = self.own(writer, id).await?;
        let old = self.0.store.revision(id, number).await.map_err(|error| internal("reading a version", &error))?;
        let mut fields = old.ok_or(AppError::NotFound)?;
        if fields.category.is_empty() && fields.kind.is_empty() {
            // An old row knows only title and text.
            fields = DraftFields { title: fields.title, body: fields.body, ..work.fields };
        }
        let posted = Posted { id: Some(id), base_revision: work.revision, key, fields, explicit: true };
        match self.save(writer, &posted).await? {
            Save::Done { .. } => {
                let object = format!("{} · {number}", posted.fields.title);
                let noted = self.0.store.note(&writer.event("version restored", &object)).await;
                noted.map_err(|error| internal("writing the audit log", &error))
            }
            Save::Conflict(_) | Save::TooLarge(_) => Err(AppError::Unavailable),
        }
    }

    /// The page after a save that was not carried out: what was typed, and what the server has.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn conflicting(
        &self,
        writer: &Writer,
        typed: &DraftFields,
        theirs: &WorkingText,
    ) -> Result<Editing, AppError> {
        let lines = merge::lines(&theirs.fields.body, &typed.body);
        Ok(Editing {
            fields: typed.clone(),
            outcome: Outcome::Conflict,
            theirs: Some(Theirs {
                fields: theirs.fields.clone(),
                saved_by: theirs.saved_by.clone(),
                saved_at: theirs.saved_at,
                lines,
            }),
            ..self.editing(writer, theirs).await?
        })
    }
}

/// A key for the next save.
#[must_use]
pub fn key() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}
