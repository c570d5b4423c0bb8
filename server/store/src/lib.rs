//! SQL, migrations and transactions over SQLite or PostgreSQL; nothing above that.
//!
//! One file for each noun. The same SQL text runs on both databases through sqlx's `Any` driver; [`pool`] holds what
//! differs. Row structs do not leave this package: what comes out are the words of `types`.

#![allow(clippy::disallowed_methods, reason = "what is stored went through the sanitiser")]

mod account;
mod account_list;
mod archive;
mod article;
mod article_links;
mod article_list;
mod article_save;
mod article_to_save;
mod asset;
mod asset_use;
mod attachment;
mod audit;
mod author;
mod category;
mod category_change;
mod change_log;
mod draft;
mod draft_save;
mod error;
mod export;
mod export_work;
mod feed;
mod feedback;
mod file;
mod file_content;
mod id;
mod invitation;
mod known;
mod learning;
mod learning_change;
mod migrations;
mod name_now;
mod pool;
mod publish;
mod redirect;
mod review;
mod revision;
mod schedule;
mod series;
mod server_check;
mod session;
mod source_file;
mod sql;
mod tag;
mod tag_change;
mod totals;
mod variant;
mod view_count;

pub use account::{AccountChange, NewAccount, Registered};
pub use article::IndexedArticle;
pub use article_save::{Outcome, Saved, Source};
pub use article_to_save::ArticleToSave;
pub use asset::{Asset, hashes_in};
pub use attachment::{Attached, AttachmentToSave, MOST_ATTACHMENTS, OfferedFile};
pub use audit::Event;
pub use category::SeedGroup;
pub use category_change::CategoryChange;
pub use change_log::{Change, Operation};
pub use draft::{DueDraft, WorkQuery};
pub use draft_save::{DraftOutcome, DraftToSave};
pub use error::{StoreError, causes};
pub use export::StoredArticle;
pub use feed::FeedEntry;
pub use feedback::{FeedbackQuery, NewFeedback};
pub use file::{DatabaseFile, copy_sqlite};
pub use file_content::{FileToKeep, PIECE_BYTES};
pub use learning_change::ListChange;
pub use pool::Store;
pub use publish::{PublishOutcome, ToPublish};
pub use redirect::RedirectChange;
pub use review::SentBack;
pub use server_check::DatabaseServer;
pub use session::NewSession;
pub use tag_change::TagChange;
pub use variant::{Variant, Widths};
