//! The shared vocabulary: the words that every other package speaks, from the database to the browser.
//!
//! Only serde and thiserror; no I/O, no framework. In reading order: what is published ([`article`]),
//! where it stands ([`category`], [`tag`], [`author`], [`slug`], [`time`]), what a page of it looks like
//! ([`page`], [`query`], [`search`]), what readers say to it ([`feedback`]),
//! and the small things beside it ([`learning`]).

pub mod account;
pub mod administration;
pub mod article;
pub mod attachment;
pub mod author;
pub mod category;
pub mod credential;
pub mod draft;
pub mod feedback;
pub mod field_change;
pub mod html;
pub mod learning;
pub mod page;
pub mod percent;
pub mod permission;
pub mod problem;
pub mod query;
pub mod revision;
pub mod search;
pub mod series;
pub mod slug;
pub mod tag;
pub mod time;
pub mod work;

pub use account::{Account, AccountState, AuditEntry, OpenSession, Registration, Role};
pub use administration::{CategoryNode, Numbered, RedirectEntry, SiteSettings, TagEntry, Totals};
pub use article::{
    Article, ArticleId, ArticleKind, ArticleStatus, ArticleSummary, Block, BlockKind, Heading, Neighbour,
    ProvenanceStep, UnknownName,
};
pub use attachment::{Attachment, AttachmentId, Listed, Listing, Offer};
pub use author::{Author, Handle};
pub use category::{CategoryGroup, CategoryLeaf, CategoryRef};
pub use credential::{InvalidCredential, Password, Username};
pub use draft::{DraftFields, GivenFields, entered};
pub use feedback::{
    CONTACT_DAYS, FeedbackEntry, FeedbackFault, FeedbackId, FeedbackKind, FeedbackMessage, FeedbackState,
    FeedbackSubject, written,
};
pub use field_change::FieldChange;
pub use html::SafeHtml;
pub use learning::{LearningCard, Quotation};
pub use page::{Page, PageNumber};
pub use permission::{Action, Object, can};
pub use problem::{Problem, ProblemKind};
pub use query::{ArticleFilter, ArticleSort, Scope, join_values, split_values};
pub use revision::{Revision, RevisionReason};
pub use search::{
    Facet, FacetValue, Facets, Hit, Piece, SearchQuery, SearchResults, Snippet, Suggestion, SuggestionKind,
};
pub use series::{KnownSeries, Series, SeriesPart, SeriesPlace};
pub use slug::{InvalidSlug, Slug};
pub use tag::{Tag, TagKey, TagRef};
pub use time::{Month, Timestamp};
pub use work::{WorkItem, WorkingText};
