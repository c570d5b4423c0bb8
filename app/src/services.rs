//! What server functions ask of the server. A method exists because a server function calls it.

use crate::account::{Administration, OwnAccount, Viewer};
use crate::editor::{Editing, Preview, WorkFilter};
use crate::error::AppError;
use crate::site::api::Frame;
use async_trait::async_trait;
use leptos::prelude::use_context;
use std::sync::Arc;
use types::{
    Article, ArticleFilter, ArticleId, ArticleSummary, Author, CategoryGroup, Handle, LearningCard, Month, Neighbour,
    Page, Registration, SearchQuery, SearchResults, Slug, Suggestion, Tag, TagKey, WorkItem,
};

/// Published articles.
#[async_trait]
pub trait Articles: Send + Sync {
    /// The article with this slug.
    async fn by_slug(&self, slug: &Slug) -> Result<Article, AppError>;
    /// One page of a list.
    async fn list(&self, filter: &ArticleFilter) -> Result<Page<ArticleSummary>, AppError>;
    /// The most read articles of a category, or of the whole site.
    async fn recommended(&self, category: Option<&Slug>) -> Result<Vec<Neighbour>, AppError>;
    /// Some articles by chance.
    async fn random(&self) -> Result<Vec<Neighbour>, AppError>;
}

/// The ways to articles.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Groups and leaves with counts.
    async fn categories(&self) -> Result<Vec<CategoryGroup>, AppError>;
    /// Months with counts, newest first.
    async fn months(&self) -> Result<Vec<(Month, u32)>, AppError>;
    /// The tags in most use.
    async fn tags(&self) -> Result<Vec<Tag>, AppError>;
    /// The tag with this key or alias.
    async fn tag(&self, key: &TagKey) -> Result<Tag, AppError>;
    /// The author with this handle, and the number of published articles.
    async fn author(&self, handle: &Handle) -> Result<(Author, u32), AppError>;
}

/// What stands around every page.
#[async_trait]
pub trait Site: Send + Sync {
    /// Menu, tags, months, a command and a line for this hour.
    async fn frame(&self) -> Result<Frame, AppError>;
    /// A command to learn, by chance.
    async fn learning_card(&self) -> Result<LearningCard, AppError>;
}

/// Full-text search.
#[async_trait]
pub trait Search: Send + Sync {
    /// Articles that match.
    async fn search(&self, query: &SearchQuery) -> Result<SearchResults, AppError>;
    /// What could be meant by the beginning of a text.
    async fn suggest(&self, text: &str) -> Result<Vec<Suggestion>, AppError>;
}

/// What authors work on.
#[async_trait]
pub trait Editor: Send + Sync {
    /// The page of one text, or of a new one, with a kept version beside it where one is asked for.
    async fn open(&self, viewer: &Viewer, id: Option<ArticleId>, compare: Option<u32>) -> Result<Editing, AppError>;
    /// One page of a list of work.
    async fn list(&self, viewer: &Viewer, filter: &WorkFilter) -> Result<Page<WorkItem>, AppError>;
    /// The text that a preview address leads to.
    async fn preview(&self, token: &str) -> Result<Preview, AppError>;
}

/// Accounts, as their pages show them.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// The account of the person who asks, if there is one.
    async fn own(&self, viewer: &Viewer) -> Result<Option<OwnAccount>, AppError>;
    /// Who may register.
    async fn registration(&self) -> Result<Registration, AppError>;
    /// What admins see.
    async fn administration(&self, viewer: &Viewer) -> Result<Administration, AppError>;
}

/// Everything that server functions may ask.
#[derive(Clone)]
pub struct Services {
    /// Published articles.
    pub articles: Arc<dyn Articles>,
    /// The ways to articles.
    pub directory: Arc<dyn Directory>,
    /// What stands around every page.
    pub site: Arc<dyn Site>,
    /// Full-text search.
    pub search: Arc<dyn Search>,
    /// What authors work on.
    pub editor: Arc<dyn Editor>,
    /// Accounts.
    pub accounts: Arc<dyn Accounts>,
}

/// The services of the request that is being answered.
///
/// # Errors
/// [`AppError::Unavailable`] outside a request, as when the list of routes is made at start-up.
pub fn services() -> Result<Services, AppError> {
    use_context::<Services>().ok_or(AppError::Unavailable)
}
