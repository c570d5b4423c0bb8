//! Lists page by page.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A page's number, from 1. Anything that is none becomes 1 or the greatest number allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "u32", into = "u32")]
pub struct PageNumber(u32);

impl PageNumber {
    /// The first page.
    pub const FIRST: Self = Self(1);
    /// No list is followed further than this page.
    pub const MAX: u32 = 10_000;

    /// The number read from an address; `?page=-1`, `?page=x` and no number at all are the first page.
    #[must_use]
    pub fn from_text(text: Option<&str>) -> Self {
        text.and_then(|text| text.trim().parse::<u32>().ok()).map_or(Self::FIRST, Self::from)
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// Items to skip when a page has `per_page` of them.
    #[must_use]
    pub fn offset(self, per_page: u32) -> u64 {
        u64::from(self.0 - 1) * u64::from(per_page)
    }
}

impl Default for PageNumber {
    fn default() -> Self {
        Self::FIRST
    }
}

impl From<u32> for PageNumber {
    fn from(number: u32) -> Self {
        Self(number.clamp(1, Self::MAX))
    }
}

impl From<PageNumber> for u32 {
    fn from(page: PageNumber) -> Self {
        page.0
    }
}

impl fmt::Display for PageNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// One page of a list, and how long the whole list is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// All items of the list.
    pub total: u64,
    /// Which page this is.
    pub page: PageNumber,
    /// Items on a full page.
    pub per_page: u32,
    /// The items of this page.
    pub items: Vec<T>,
}

impl<T> Page<T> {
    /// The number of the last page, at least 1.
    #[must_use]
    pub fn last(&self) -> u32 {
        let pages = self.total.div_ceil(u64::from(self.per_page.max(1)));
        u32::try_from(pages).unwrap_or(PageNumber::MAX).clamp(1, PageNumber::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_the_first_page() {
        for text in [None, Some(""), Some("0"), Some("-1"), Some("x"), Some("99999999999999")] {
            assert_eq!(PageNumber::from_text(text), PageNumber::FIRST, "{text:?}");
        }
        assert_eq!(PageNumber::from_text(Some("3")).offset(20), 40);
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let page = |total| Page::<()> { total, page: PageNumber::FIRST, per_page: 20, items: Vec::new() }.last();
        assert_eq!([page(0), page(20), page(21)], [1, 1, 2]);
    }
}
