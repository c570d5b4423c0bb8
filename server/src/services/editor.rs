//! What authors work on: opening, listing and previewing for the pages, saving for what is posted.

use super::changes::changes;
use super::failure::internal;
use super::writer::Writer;
use crate::passwords::is_hexadecimal;
use crate::rendering;
use crate::site::Site;
use crate::variants;
use app::account::Viewer;
use app::editor::{Compared, Editing, Outcome, Preview, Previewed, Theirs, WorkFilter};
use app::error::AppError;
use app::services::Editor;
use async_trait::async_trait;
use store::{DraftOutcome, DraftToSave, WorkQuery};
use types::{
    ArticleId, ArticleStatus, DraftFields, GivenFields, KnownSeries, Page, Problem, Timestamp, WorkItem, WorkingText,
};

/// Versions that the page lists.
const REVISIONS: u32 = 50;
/// Series that are offered to those who go on with one, the latest.
const SERIES: u32 = 200;
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
                user: writer.author.to_string(),
                key: key(),
                ..Editing::default()
            });
        };
        let work = self.own(&writer, id).await?;
        let mut editing = self.editing(&writer, &work).await?;
        if let Some(number) = compare {
            let old = self.0.store.revision(id, number).await.map_err(|error| internal("reading a version", &error))?;
            // What was not kept then is as it is now.
            let old = old.ok_or(AppError::NotFound)?.over(work.fields.clone());
            let changes = changes(&self.0, &old, &work.fields).await?;
            editing.compared = Some(Compared { number, changes, lines: merge::lines(&old.body, &work.fields.body) });
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

    async fn preview(&self, token: &str) -> Result<Previewed, AppError> {
        if !is_hexadecimal(token, 32) {
            return Err(AppError::NotFound);
        }
        let work = self.0.store.text_by_token(token).await.map_err(|error| internal("reading a draft", &error))?;
        let work = work.ok_or(AppError::NotFound)?;
        if work.status == ArticleStatus::Published && work.revision == work.published {
            return Ok(Previewed::Article(work.slug));
        }
        let rendered = rendering::preview(&self.0, &work.fields.body)
            .await
            .map_err(|error| internal("rendering a draft", &*error))?;
        let rendered = rendered.map_err(|_| AppError::NotFound)?;
        let html = variants::shown(&self.0.store, rendered.html).await?;
        let fields = work.fields;
        Ok(Previewed::Text(Preview {
            title: fields.title,
            summary: fields.summary,
            html,
            outline: rendered.outline,
            saved_at: work.saved_at,
        }))
    }

    async fn category_name(&self, slug: &str) -> Result<Option<String>, AppError> {
        let Ok(slug) = slug.parse() else { return Ok(None) };
        let found = self.0.store.category_named(&slug).await.map_err(|error| internal("reading a category", &error))?;
        Ok(found.map(|category| category.name))
    }

    async fn series(&self) -> Result<Vec<KnownSeries>, AppError> {
        self.0.store.known_series(SERIES).await.map_err(|error| internal("listing series", &error))
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
    pub(super) async fn own_or_removed(&self, writer: &Writer, id: ArticleId) -> Result<WorkingText, AppError> {
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
            submitted: work.submitted,
            foreign: writer.is_foreign(work),
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
            user: writer.author.to_string(),
            key: key(),
            ..Editing::default()
        })
    }

    /// Every field of what was sent: the page may have been opened before there were all of them, and what it did not know
    /// stays as it is.
    ///
    /// # Errors
    /// Not this person's, not there, or a fault.
    pub async fn whole(
        &self,
        writer: &Writer,
        id: Option<ArticleId>,
        given: GivenFields,
    ) -> Result<DraftFields, AppError> {
        let now = match id.filter(|_| !given.is_whole()) {
            Some(id) => self.own(writer, id).await?.fields,
            None => DraftFields::default(),
        };
        Ok(given.over(now).cleaned())
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
        let review = writer.review(&posted.fields.title);
        let draft = DraftToSave {
            id: posted.id,
            author: writer.author,
            by: &writer.handle,
            base_revision: posted.base_revision,
            key: posted.key.get(..64).unwrap_or(&posted.key),
            fields: &posted.fields,
            explicit: posted.explicit,
            review: review.as_ref(),
        };
        let outcome = self.0.store.save_draft(&draft).await.map_err(|error| internal("saving a draft", &error))?;
        match (outcome, posted.id) {
            (DraftOutcome::Saved { id, revision, at }, _) => Ok(Save::Done { id, revision, at }),
            (DraftOutcome::Conflict, Some(id)) => Ok(Save::Conflict(Box::new(self.own(writer, id).await?))),
            (DraftOutcome::Conflict | DraftOutcome::Missing, _) => Err(AppError::NotFound),
        }
    }

    /// Makes a kept version the working text. What it replaces is kept too.
    ///
    /// # Errors
    /// Not this person's, not there, or a fault.
    pub async fn restore(&self, writer: &Writer, id: ArticleId, number: u32, key: String) -> Result<(), AppError> {
        let work = self.own(writer, id).await?;
        let old = self.0.store.revision(id, number).await.map_err(|error| internal("reading a version", &error))?;
        let fields = old.ok_or(AppError::NotFound)?.over(work.fields);
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
                changes: changes(&self.0, &theirs.fields, typed).await?,
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
