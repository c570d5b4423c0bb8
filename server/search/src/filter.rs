//! What hits are narrowed to by their properties, looked up hit by hit.
//!
//! The filters are not part of the query, because each facet is counted without its own: who has chosen 2025-04 still
//! sees how many hits the other months have.

use crate::columns::Columns;
use tantivy::DocId;
use types::ArticleFilter;

/// The properties that facets count; each is a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Misses(u8);

impl Misses {
    pub const CATEGORY: Self = Self(1);
    pub const TAG: Self = Self(2);
    pub const MONTH: Self = Self(4);
    pub const KIND: Self = Self(8);

    /// Whether the document passes every filter.
    pub fn none(self) -> bool {
        self.0 == 0
    }

    /// Whether it passes every filter but this one.
    pub fn none_but(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

/// A filter in the numbers of one segment.
pub(crate) struct SegmentFilter {
    /// The category's number as a group and as a leaf.
    category: Option<(Option<u64>, Option<u64>)>,
    tag: Option<Option<u64>>,
    month: Option<i64>,
    kinds: Option<Vec<u64>>,
}

impl SegmentFilter {
    pub fn new(filter: &ArticleFilter, columns: &Columns) -> tantivy::Result<Self> {
        let category = match &filter.category {
            Some(slug) => Some((columns.group.number(slug.as_str())?, columns.category.number(slug.as_str())?)),
            None => None,
        };
        let tag = match &filter.tag {
            Some(key) => Some(columns.tag.number(key.as_str())?),
            None => None,
        };
        let mut kinds = None;
        for kind in filter.scope.kinds() {
            kinds.get_or_insert_with(Vec::new).extend(columns.kind.number(kind.as_str())?);
        }
        Ok(Self { category, tag, month: filter.month.map(types::Month::number), kinds })
    }

    /// The filters that a document does not pass.
    pub fn misses(&self, columns: &Columns, document: DocId) -> Misses {
        let mut misses = 0;
        if let Some((group, category)) = self.category {
            let in_group = group.is_some_and(|group| columns.group.of(document).any(|number| number == group));
            let in_leaf =
                category.is_some_and(|category| columns.category.of(document).any(|number| number == category));
            misses |= if in_group || in_leaf { 0 } else { Misses::CATEGORY.0 };
        }
        if let Some(tag) = self.tag {
            let tagged = tag.is_some_and(|tag| columns.tag.of(document).any(|number| number == tag));
            misses |= if tagged { 0 } else { Misses::TAG.0 };
        }
        if self.month.is_some_and(|month| columns.month(document) != month) {
            misses |= Misses::MONTH.0;
        }
        if self.kinds.as_ref().is_some_and(|kinds| !columns.kind.of(document).any(|number| kinds.contains(&number))) {
            misses |= Misses::KIND.0;
        }
        Misses(misses)
    }
}
