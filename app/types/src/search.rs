//! A search and what it finds.

use crate::article::{ArticleKind, UnknownName, named};
use crate::author::Author;
use crate::category::CategoryRef;
use crate::query::ArticleFilter;
use crate::slug::Slug;
use crate::tag::TagRef;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The words somebody typed, cut to a length that every part of a search can bear.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchQuery {
    /// The words; control characters are gone, white space is single, at most [`SearchQuery::MAX_CHARACTERS`].
    text: String,
    /// What the search is narrowed to.
    pub filter: ArticleFilter,
    /// Whether these very words are meant: nothing else is searched, though they find nothing.
    #[serde(default)]
    pub verbatim: bool,
}

impl SearchQuery {
    /// The most characters of a query that are looked at.
    pub const MAX_CHARACTERS: usize = 128;

    /// A search for these words.
    #[must_use]
    pub fn new(text: &str, filter: ArticleFilter) -> Self {
        let visible: String =
            text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
        let single = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { text: single.chars().take(Self::MAX_CHARACTERS).collect(), filter, verbatim: false }
    }

    /// The same search, for these very words or not.
    #[must_use]
    pub fn verbatim(self, verbatim: bool) -> Self {
        Self { verbatim, ..self }
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is looked for: there are no words, and no filter that leaves anything out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && !self.filter.narrows()
    }
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchResults {
    /// All hits.
    pub total: u64,
    /// Which page this is, from 1.
    pub page: u32,
    /// Hits on a full page.
    pub per_page: u32,
    /// The hits of this page, best first.
    pub hits: Vec<Hit>,
    /// How the hits fall into categories, tags, months and kinds.
    pub facets: Facets,
    /// The query that was searched instead, when the one given found nothing.
    pub corrected: Option<String>,
    /// The terms that were looked for.
    pub terms: Vec<String>,
    /// Those of the terms that at least one hit of this page does without.
    #[serde(default)]
    pub relaxed: Vec<String>,
    /// Time taken in microseconds.
    pub took: u64,
}

impl SearchResults {
    /// The most hits that can be looked through, page by page.
    pub const MOST: u32 = 1000;
}

/// One article that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// In addresses.
    pub slug: Slug,
    /// Plain text.
    pub title: String,
    /// The title again, with the matches marked.
    pub title_pieces: Vec<Piece>,
    /// Where it stands in the tree.
    pub category: CategoryRef,
    /// Where it comes from.
    pub kind: ArticleKind,
    /// Who published it here.
    pub author: Author,
    /// When it was published.
    pub published_at: Timestamp,
    /// Times it was read.
    pub views: i64,
    /// In the author's order.
    pub tags: Vec<TagRef>,
    /// Passages that match, best first, at most three.
    pub snippets: Vec<Snippet>,
}

impl Hit {
    /// The hit without what shows where it matches.
    #[must_use]
    pub fn without_passages(&self) -> Self {
        Self {
            slug: self.slug.clone(),
            title: self.title.clone(),
            title_pieces: Vec::new(),
            category: self.category.clone(),
            kind: self.kind,
            author: self.author.clone(),
            published_at: self.published_at,
            views: self.views,
            tags: self.tags.clone(),
            snippets: Vec::new(),
        }
    }
}

/// A passage of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// Anchor of the section's heading, where there is one.
    pub anchor: Option<String>,
    /// Text of the section's heading, where there is one.
    pub heading: Option<String>,
    /// The passage; joined together the pieces are a stretch of the article's plain text.
    pub pieces: Vec<Piece>,
    /// Whether the sentence or block goes on to the left.
    pub cut_left: bool,
    /// Whether the sentence or block goes on to the right.
    pub cut_right: bool,
}

/// A stretch of text that is marked or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it matches the query.
    pub hit: bool,
}

/// Counts of the hits by their properties; each list is the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Groups and leaves; the value is a slug.
    pub category: Facet,
    /// The value is a tag's key.
    pub tag: Facet,
    /// The value is a month, newest first.
    pub month: Facet,
    /// The value is a kind of article.
    pub kind: Facet,
}

/// What could be meant by what is typed so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What it leads to.
    pub kind: SuggestionKind,
    /// As people read it.
    pub text: String,
    /// The path of its page.
    pub url: String,
}

/// What a suggestion leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SuggestionKind {
    /// A category's list.
    Category,
    /// A tag's list.
    Tag,
    /// An article.
    Article,
}

named!(SuggestionKind { Category = "category", Tag = "tag", Article = "article" });

/// Values with their counts.
pub type Facet = Vec<FacetValue>;

/// How many hits share a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// What a filter takes.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Hits that have it.
    pub count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_becomes_a_bearable_query() {
        let query = SearchQuery::new(&format!("  a\u{0}b \n\t c{}", "锁".repeat(10_000)), ArticleFilter::default());
        assert!(query.text().starts_with("a b c锁"));
        assert_eq!(query.text().chars().count(), SearchQuery::MAX_CHARACTERS);
    }
}
