//! Everything that the editor's pages show.

use merge::Line;
use serde::{Deserialize, Serialize};
use types::{
    ArticleId, ArticleStatus, Attachment, DraftFields, FieldChange, Heading, Problem, Revision, SafeHtml, Slug,
    Timestamp,
};

/// What the last post did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Nothing was posted.
    #[default]
    None,
    /// The draft is stored.
    Saved,
    /// Readers see it.
    Published,
    /// It waits for an editor.
    Submitted,
    /// It goes out at its time.
    Scheduled,
    /// The change waits for an editor; readers see what they saw.
    ChangeSubmitted,
    /// There is no change that could wait for an editor.
    Unchanged,
    /// It is a draft again.
    Withdrawn,
    /// The change does not wait any more; readers see what they saw.
    ChangeWithdrawn,
    /// Its author has it again, with what the editor said.
    Returned,
    /// Readers do not see it any more.
    Hidden,
    /// It is among the deleted ones.
    Deleted,
    /// It is not deleted any more.
    Revived,
    /// An older version is the draft now.
    Restored,
    /// Somebody else saved in between; nothing was stored.
    Conflict,
    /// Fields have to be put right; the draft is stored.
    Refused,
    /// It is too large to be stored.
    TooLarge,
    /// Nobody is signed in any more; nothing was stored.
    SignedOut,
    /// It is not in a state that allows this.
    NotNow,
    /// The files are as they were asked to be; the draft is stored.
    FilesChanged,
    /// Some file was not taken; the draft is stored.
    FileRefused,
}

impl Outcome {
    /// The HTTP status of the page that shows it.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Conflict | Self::NotNow => 409,
            Self::Refused | Self::FileRefused => 422,
            Self::TooLarge => 413,
            Self::SignedOut => 401,
            _ => 200,
        }
    }

    /// The name in addresses, for what is shown after a redirect.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "saved" => Self::Saved,
            "published" => Self::Published,
            "submitted" => Self::Submitted,
            "scheduled" => Self::Scheduled,
            "change-submitted" => Self::ChangeSubmitted,
            "unchanged" => Self::Unchanged,
            "withdrawn" => Self::Withdrawn,
            "change-withdrawn" => Self::ChangeWithdrawn,
            "returned" => Self::Returned,
            "hidden" => Self::Hidden,
            "deleted" => Self::Deleted,
            "revived" => Self::Revived,
            "restored" => Self::Restored,
            "files" => Self::FilesChanged,
            _ => Self::None,
        }
    }

    /// The name in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Published => "published",
            Self::Submitted => "submitted",
            Self::Scheduled => "scheduled",
            Self::ChangeSubmitted => "change-submitted",
            Self::Unchanged => "unchanged",
            Self::Withdrawn => "withdrawn",
            Self::ChangeWithdrawn => "change-withdrawn",
            Self::Returned => "returned",
            Self::Hidden => "hidden",
            Self::Deleted => "deleted",
            Self::Revived => "revived",
            Self::Restored => "restored",
            Self::FilesChanged => "files",
            _ => "",
        }
    }
}

/// The text that somebody else saved in between.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Theirs {
    /// The text.
    pub fields: DraftFields,
    /// Who saved it.
    pub saved_by: String,
    /// When.
    pub saved_at: Timestamp,
    /// The small fields, theirs and then mine, where they differ.
    pub changes: Vec<FieldChange>,
    /// Theirs compared with mine.
    pub lines: Vec<Line>,
}

/// A kept version beside the text now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Number of the version.
    pub number: u32,
    /// The small fields, then and now, where they differ.
    pub changes: Vec<FieldChange>,
    /// From then to now.
    pub lines: Vec<Line>,
}

/// The page of one text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Editing {
    /// The article; none before the first save.
    pub id: Option<ArticleId>,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// Whether it is the change of a published article and waits for an editor.
    pub submitted: bool,
    /// Whether it is somebody else's.
    pub foreign: bool,
    /// Where readers find it.
    pub slug: Option<Slug>,
    /// Number of the text that the form was filled with.
    pub base_revision: u32,
    /// Number of the text that readers see; 0 when they see none.
    pub published: u32,
    /// What the form shows.
    pub fields: DraftFields,
    /// When the server stored this text.
    pub saved_at: Option<Timestamp>,
    /// When it is to go out, as the form shows it.
    pub publish_at: String,
    /// Why it goes back to its author, as the form shows it.
    pub reason: String,
    /// End of the preview's address.
    pub preview_token: String,
    /// What happened to it by itself, and why.
    pub notice: Option<String>,
    /// What the last post did.
    pub outcome: Outcome,
    /// What is wrong, field by field.
    pub problems: Vec<Problem>,
    /// The other text, after a conflict.
    pub theirs: Option<Theirs>,
    /// The text as readers would see it.
    pub preview: Option<SafeHtml>,
    /// Files to download.
    pub attachments: Vec<Attachment>,
    /// Why files of the last post were not taken.
    pub refused_files: Vec<String>,
    /// Kept versions, newest first.
    pub revisions: Vec<Revision>,
    /// A kept version beside the text now.
    pub compared: Option<Compared>,
    /// Whether this person may publish.
    pub may_publish: bool,
    /// This person, whatever they are called: the browser keeps texts apart by it.
    pub user: String,
    /// Chosen for the next save, so that a post that is sent twice is one save.
    pub key: String,
}

impl Editing {
    /// Whether it is a new text of which nothing was written or posted yet.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        let blank = DraftFields { kind: self.fields.kind.clone(), ..DraftFields::default() };
        self.id.is_none() && self.outcome == Outcome::None && self.fields == blank
    }
}

/// What a preview address leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Previewed {
    /// A text that readers do not see.
    Text(Preview),
    /// An article that readers see as it is.
    Article(Slug),
}

/// A text for those who were given its address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub summary: String,
    /// The text as it would be published.
    pub html: SafeHtml,
    /// Its headings.
    pub outline: Vec<Heading>,
    /// When it was saved.
    pub saved_at: Timestamp,
}

/// What a list of work shows, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkFilter {
    /// Name of a state; every state when there is none.
    pub status: Option<ArticleStatus>,
    /// A part of the title.
    pub text: String,
    /// The whole site's instead of one's own; editors only.
    pub everybody: bool,
    /// From 1.
    pub page: u32,
}
