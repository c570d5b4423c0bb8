//! Counts hits by category, tag, month and kind.

use crate::columns::{Catalog, Columns};
use crate::filter::{Filter, Misses};
use std::collections::HashMap;
use tantivy::DocId;
use types::{Facet, FacetValue, Facets, Month};

/// The most values of a facet that are given.
const MAX_VALUES: usize = 50;

/// Counts by the catalog's numbers.
#[derive(Debug)]
pub(crate) struct Counts {
    /// Hits of each profile, those that the filter for tags lets through.
    profiles: Vec<u32>,
    /// Hits with each tag, those that all the other filters let through.
    tags: Vec<u32>,
}

impl Counts {
    pub fn new(catalog: &Catalog) -> Self {
        Self { profiles: vec![0; catalog.profiles.len()], tags: vec![0; catalog.len()] }
    }

    /// Counts an article under every facet whose other filters it passes, and tells whether it passes all of them.
    #[inline]
    pub fn count(&mut self, columns: &Columns, filter: &Filter, document: DocId) -> bool {
        let profile = columns.profiles[document as usize];
        let tags = columns.tags(document);
        let passes_tags = filter.passes_tags(tags);
        if passes_tags {
            self.profiles[profile as usize] += 1;
        }
        let passes_others = filter.misses(profile).none();
        if passes_others {
            tags.iter().for_each(|&tag| self.tags[tag as usize] += 1);
        }
        passes_tags && passes_others
    }

    /// Adds counts by the same catalog.
    pub fn add(&mut self, other: &Self) {
        let pairs = self.profiles.iter_mut().zip(&other.profiles).chain(self.tags.iter_mut().zip(&other.tags));
        pairs.for_each(|(count, other)| *count += other);
    }

    /// The facets: the most frequent values first, months newest first. Labels are the values.
    pub fn into_facets(self, catalog: &Catalog, filter: &Filter) -> Facets {
        let (mut category, mut kind) = (HashMap::new(), HashMap::new());
        let mut months: HashMap<i64, u64> = HashMap::new();
        for (number, &count) in (0..).zip(&self.profiles).filter(|(_, count)| **count > 0) {
            let (profile, misses, count) =
                (&catalog.profiles[number as usize], filter.misses(number), u64::from(count));
            if misses.none_but(Misses::CATEGORY) {
                // An article in the group itself is one article, not two.
                let leaf = profile.category.filter(|_| profile.category != profile.group);
                for label in [profile.group, leaf].into_iter().flatten() {
                    *category.entry(label).or_default() += count;
                }
            }
            if misses.none_but(Misses::MONTH) {
                *months.entry(profile.month).or_default() += count;
            }
            if misses.none_but(Misses::KIND)
                && let Some(label) = profile.kind
            {
                *kind.entry(label).or_default() += count;
            }
        }
        let months = months.into_iter().filter_map(|(number, count)| Some((Month::from_number(number).ok()?, count)));
        let mut months: Vec<_> = months.collect();
        months.sort_unstable_by(|one, other| other.cmp(one));
        let tags = (0..).zip(&self.tags).filter(|(_, count)| **count > 0);
        Facets {
            category: facet(catalog, category.into_iter()),
            tag: facet(catalog, tags.map(|(tag, &count)| (tag, u64::from(count)))),
            month: months.into_iter().map(|(month, count)| value(month.to_string(), count)).collect(),
            kind: facet(catalog, kind.into_iter()),
        }
    }
}

fn facet(catalog: &Catalog, counts: impl Iterator<Item = (u32, u64)>) -> Facet {
    let mut values: Vec<(u64, &str)> = counts.map(|(number, count)| (count, catalog.label(number))).collect();
    let order = |one: &(u64, &str), other: &(u64, &str)| other.0.cmp(&one.0).then_with(|| one.1.cmp(other.1));
    if values.len() > MAX_VALUES {
        values.select_nth_unstable_by(MAX_VALUES, order);
        values.truncate(MAX_VALUES);
    }
    values.sort_unstable_by(order);
    values.into_iter().map(|(count, label)| value(label.to_owned(), count)).collect()
}

fn value(value: String, count: u64) -> FacetValue {
    FacetValue { label: value.clone(), value, count }
}
