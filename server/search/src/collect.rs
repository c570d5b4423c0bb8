//! Walks through everything that a query matches: counts it exactly, and keeps the first in the order asked for.

use crate::columns::{Catalog, Columns, Table};
use crate::cores::{cores, on_several_cores};
use crate::error::SearchError;
use crate::evaluate::{Met, Wanted};
use crate::facets::Counts;
use crate::filter::Filter;
use crate::formula::Formula;
use crate::lists::Lists;
use crate::search::Views;
use crate::window::WINDOW;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;
use std::time::Instant;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, SegmentOrdinal};
use types::ArticleId;

/// What hits are ordered by.
#[derive(Clone, Copy)]
pub(crate) enum Order<'a> {
    Score,
    Newest,
    Views(&'a Views),
}

/// A hit with what it is ordered by: the key, then newest first, then the greater id first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub key: f64,
    pub published_at: i64,
    pub id: i64,
    pub address: DocAddress,
}

impl Candidate {
    /// Greater is better.
    pub fn order(&self, other: &Self) -> Ordering {
        let by_key = self.key.total_cmp(&other.key);
        by_key.then(self.published_at.cmp(&other.published_at)).then(self.id.cmp(&other.id))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.order(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order(other)
    }
}

/// Everything that a formula finds, in two ranks: strong hits hold most of the terms.
///
/// tantivy's own collectors cannot stop at a deadline, break ties by where a document happens to lie, and would need a
/// walk for each facet; so this is one walk of our own.
pub(crate) struct Collected<'a> {
    /// Hits that hold the terms needed.
    pub strong: Tally<'a>,
    /// Hits that hold any term, strong ones too; complete only where there are few strong ones.
    pub any: Tally<'a>,
}

/// What is looked for, and how hits are ordered.
pub(crate) struct Collection<'a> {
    pub formula: &'a Formula,
    /// What narrows the hits, see [`crate::restrict`].
    pub allowed: Option<Box<dyn Query>>,
    /// What is left out of them.
    pub forbidden: Option<Box<dyn Query>>,
    pub filter: &'a Filter,
    pub order: Order<'a>,
    /// Terms of a strong hit.
    pub needed: usize,
    /// With fewer strong hits than this all hits are wanted.
    pub few: u64,
    /// Hits that are kept.
    pub limit: usize,
    pub deadline: Instant,
}

/// Articles that are worth a core of their own.
const SHARE: usize = WINDOW;

/// A part of a segment.
type Stretch = (SegmentOrdinal, Range<DocId>);

impl<'a> Collection<'a> {
    /// Walks through everything that is found.
    pub fn collect(&self, lists: &Lists<'_>, table: &Table) -> Result<Collected<'a>, SearchError> {
        let weight = |query: &Option<Box<dyn Query>>| {
            let scoring = EnableScoring::disabled_from_searcher(lists.searcher);
            query.as_ref().map(|query| query.weight(scoring).map_err(SearchError::Read)).transpose()
        };
        let (allowed, forbidden) = (weight(&self.allowed)?, weight(&self.forbidden)?);
        let bounds = (allowed.as_deref(), forbidden.as_deref());
        let lengths = table.segments.iter().map(|columns| columns.ids.len());
        let shares = shares(lengths, cores());
        let walked = on_several_cores(&shares, 1, |share| self.walk(share, lists, table, bounds))?;
        let mut walked = walked.into_iter();
        let mut collected = walked.next().unwrap_or_else(|| self.nothing(table));
        for Collected { strong, any } in walked {
            collected.strong.merge(strong);
            collected.any.merge(any);
        }
        Ok(collected)
    }

    fn nothing(&self, table: &Table) -> Collected<'a> {
        let tally = || Tally::new(&table.catalog, self.order, self.limit);
        Collected { strong: tally(), any: tally() }
    }

    fn walk(
        &self,
        share: &[Stretch],
        lists: &Lists<'_>,
        table: &Table,
        (allowed, forbidden): (Option<&dyn Weight>, Option<&dyn Weight>),
    ) -> Result<Collected<'a>, SearchError> {
        let mut collected = self.nothing(table);
        for (ordinal, stretch) in share {
            let columns = &table.segments[*ordinal as usize];
            let reader = lists.searcher.segment_reader(*ordinal);
            let scorer = |weight: Option<&dyn Weight>| {
                weight.map(|weight| weight.scorer(reader, 1.0).map_err(SearchError::Read)).transpose()
            };
            let bounds = (scorer(allowed)?, scorer(forbidden)?);
            let stretch = (*ordinal, stretch.clone());
            self.formula.walk(lists, stretch, bounds, self.needed, self.deadline, |met| {
                // Few strong hits may become enough; then what was collected of the others is dropped.
                if collected.strong.total < self.few {
                    collected.any.add(columns, self.filter, *ordinal, &met);
                }
                if met.is_strong {
                    collected.strong.add(columns, self.filter, *ordinal, &met);
                }
                if collected.strong.total < self.few { Wanted::Any } else { Wanted::Strong }
            })?;
        }
        Ok(collected)
    }
}

/// All articles of segments of these lengths, in at most so many shares of about the same size.
fn shares(lengths: impl Iterator<Item = usize> + Clone, most: usize) -> Vec<Vec<Stretch>> {
    let articles: usize = lengths.clone().sum();
    let size = articles.div_ceil((articles / SHARE).clamp(1, most.max(1))).max(1) as DocId;
    let (mut shares, mut share, mut room) = (Vec::new(), Vec::new(), size);
    for (ordinal, length) in (0..).zip(lengths) {
        let (mut start, end) = (0, length as DocId);
        while start < end {
            let stop = end.min(start + room);
            share.push((ordinal, start..stop));
            room -= stop - start;
            start = stop;
            if room == 0 {
                shares.push(std::mem::take(&mut share));
                room = size;
            }
        }
    }
    if !share.is_empty() {
        shares.push(share);
    }
    shares
}

/// The number of hits, how they fall, and the first in the order asked for.
pub(crate) struct Tally<'a> {
    /// How many hits there are.
    pub total: u64,
    /// How they fall.
    pub counts: Counts,
    order: Order<'a>,
    limit: usize,
    best: BinaryHeap<Reverse<Candidate>>,
}

impl<'a> Tally<'a> {
    fn new(catalog: &Catalog, order: Order<'a>, limit: usize) -> Self {
        Self { total: 0, counts: Counts::new(catalog), order, limit, best: BinaryHeap::with_capacity(limit + 1) }
    }

    #[inline]
    fn add(&mut self, columns: &Columns, filter: &Filter, segment: SegmentOrdinal, met: &Met) {
        if !self.counts.count(columns, filter, met.document) {
            return;
        }
        self.total += 1;
        let document = met.document as usize;
        let key = match self.order {
            Order::Score => f64::from(met.score),
            Order::Newest => 0.0,
            Order::Views(views) => views.get(&ArticleId(columns.ids[document])).map_or(0.0, |&count| count as f64),
        };
        // Most hits are worse than all that are kept, and need no further look.
        if self.best.len() == self.limit && self.best.peek().is_some_and(|worst| key < worst.0.key) {
            return;
        }
        let id = columns.ids[document];
        let published_at = columns.published_at[document];
        self.keep(Candidate { key, published_at, id, address: DocAddress::new(segment, met.document) });
    }

    /// Puts a candidate among the best, if it is better than the worst of them.
    #[inline]
    fn keep(&mut self, candidate: Candidate) {
        if self.best.len() < self.limit {
            self.best.push(Reverse(candidate));
        } else if self.best.peek().is_some_and(|worst| candidate > worst.0) {
            self.best.pop();
            self.best.push(Reverse(candidate));
        }
    }

    /// Adds what was found in another share.
    fn merge(&mut self, other: Self) {
        self.total += other.total;
        self.counts.add(&other.counts);
        other.best.into_iter().for_each(|Reverse(candidate)| self.keep(candidate));
    }

    /// The first hits, best first, and the counts.
    pub fn into_parts(self) -> (Vec<Candidate>, Counts) {
        let candidates = self.best.into_sorted_vec().into_iter().map(|Reverse(candidate)| candidate).collect();
        (candidates, self.counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_hold_every_article_once() {
        let of = |lengths: &[usize], most| shares(lengths.iter().copied(), most);
        assert_eq!(of(&[], 4), Vec::<Vec<Stretch>>::new());
        assert_eq!(of(&[3, 0, 4], 4), [[(0, 0..3), (2, 0..4)]]);
        assert_eq!(of(&[5000, 1000], 2), [vec![(0, 0..3000)], vec![(0, 3000..5000), (1, 0..1000)]]);
        let shares = of(&[9000, 10, 7001], 4);
        assert_eq!(shares.len(), 4);
        let lengths: Vec<usize> =
            shares.iter().map(|share| share.iter().map(|(_, stretch)| stretch.len()).sum()).collect();
        assert_eq!(lengths, [4003, 4003, 4003, 4002]);
    }
}
