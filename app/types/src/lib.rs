//! The shared vocabulary: the words that every other package speaks, from the database to the browser.
//!
//! Only serde and thiserror; no I/O, no framework. In reading order: what is published ([`article`]),
//! where it stands ([`category`], [`tag`], [`author`], [`slug`], [`time`]), what a page of it looks like
//! ([`page`], [`query`], [`search`]), and the small things beside it ([`learning`]).

pub mod account;
pub mod administration;
pub mod article;
pub mod attachment;
pub mod author;
pub mod category;
pub mod credential;
pub mod draft;
pub mod html;
pub mod learning;
pub mod page;
pub mod percent;
pub mod permission;
pub mod query;
pub mod search;
pub mod slug;
pub mod tag;
pub mod time;

pub use account::{Account, AccountState, AuditEntry, OpenSession, Registration, Role};
pub use administration::{CategoryNode, Numbered, RedirectEntry, SiteSettings, TagEntry, Totals};
pub use article::{
    Article, ArticleId, ArticleKind, ArticleStatus, ArticleSummary, Block, BlockKind, Heading, Neighbour,
    ProvenanceStep, Series, SeriesPart, UnknownName,
};
pub use attachment::{Attachment, AttachmentId, Listed, Listing, Offer};
pub use author::{Author, Handle};
pub use category::{CategoryGroup, CategoryLeaf, CategoryRef};
pub use credential::{InvalidCredential, Password, Username};
pub use draft::{DraftFields, Problem, ProblemKind, Revision, RevisionReason, WorkItem, WorkingText};
pub use html::SafeHtml;
pub use learning::{LearningCard, Quotation};
pub use page::{Page, PageNumber};
pub use permission::{Action, Object, can};
pub use query::{ArticleFilter, ArticleSort, Scope, join_values};
pub use search::{
    Facet, FacetValue, Facets, Hit, Piece, SearchQuery, SearchResults, Snippet, Suggestion, SuggestionKind,
};
pub use slug::{InvalidSlug, Slug};
pub use tag::{Tag, TagKey, TagRef};
pub use time::{Month, Timestamp};
