//! Walks through everything that a query matches: counts it exactly, and keeps the first in the order asked for.

use crate::columns::Columns;
use crate::error::SearchError;
use crate::facets::{Counts, SegmentCounts};
use crate::filter::SegmentFilter;
use crate::search::Views;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::time::Instant;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED};
use types::{ArticleFilter, ArticleId};

/// Hits between two looks at the clock.
const HITS_PER_LOOK: u64 = 4096;

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

/// All that was met.
pub(crate) struct Collected {
    /// The first, best first.
    pub candidates: Vec<Candidate>,
    /// How many there are.
    pub total: u64,
    /// How they fall.
    pub counts: Counts,
}

/// Walks through the matches of a query that pass a filter.
///
/// tantivy's own collectors cannot stop at a deadline, break ties by where a document happens to lie, and would need a
/// walk for each facet; so this is one walk of our own.
pub(crate) fn collect(
    searcher: &Searcher,
    query: &dyn Query,
    filter: &ArticleFilter,
    order: Order<'_>,
    limit: usize,
    deadline: Instant,
) -> Result<Collected, SearchError> {
    let scoring = match order {
        Order::Score => EnableScoring::enabled_from_searcher(searcher),
        Order::Newest | Order::Views(_) => EnableScoring::disabled_from_searcher(searcher),
    };
    let weight = query.weight(scoring).map_err(SearchError::Read)?;
    let mut best = BinaryHeap::with_capacity(limit + 1);
    let mut counts = Counts::default();
    let (mut total, mut walked) = (0, 0);
    for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
        let columns = Columns::open(segment).map_err(SearchError::Read)?;
        let filter = SegmentFilter::new(filter, &columns).map_err(SearchError::Read)?;
        let mut segment_counts = SegmentCounts::new(&columns).map_err(SearchError::Read)?;
        let mut scorer = weight.scorer(segment, 1.0).map_err(SearchError::Read)?;
        let mut document = scorer.doc();
        while document != TERMINATED {
            walked += 1;
            if walked % HITS_PER_LOOK == 0 && Instant::now() > deadline {
                return Err(SearchError::TooSlow);
            }
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(document)) {
                let misses = filter.misses(&columns, document);
                segment_counts.count(&columns, document, misses);
                if misses.none() {
                    total += 1;
                    let (id, published_at) = (columns.id(document), columns.published_at(document));
                    let key = match order {
                        Order::Score => f64::from(scorer.score()),
                        Order::Newest => 0.0,
                        Order::Views(views) => views.get(&ArticleId(id)).map_or(0.0, |&count| count as f64),
                    };
                    let address = DocAddress::new(ordinal as u32, document);
                    keep(&mut best, limit, Candidate { key, published_at, id, address });
                }
            }
            document = scorer.advance();
        }
        segment_counts.add_to(&mut counts, &columns).map_err(SearchError::Read)?;
    }
    let candidates = best.into_sorted_vec().into_iter().map(|Reverse(candidate)| candidate).collect();
    Ok(Collected { candidates, total, counts })
}

/// Puts a candidate among the best, if it is better than the worst of them.
fn keep(best: &mut BinaryHeap<Reverse<Candidate>>, limit: usize, candidate: Candidate) {
    if best.len() < limit {
        best.push(Reverse(candidate));
    } else if let Some(mut worst) = best.peek_mut().filter(|worst| candidate > worst.0) {
        *worst = Reverse(candidate);
    }
}
