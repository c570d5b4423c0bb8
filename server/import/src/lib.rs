//! Reads folders, archives and single files of Markdown of many dialects into articles ready to be rendered and stored.
//! Knows nothing of databases, HTTP or rendering.
//!
//! In reading order: which files there are ([`collection`], [`entry`]), what a list of them may say ([`manifest`]), their
//! characters ([`encoding`]), front matter ([`front_matter`], [`fields`]) and titles ([`title`]), their dialect
//! ([`dialect`]), the article of it all ([`article`]), and where links lead, between them ([`links`]) and to what stayed where
//! they come from ([`origin`]).

mod article;
mod collection;
mod date;
mod dialect;
mod encoding;
mod entry;
mod error;
mod exported;
mod fields;
mod front_matter;
mod links;
mod manifest;
mod origin;
mod romanised;
mod title;

pub use article::{SourceArticle, SourceAttachment, parse};
pub use collection::Collection;
pub use entry::Entry;
pub use error::{ImportError, Refusal};
pub use exported::{Exported, MARK as EXPORT_MARK};
pub use links::{LinkMap, LinkTarget};
pub use manifest::ManifestEntry;
pub use origin::at_origin;
pub use romanised::handle_for;
