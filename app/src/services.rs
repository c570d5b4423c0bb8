//! What server functions ask of the server. A method exists because a server function calls it.

use crate::account::{OwnAccount, Viewer};
use crate::admin::{ListQuery, Overview, People};
use crate::category::api::CategoryPlace;
use crate::editor::{Editing, Previewed, WorkFilter};
use crate::error::AppError;
use crate::feedback::{FeedbackFilter, FeedbackQueue};
use crate::site::api::Frame;
use async_trait::async_trait;
use leptos::prelude::use_context;
use std::sync::Arc;
use types::{
    Article, ArticleFilter, ArticleId, ArticleSummary, AuditEntry, Author, CategoryGroup, CategoryNode, FeedbackId,
    FeedbackSubject, Handle, KnownSeries, LearningCard, Month, Neighbour, Numbered, Page, Quotation, RedirectEntry,
    Registration, Role, SearchQuery, SearchResults, SiteSettings, Slug, Suggestion, SuggestionKind, Tag, TagEntry,
    TagKey, WorkItem,
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
    /// Some articles by chance, without the one that is named.
    async fn random(&self, but: Option<&Slug>) -> Result<Vec<Neighbour>, AppError>;
}

/// The ways to articles.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Groups and leaves with counts.
    async fn categories(&self) -> Result<Vec<CategoryGroup>, AppError>;
    /// The category with this slug, and where it stands.
    async fn category(&self, slug: &Slug) -> Result<CategoryPlace, AppError>;
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
    /// A mail address or a link by which those who run the site are reached; may be empty.
    fn contact(&self) -> String;
    /// Tags, months, a command and a line for this hour.
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
    async fn suggest(&self, text: &str, kind: Option<SuggestionKind>) -> Result<Vec<Suggestion>, AppError>;
}

/// What authors work on.
#[async_trait]
pub trait Editor: Send + Sync {
    /// The page of one text, or of a new one, with a kept version beside it where one is asked for.
    async fn open(&self, viewer: &Viewer, id: Option<ArticleId>, compare: Option<u32>) -> Result<Editing, AppError>;
    /// One page of a list of work.
    async fn list(&self, viewer: &Viewer, filter: &WorkFilter) -> Result<Page<WorkItem>, AppError>;
    /// The text that a preview address leads to.
    async fn preview(&self, token: &str) -> Result<Previewed, AppError>;
    /// The name of a category, also of one that is hidden.
    async fn category_name(&self, slug: &str) -> Result<Option<String>, AppError>;
    /// The series that readers see, the one with the newest part first.
    async fn series(&self) -> Result<Vec<KnownSeries>, AppError>;
}

/// What readers tell about articles.
#[async_trait]
pub trait Feedback: Send + Sync {
    /// The article with this slug, if readers see it.
    async fn subject(&self, slug: &Slug) -> Result<FeedbackSubject, AppError>;
    /// Whether a case of this number is about an article.
    async fn is_about(&self, subject: &FeedbackSubject, number: FeedbackId) -> Result<bool, AppError>;
    /// What this person may see: editors everything, authors what is about their own articles.
    async fn queue(&self, viewer: &Viewer, filter: &FeedbackFilter) -> Result<FeedbackQueue, AppError>;
    /// How many open cases this person may see.
    async fn open(&self, viewer: &Viewer) -> Result<u64, AppError>;
}

/// Accounts, as their pages show them.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// The account of the person who asks, if there is one.
    async fn own(&self, viewer: &Viewer) -> Result<Option<OwnAccount>, AppError>;
    /// Who may register.
    async fn registration(&self) -> Result<Registration, AppError>;
    /// What an invitation lets somebody become, while it is good.
    async fn invitation(&self, token: &str) -> Result<Option<Role>, AppError>;
}

/// What admins see of the site. Every method checks for itself who asks.
#[async_trait]
pub trait Admin: Send + Sync {
    /// How much there is, and what was done last.
    async fn overview(&self, viewer: &Viewer) -> Result<Overview, AppError>;
    /// Accounts.
    async fn people(&self, viewer: &Viewer, query: &ListQuery) -> Result<People, AppError>;
    /// The whole tree.
    async fn categories(&self, viewer: &Viewer) -> Result<Vec<CategoryNode>, AppError>;
    /// Tags with their other names.
    async fn tags(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<TagEntry>, AppError>;
    /// Commands to learn.
    async fn cards(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<Numbered<LearningCard>>, AppError>;
    /// Lines to remember.
    async fn quotations(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<Numbered<Quotation>>, AppError>;
    /// Old addresses.
    async fn redirects(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<RedirectEntry>, AppError>;
    /// What admins decide.
    async fn settings(&self, viewer: &Viewer) -> Result<SiteSettings, AppError>;
    /// What was done; by one person where the query names one.
    async fn audit(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<AuditEntry>, AppError>;
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
    /// What readers tell.
    pub feedback: Arc<dyn Feedback>,
    /// Accounts.
    pub accounts: Arc<dyn Accounts>,
    /// What admins see.
    pub admin: Arc<dyn Admin>,
}

/// The services of the request that is being answered.
///
/// # Errors
/// [`AppError::Unavailable`] outside a request, as when the list of routes is made at start-up.
pub fn services() -> Result<Services, AppError> {
    use_context::<Services>().ok_or(AppError::Unavailable)
}
