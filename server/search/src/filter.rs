//! What hits are narrowed to by their properties.
//!
//! The filters are not part of the query, because each facet is counted without its own: who has chosen 2025-04 still
//! sees how many hits the other months have.

use crate::columns::{Catalog, Profile};
use types::{ArticleFilter, ArticleKind, Slug, TagKey};

/// The properties that facets count; each is a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Misses(u8);

impl Misses {
    pub const CATEGORY: Self = Self(1);
    pub const MONTH: Self = Self(2);
    pub const KIND: Self = Self(4);
    pub const SCOPE: Self = Self(8);

    /// Whether the profile passes every filter.
    pub fn none(self) -> bool {
        self.0 == 0
    }

    /// Whether it passes every filter but this one.
    pub fn none_but(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

/// A filter in the numbers of a catalog; what no article has is no number.
pub(crate) struct Filter {
    /// What each profile misses.
    profiles: Vec<Misses>,
    tags: Option<Vec<u32>>,
}

impl Filter {
    pub fn new(filter: &ArticleFilter, catalog: &Catalog) -> Self {
        let wanted = Wanted {
            categories: chosen(catalog, filter.category.iter().map(Slug::as_str)),
            months: (!filter.month.is_empty()).then(|| filter.month.iter().map(|month| month.number()).collect()),
            kinds: kinds(catalog, &filter.kind),
            scope: kinds(catalog, filter.scope.kinds()),
        };
        Self {
            profiles: catalog.profiles.iter().map(|profile| wanted.misses(profile)).collect(),
            tags: chosen(catalog, filter.tag.iter().map(TagKey::as_str)),
        }
    }

    /// The filters that a profile does not pass.
    pub fn misses(&self, profile: u32) -> Misses {
        self.profiles[profile as usize]
    }

    /// Whether one of these tags is among those asked for.
    pub fn passes_tags(&self, tags: &[u32]) -> bool {
        self.tags.as_ref().is_none_or(|wanted| tags.iter().any(|tag| wanted.contains(tag)))
    }
}

struct Wanted {
    categories: Option<Vec<u32>>,
    months: Option<Vec<i64>>,
    kinds: Option<Vec<u32>>,
    scope: Option<Vec<u32>>,
}

impl Wanted {
    /// The scope is no facet: whoever searches in reprints sees the kinds of reprints.
    fn misses(&self, profile: &Profile) -> Misses {
        let among = |wanted: &Option<Vec<u32>>, values: &[Option<u32>]| {
            wanted.as_ref().is_none_or(|wanted| values.iter().flatten().any(|value| wanted.contains(value)))
        };
        let mut misses = 0;
        if !among(&self.categories, &[profile.group, profile.category]) {
            misses |= Misses::CATEGORY.0;
        }
        if self.months.as_ref().is_some_and(|months| !months.contains(&profile.month)) {
            misses |= Misses::MONTH.0;
        }
        if !among(&self.kinds, &[profile.kind]) {
            misses |= Misses::KIND.0;
        }
        if !among(&self.scope, &[profile.kind]) {
            misses |= Misses::SCOPE.0;
        }
        Misses(misses)
    }
}

fn kinds(catalog: &Catalog, kinds: &[ArticleKind]) -> Option<Vec<u32>> {
    chosen(catalog, kinds.iter().map(|kind| kind.as_str()))
}

/// The numbers of those labels that any article has; `None` where nothing is asked for.
fn chosen<'l>(catalog: &Catalog, labels: impl ExactSizeIterator<Item = &'l str>) -> Option<Vec<u32>> {
    (labels.len() > 0).then(|| labels.filter_map(|label| catalog.number(label)).collect())
}
