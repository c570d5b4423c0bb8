//! A text in work: where it stands, beside what readers see.

use crate::ArticleId;
use crate::article::ArticleStatus;
use crate::draft::DraftFields;
use crate::slug::Slug;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An article as its author works on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingText {
    /// The article.
    pub id: ArticleId,
    /// Handle of whose article it is.
    pub author: String,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// Whether it is the change of a published article and waits for an editor.
    pub submitted: bool,
    /// Where readers find it, if it was published.
    pub slug: Slug,
    /// Number of this text.
    pub revision: u32,
    /// Number of the text that was published last; 0 when none was.
    pub published: u32,
    /// The text.
    pub fields: DraftFields,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Handle of who saved it.
    pub saved_by: String,
    /// When it is to go out.
    pub publish_at: Option<Timestamp>,
    /// What the preview address ends in; empty before the first save.
    pub preview_token: String,
    /// What happened to it by itself, and why.
    pub notice: Option<String>,
}

/// An article in its author's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkItem {
    /// The article.
    pub id: ArticleId,
    /// The working title; may be empty.
    pub title: String,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// Where readers find it, if it was published.
    pub slug: Slug,
    /// Who writes it.
    pub author: String,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// When it is to go out.
    pub publish_at: Option<Timestamp>,
    /// Whether there is text that readers do not see yet.
    pub unpublished: bool,
    /// Whether that text changes a published article and waits for an editor.
    pub submitted: bool,
    /// What happened to it by itself, and why.
    pub notice: Option<String>,
}
