//! What lists and searches can be narrowed to and ordered by.

use crate::article::{ArticleKind, UnknownName, named};
use crate::author::Handle;
use crate::page::PageNumber;
use crate::slug::Slug;
use crate::tag::TagKey;
use crate::time::Month;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The column (栏目) that a list or a search looks in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Everything.
    #[default]
    All,
    /// What was written for this site.
    Articles,
    /// Reprints and translations.
    Reprints,
    /// Files to download.
    Downloads,
}

named!(Scope { All = "all", Articles = "articles", Reprints = "reprints", Downloads = "downloads" });

impl Scope {
    /// Every scope, in the order of the switch.
    pub const EVERY: [Self; 4] = [Self::All, Self::Articles, Self::Reprints, Self::Downloads];

    /// The kinds of article in this scope; empty means no restriction.
    #[must_use]
    pub fn kinds(self) -> &'static [ArticleKind] {
        match self {
            Self::All => &[],
            Self::Articles => &[ArticleKind::Original],
            Self::Reprints => &[ArticleKind::Reprint, ArticleKind::Translation],
            Self::Downloads => &[ArticleKind::Download],
        }
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArticleSort {
    /// Best match first; newest first where nothing is matched.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
    /// Most read first.
    Views,
}

named!(ArticleSort { Relevance = "relevance", Newest = "newest", Views = "views" });

/// What a list or a search is narrowed to, how it is ordered, and which page of it is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleFilter {
    /// The column.
    pub scope: Scope,
    /// A group with its leaves, or a leaf.
    pub category: Option<Slug>,
    /// A tag.
    pub tag: Option<TagKey>,
    /// An author.
    pub author: Option<Handle>,
    /// A month of publication.
    pub month: Option<Month>,
    /// The order.
    pub sort: ArticleSort,
    /// The page.
    pub page: PageNumber,
    /// Items on a page, 1 to [`ArticleFilter::MAX_PER_PAGE`]; 0 stands for [`ArticleFilter::DEFAULT_PER_PAGE`].
    pub per_page: u32,
}

impl ArticleFilter {
    /// Items on a page where nothing is said.
    pub const DEFAULT_PER_PAGE: u32 = 20;
    /// The most items that one page may have.
    pub const MAX_PER_PAGE: u32 = 100;

    /// Items on a page, within bounds.
    #[must_use]
    pub fn page_size(&self) -> u32 {
        if self.per_page == 0 { Self::DEFAULT_PER_PAGE } else { self.per_page.min(Self::MAX_PER_PAGE) }
    }
}

impl ArticleFilter {
    /// The filter that named texts describe, as they stand in an address. A text that makes no sense is left out:
    /// a list is a sane page whatever was asked.
    #[must_use]
    pub fn from_texts<T: AsRef<str>>(text: impl Fn(&str) -> Option<T>) -> Self {
        fn parse<V: FromStr, T: AsRef<str>>(text: Option<T>) -> Option<V> {
            text.and_then(|text| text.as_ref().parse().ok())
        }
        Self {
            scope: parse(text("scope")).unwrap_or_default(),
            category: parse(text("category")),
            tag: parse(text("tag")),
            author: parse(text("author")),
            month: parse(text("month")),
            sort: parse(text("sort")).unwrap_or_default(),
            page: PageNumber::from_text(text("page").as_ref().map(AsRef::as_ref)),
            per_page: parse(text("per_page")).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_left_out_of_the_filter() {
        let filter = ArticleFilter::from_texts(|name| match name {
            "scope" => Some("nothing"),
            "category" => Some("../etc"),
            "month" => Some("2025-13"),
            "page" => Some("-1"),
            "per_page" => Some("100000"),
            "tag" => Some("C++"),
            _ => None,
        });
        assert_eq!(filter.tag.as_ref().map(TagKey::as_str), Some("c++"));
        assert_eq!(filter.page_size(), ArticleFilter::MAX_PER_PAGE);
        assert_eq!(ArticleFilter { tag: None, per_page: 0, ..filter }, ArticleFilter::default());
    }
}
