//! Reads folders, archives and single files of Markdown of many dialects into articles ready to be rendered and stored.
//! Knows nothing of databases, HTTP or rendering.
//!
//! In reading order: which files there are ([`collection`]), what a list of them may say ([`manifest`]), their characters
//! ([`encoding`]) and front matter ([`front_matter`]), their dialect ([`dialect`]), the article of it all ([`article`]),
//! and where links between them lead ([`links`]).

mod article;
mod collection;
mod date;
mod dialect;
mod encoding;
mod exported;
mod front_matter;
mod links;
mod manifest;

pub use article::{SourceArticle, SourceAttachment, handle_for, parse};
pub use collection::{Collection, Entry, ImportError, Refusal};
pub use exported::{Exported, MARK as EXPORT_MARK};
pub use links::{LinkMap, LinkTarget};
pub use manifest::ManifestEntry;
