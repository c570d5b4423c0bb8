//! What hits are narrowed to by their properties, looked up hit by hit.
//!
//! The filters are not part of the query, because each facet is counted without its own: who has chosen 2025-04 still
//! sees how many hits the other months have.

use crate::columns::{Columns, Labels};
use tantivy::DocId;
use types::{ArticleFilter, ArticleKind, Slug, TagKey};

/// The properties that facets count; each is a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Misses(u8);

impl Misses {
    pub const CATEGORY: Self = Self(1);
    pub const TAG: Self = Self(2);
    pub const MONTH: Self = Self(4);
    pub const KIND: Self = Self(8);
    pub const SCOPE: Self = Self(16);

    /// Whether the document passes every filter.
    pub fn none(self) -> bool {
        self.0 == 0
    }

    /// Whether it passes every filter but this one.
    pub fn none_but(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

/// A filter in the numbers of one segment; what nothing of the segment has is no number.
pub(crate) struct SegmentFilter {
    /// The categories' numbers as groups and as leaves.
    category: Option<(Vec<u64>, Vec<u64>)>,
    tag: Option<Vec<u64>>,
    month: Option<Vec<i64>>,
    kinds: Option<Vec<u64>>,
    scope: Option<Vec<u64>>,
}

impl SegmentFilter {
    pub fn new(filter: &ArticleFilter, columns: &Columns) -> tantivy::Result<Self> {
        let kinds = |kinds: &[ArticleKind]| numbers(&columns.kind, kinds.iter().map(|kind| kind.as_str()));
        let categories = |labels| numbers(labels, filter.category.iter().map(Slug::as_str));
        let category = (categories(&columns.group)?, categories(&columns.category)?);
        let tag = numbers(&columns.tag, filter.tag.iter().map(TagKey::as_str))?;
        let month = filter.month.iter().map(|month| month.number()).collect();
        Ok(Self {
            category: (!filter.category.is_empty()).then_some(category),
            tag: (!filter.tag.is_empty()).then_some(tag),
            month: (!filter.month.is_empty()).then_some(month),
            kinds: (!filter.kind.is_empty()).then_some(kinds(&filter.kind)?),
            scope: (!filter.scope.kinds().is_empty()).then_some(kinds(filter.scope.kinds())?),
        })
    }

    /// The filters that a document does not pass. The column is no facet: whoever searches in reprints sees the kinds of
    /// reprints.
    pub fn misses(&self, columns: &Columns, document: DocId) -> Misses {
        let mut misses = 0;
        if let Some((groups, leaves)) = &self.category {
            let inside = has(&columns.group, document, groups) || has(&columns.category, document, leaves);
            misses |= if inside { 0 } else { Misses::CATEGORY.0 };
        }
        if self.tag.as_ref().is_some_and(|tags| !has(&columns.tag, document, tags)) {
            misses |= Misses::TAG.0;
        }
        if self.month.as_ref().is_some_and(|months| !months.contains(&columns.month(document))) {
            misses |= Misses::MONTH.0;
        }
        if self.kinds.as_ref().is_some_and(|kinds| !has(&columns.kind, document, kinds)) {
            misses |= Misses::KIND.0;
        }
        if self.scope.as_ref().is_some_and(|kinds| !has(&columns.kind, document, kinds)) {
            misses |= Misses::SCOPE.0;
        }
        Misses(misses)
    }
}

/// The numbers of those labels that the segment has.
fn numbers<'l>(labels: &Labels, wanted: impl Iterator<Item = &'l str>) -> tantivy::Result<Vec<u64>> {
    wanted.filter_map(|label| labels.number(label).transpose()).collect()
}

fn has(labels: &Labels, document: DocId, wanted: &[u64]) -> bool {
    labels.of(document).any(|number| wanted.contains(&number))
}
