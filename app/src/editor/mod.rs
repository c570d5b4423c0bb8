//! Writing: the author's list, the form that works without any script, and the preview of what nobody else sees yet.
//!
//! The form is plain HTML that is posted to its own address; `server` answers with the same page, filled in
//! ([`Editing`]). `frontend/scripts/editor` makes it comfortable and keeps every word.

pub mod actions;
pub mod api;
pub mod attachments;
pub mod comparison;
pub mod conflict;
pub mod editing;
pub mod fields;
pub mod form;
pub mod list;
pub mod page;
pub mod preview;
pub mod revisions;
pub mod series;
pub mod shared;

pub use editing::{Compared, Editing, Outcome, Preview, Previewed, Theirs, WorkFilter};
pub use list::WorkPage;
pub use page::EditorPage;
pub use preview::PreviewPage;
