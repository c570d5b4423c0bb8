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
    /// Groups with their leaves, or leaves: any of them; none means no restriction, here and below.
    pub category: Vec<Slug>,
    /// Any of these tags.
    pub tag: Vec<TagKey>,
    /// An author.
    pub author: Option<Handle>,
    /// Any of these months of publication.
    pub month: Vec<Month>,
    /// Any of these kinds, inside the column.
    pub kind: Vec<ArticleKind>,
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
    /// The most values of one property that a filter takes; further ones are left out.
    pub const MAX_VALUES: usize = 20;

    /// Items on a page, within bounds.
    #[must_use]
    pub fn page_size(&self) -> u32 {
        if self.per_page == 0 { Self::DEFAULT_PER_PAGE } else { self.per_page.min(Self::MAX_PER_PAGE) }
    }

    /// Whether anything is left out. Order and page leave nothing out.
    #[must_use]
    pub fn narrows(&self) -> bool {
        let everything = Self { sort: self.sort, page: self.page, per_page: self.per_page, ..Self::default() };
        *self != everything
    }
}

impl ArticleFilter {
    /// The filter that named texts describe, as they stand in an address. A text that makes no sense is left out:
    /// a list is a sane page whatever was asked. Only what is no month is [`Month::NEVER`], in which there are no articles, as
    /// there are none in a category that nobody has made. Several values of a property stand in one text, see [`join_values`].
    #[must_use]
    pub fn from_texts<T: AsRef<str>>(text: impl Fn(&str) -> Option<T>) -> Self {
        fn parse<V: FromStr, T: AsRef<str>>(text: Option<T>) -> Option<V> {
            text.and_then(|text| text.as_ref().parse().ok())
        }
        fn parse_all<V: FromStr + Clone + PartialEq, T: AsRef<str>>(text: Option<T>, nonsense: Option<V>) -> Vec<V> {
            let mut values = Vec::new();
            let texts = text.iter().flat_map(|text| split_values(text.as_ref())).filter(|text| !text.trim().is_empty());
            for value in texts.filter_map(|text| text.parse().ok().or_else(|| nonsense.clone())) {
                if !values.contains(&value) && values.len() < ArticleFilter::MAX_VALUES {
                    values.push(value);
                }
            }
            values
        }
        Self {
            scope: parse(text("scope")).unwrap_or_default(),
            category: parse_all(text("category"), None),
            tag: parse_all(text("tag"), None),
            author: parse(text("author")),
            month: parse_all(text("month"), Some(Month::NEVER)),
            kind: parse_all(text("kind"), None),
            sort: parse(text("sort")).unwrap_or_default(),
            page: PageNumber::from_text(text("page").as_ref().map(AsRef::as_ref)),
            per_page: parse(text("per_page")).unwrap_or_default(),
        }
    }
}

/// Several values as one text of an address: with commas between; a comma or backslash of a value gets a backslash before it.
/// `None` where there is no value.
#[must_use]
pub fn join_values<V: fmt::Display>(values: &[V]) -> Option<String> {
    let escaped = values.iter().map(|value| value.to_string().replace('\\', "\\\\").replace(',', "\\,"));
    (!values.is_empty()).then(|| escaped.collect::<Vec<_>>().join(","))
}

/// The values in a text that [`join_values`] made.
#[must_use]
pub fn split_values(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (character, values.last_mut()) {
            ('\\', Some(value)) => value.extend(characters.next()),
            (',', _) => values.push(String::new()),
            (character, Some(value)) => value.push(character),
            (_, None) => {}
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_left_out_of_the_filter() {
        let filter = ArticleFilter::from_texts(|name| match name {
            "scope" => Some("nothing"),
            "category" => Some("../etc"),
            "month" => Some(""),
            "page" => Some("-1"),
            "per_page" => Some("100000"),
            "tag" => Some("C++"),
            _ => None,
        });
        assert_eq!(filter.tag[0].as_str(), "c++");
        assert_eq!(filter.page_size(), ArticleFilter::MAX_PER_PAGE);
        assert_eq!(ArticleFilter { tag: vec![], per_page: 0, ..filter }, ArticleFilter::default());
    }

    #[test]
    fn no_article_is_of_a_month_that_is_none() {
        for text in ["2025-13", "bogus", "0000-00"] {
            let filter = ArticleFilter::from_texts(|name| (name == "month").then_some(text));
            assert_eq!(filter.month, [Month::NEVER], "{text}");
        }
    }

    #[test]
    fn several_values_come_through_an_address() {
        let tags: Vec<TagKey> = ["c++", "a,b", "back\\slash"].iter().map(|tag| tag.parse().unwrap()).collect();
        let joined = join_values(&tags);
        assert_eq!(joined.as_deref(), Some("c++,a\\,b,back\\\\slash"));
        let filter = ArticleFilter::from_texts(|name| match name {
            "tag" => joined.clone(),
            "kind" => Some("reprint,nonsense,,reprint,download".to_owned()),
            _ => None,
        });
        assert_eq!(filter.tag, tags);
        assert_eq!(filter.kind, [ArticleKind::Reprint, ArticleKind::Download]);
        assert_eq!(join_values::<TagKey>(&[]), None);
    }
}
