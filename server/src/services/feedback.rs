//! What readers tell about articles, in the database. Each operation checks for itself who asks.

use super::failure::internal;
use super::writer::Writer;
use crate::site::Site;
use app::account::Viewer;
use app::error::AppError;
use app::feedback::{FeedbackFilter, FeedbackItem, FeedbackQueue};
use app::services::Feedback;
use async_trait::async_trait;
use store::FeedbackQuery;
use types::{
    ArticleStatus, FeedbackEntry, FeedbackId, FeedbackState, FeedbackSubject, Object, Page, PageNumber, Role, Slug, can,
};

/// Cases of a page.
const PER_PAGE: u32 = 30;

/// The cases in the database.
pub struct StoredFeedback(pub Site);

#[async_trait]
impl Feedback for StoredFeedback {
    async fn subject(&self, slug: &Slug) -> Result<FeedbackSubject, AppError> {
        let found = self.0.store.feedback_subject(slug).await;
        match found.map_err(|error| internal("reading an article", &error))? {
            Some(subject) if subject.status == ArticleStatus::Published => Ok(subject),
            Some(subject) if subject.status == ArticleStatus::Removed => Err(AppError::Gone),
            Some(_) | None => Err(AppError::NotFound),
        }
    }

    async fn is_about(&self, subject: &FeedbackSubject, number: FeedbackId) -> Result<bool, AppError> {
        let found = self.0.store.has_feedback(subject.article, number).await;
        found.map_err(|error| internal("reading feedback", &error))
    }

    async fn queue(&self, viewer: &Viewer, filter: &FeedbackFilter) -> Result<FeedbackQueue, AppError> {
        let writer = Writer::of(viewer)?;
        let query = FeedbackQuery {
            author: (!writer.may_edit_all).then_some(writer.author),
            state: filter.state,
            id: filter.number,
            page: filter.page,
            per_page: PER_PAGE,
        };
        let found = self.0.store.feedback_list(&query).await;
        let Page { total, page, per_page, items } = found.map_err(|error| internal("listing feedback", &error))?;
        let items = items.into_iter().map(|entry| item(entry, viewer.role(), writer.author)).collect();
        Ok(FeedbackQueue { page: Page { total, page, per_page, items }, open: self.open(viewer).await? })
    }

    async fn open(&self, viewer: &Viewer) -> Result<u64, AppError> {
        let writer = Writer::of(viewer)?;
        let author = (!writer.may_edit_all).then_some(writer.author);
        let query = FeedbackQuery { author, state: Some(FeedbackState::Open), ..FeedbackQuery::default() };
        self.0.store.feedback_count(&query).await.map_err(|error| internal("counting feedback", &error))
    }
}

impl StoredFeedback {
    /// The case of this number as somebody sees it who may write; nothing when it is about an article that this person may
    /// not edit.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn case(
        &self,
        number: FeedbackId,
        role: Option<Role>,
        author: i64,
    ) -> Result<Option<FeedbackItem>, AppError> {
        let query =
            FeedbackQuery { id: Some(number), page: PageNumber::FIRST, per_page: 1, ..FeedbackQuery::default() };
        let found = self.0.store.feedback_list(&query).await;
        let found = found.map_err(|error| internal("reading feedback", &error))?.items.pop();
        let own = |entry: &FeedbackEntry| can(role, types::Action::Edit, whose(entry, author));
        Ok(found.filter(own).map(|entry| item(entry, role, author)))
    }
}

/// Whether an article is a person's own.
fn whose(entry: &FeedbackEntry, author: i64) -> Object {
    if entry.author == author { Object::Own } else { Object::Foreign }
}

/// A case as a person of this role sees it, who is this author.
fn item(mut entry: FeedbackEntry, role: Option<Role>, author: i64) -> FeedbackItem {
    let may_close = can(role, entry.kind.needs(), whose(&entry, author));
    if !may_close {
        entry.contact.clear();
    }
    FeedbackItem { entry, may_close }
}
