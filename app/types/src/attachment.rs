//! Files that articles offer for download, and what archives among them hold.

use crate::percent;
use serde::{Deserialize, Serialize};

/// The number by which the database knows an attachment; made by the application, below 2⁵³.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttachmentId(pub i64);

/// A file that an article offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// In addresses.
    pub id: AttachmentId,
    /// The name under which it is saved.
    pub name: String,
    /// Media type, by content.
    pub content_type: String,
    /// In bytes.
    pub size: u64,
    /// Of the content, in hexadecimal.
    pub sha256: String,
    /// What one may do with it.
    pub licence: Option<String>,
    /// Times it was downloaded.
    pub downloads: i64,
    /// What an archive holds.
    pub listing: Option<Listing>,
}

impl Attachment {
    /// Where it is downloaded.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/downloads/{}/{}", self.id.0, percent::encode(&self.name))
    }
}

/// What an archive holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// How many files, also those that are not shown.
    pub files: u32,
    /// Bytes of all of them, as the archive states it.
    pub unpacked: u64,
    /// Folders first, then names in order.
    pub tree: Vec<Listed>,
    /// There is more than is shown.
    pub cut: bool,
    /// Some path in it would leave the folder that it is unpacked into.
    pub leads_out: bool,
}

/// One line of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The last part of its path.
    pub name: String,
    /// In bytes; none for a folder.
    pub size: Option<u64>,
    /// What stands in the folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inside: Vec<Listed>,
}

/// All that an article offers, as lists say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// How many files.
    pub files: u32,
    /// In bytes.
    pub size: u64,
    /// Times that files of it were downloaded.
    pub downloads: i64,
}
