//! Versions of a text that were kept.

use crate::UnknownName;
use crate::article::named;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Why a version was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RevisionReason {
    /// Kept from time to time while writing.
    #[default]
    Auto,
    /// The author saved it.
    Saved,
    /// It was published.
    Published,
    /// It came from a file.
    Imported,
}

named!(RevisionReason { Auto = "auto", Saved = "saved", Published = "published", Imported = "imported" });

/// A kept version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Handle of who saved it.
    pub saved_by: String,
    /// Why it was kept.
    pub reason: RevisionReason,
}
