//! The small things beside the articles: a command to learn, a line to remember.

use serde::{Deserialize, Serialize};

/// A Linux command worth knowing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearningCard {
    /// As one types it.
    pub command: String,
    /// What it does and why one wants it.
    pub explanation: String,
    /// Where it works.
    pub applies: String,
    /// What to beware of.
    pub caution: String,
}

/// A line worth remembering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    /// The line.
    pub text: String,
    /// Who wrote it, and where.
    pub source: String,
}
