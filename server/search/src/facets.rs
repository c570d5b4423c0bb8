//! Counts hits by category, tag, month and kind.

use crate::columns::{Columns, Labels};
use crate::filter::Misses;
use std::collections::HashMap;
use tantivy::DocId;
use types::{Facet, FacetValue, Facets, Month};

/// The most values of a facet that are given.
const MAX_VALUES: usize = 50;

/// Counts over all segments.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    category: HashMap<String, u64>,
    tag: HashMap<String, u64>,
    month: HashMap<i64, u64>,
    kind: HashMap<String, u64>,
}

/// Counts of one segment, by the segment's own numbers.
pub(crate) struct SegmentCounts {
    group: Vec<u64>,
    category: Vec<u64>,
    tag: Vec<u64>,
    month: HashMap<i64, u64>,
    kind: Vec<u64>,
    /// For each category its number among the groups, where it is one.
    as_group: Vec<Option<u64>>,
}

impl SegmentCounts {
    pub fn new(columns: &Columns) -> tantivy::Result<Self> {
        let mut as_group = Vec::with_capacity(columns.category.len());
        for number in 0..columns.category.len() {
            as_group.push(columns.group.number(&columns.category.label(number as u64)?)?);
        }
        Ok(Self {
            group: vec![0; columns.group.len()],
            category: vec![0; columns.category.len()],
            tag: vec![0; columns.tag.len()],
            month: HashMap::new(),
            kind: vec![0; columns.kind.len()],
            as_group,
        })
    }

    /// Counts a document under every facet whose other filters it passes.
    pub fn count(&mut self, columns: &Columns, document: DocId, misses: Misses) {
        if misses.none_but(Misses::CATEGORY) {
            let group = columns.group.of(document).next();
            columns.group.of(document).for_each(|number| self.group[number as usize] += 1);
            for number in columns.category.of(document) {
                // An article in the group itself is one article, not two.
                if group.is_none() || self.as_group[number as usize] != group {
                    self.category[number as usize] += 1;
                }
            }
        }
        if misses.none_but(Misses::TAG) {
            columns.tag.of(document).for_each(|number| self.tag[number as usize] += 1);
        }
        if misses.none_but(Misses::MONTH) {
            *self.month.entry(columns.month(document)).or_default() += 1;
        }
        if misses.none_but(Misses::KIND) {
            columns.kind.of(document).for_each(|number| self.kind[number as usize] += 1);
        }
    }

    /// Adds the counts of this segment to those of all.
    pub fn add_to(self, counts: &mut Counts, columns: &Columns) -> tantivy::Result<()> {
        add(&mut counts.category, &self.group, &columns.group)?;
        add(&mut counts.category, &self.category, &columns.category)?;
        add(&mut counts.tag, &self.tag, &columns.tag)?;
        add(&mut counts.kind, &self.kind, &columns.kind)?;
        for (month, count) in self.month {
            *counts.month.entry(month).or_default() += count;
        }
        Ok(())
    }
}

fn add(all: &mut HashMap<String, u64>, counts: &[u64], labels: &Labels) -> tantivy::Result<()> {
    for (number, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        *all.entry(labels.label(number as u64)?).or_default() += count;
    }
    Ok(())
}

impl Counts {
    /// The facets: the most frequent values first, months newest first. Labels are the values.
    pub fn into_facets(self) -> Facets {
        let months =
            self.month.into_iter().filter_map(|(number, count)| Some((Month::from_number(number).ok()?, count)));
        let mut months: Vec<_> = months.collect();
        months.sort_unstable_by(|one, other| other.cmp(one));
        Facets {
            category: facet(self.category),
            tag: facet(self.tag),
            month: months.into_iter().map(|(month, count)| value(month.to_string(), count)).collect(),
            kind: facet(self.kind),
        }
    }
}

fn facet(counts: HashMap<String, u64>) -> Facet {
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_unstable_by(|(one, one_count), (other, other_count)| {
        other_count.cmp(one_count).then_with(|| one.cmp(other))
    });
    values.truncate(MAX_VALUES);
    values.into_iter().map(|(label, count)| value(label, count)).collect()
}

fn value(value: String, count: u64) -> FacetValue {
    FacetValue { label: value.clone(), value, count }
}
