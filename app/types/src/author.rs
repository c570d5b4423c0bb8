//! Who wrote an article.

use crate::slug::{InvalidSlug, Slug};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The unique name of an author in addresses: `/author/{handle}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Handle(Slug);

impl Handle {
    /// The handle as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl From<Slug> for Handle {
    fn from(slug: Slug) -> Self {
        Self(slug)
    }
}

impl FromStr for Handle {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// An author as pages show one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Unique, in addresses.
    pub handle: Handle,
    /// The pen name; two authors may bear the same.
    pub name: String,
}
