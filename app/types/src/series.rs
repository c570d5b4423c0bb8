//! Series: articles that belong together in an order.

use crate::slug::Slug;
use serde::{Deserialize, Serialize};

/// The greatest number of a part that somebody may give.
pub const MAX_PART: u32 = 9_999;

/// Articles that belong together in an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The series' name.
    pub name: String,
    /// Its published parts, in order.
    pub parts: Vec<SeriesPart>,
}

/// One part of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPart {
    /// Number of the part; those without one come last.
    pub part: Option<u32>,
    /// In addresses.
    pub slug: Slug,
    /// Plain text.
    pub title: String,
}

/// Where an article stands in a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesPlace {
    /// The series' name.
    pub name: String,
    /// Number of the part; one without a number stands behind the others, where its time of publication puts it.
    pub part: Option<u32>,
}

/// A series that readers see, as those know it who go on with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSeries {
    /// The series' name.
    pub name: String,
    /// How many parts are published.
    pub count: u32,
    /// The greatest number of a part, where they have numbers.
    pub last: Option<u32>,
}
