//! The first stage's engine: walks through the lists of all terms at once, a window of articles at a time, finds which
//! articles hold how many of the terms, and scores those that are wanted.
//!
//! What is counted must be met, so there is nothing to skip; what can be saved is the work for each entry. Inside a
//! window that fits the processor's cache the lists are added up one after the other in plain arrays, about ten times
//! as fast as a tree of scorers that must agree on every article; and most articles hold too few of the terms to be
//! worth a score.

use crate::cursors::Cursors;
use crate::error::SearchError;
use crate::formula::Formula;
use crate::lists::Lists;
use crate::window::{Bits, Scores, WINDOW};
use std::ops::Range;
use std::time::Instant;
use tantivy::query::Scorer;
use tantivy::{DocId, SegmentOrdinal};

/// An article that was met.
pub(crate) struct Met {
    pub document: DocId,
    pub score: f32,
    /// Whether it holds as many terms as are needed.
    pub is_strong: bool,
}

/// Which articles are to be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All that hold anything.
    Any,
    /// Those that hold as many terms as are needed.
    Strong,
}

/// The articles of a segment that a part of the plan names, in order; nothing where it names none in particular.
type Restriction = Option<Box<dyn Scorer>>;

impl Formula {
    /// Shows articles of a stretch of a segment that hold a term or an extra and are among the allowed and not the forbidden
    /// ones, in order. Where nothing is looked for every allowed article is shown. Deleted ones are left out. `meet` tells
    /// which are wanted from the next window on; at first it is all.
    pub fn walk(
        &self,
        lists: &Lists<'_>,
        (segment, stretch): (SegmentOrdinal, Range<DocId>),
        (mut allowed, mut forbidden): (Restriction, Restriction),
        needed: usize,
        deadline: Instant,
        mut meet: impl FnMut(Met) -> Wanted,
    ) -> Result<(), SearchError> {
        let reader = lists.searcher.segment_reader(segment);
        let alive = reader.alive_bitset();
        let mut cursors = Cursors::open(self, lists, segment, stretch.start)?;
        let finds_all = self.terms.is_empty() && self.extras.is_empty();
        let mut scores = Scores::default();
        let mut wanted = Wanted::Any;
        for base in stretch.clone().step_by(WINDOW) {
            if Instant::now() > deadline {
                return Err(SearchError::TooSlow);
            }
            let end = (base + WINDOW as u32).min(stretch.end);
            let mut met = Bits::default();
            if finds_all {
                (base..end).for_each(|document| met.set(document - base));
            } else {
                met = cursors.read(base, end);
            }
            let strong = cursors.counter.at_least(needed).and(&met);
            let mut shown = if wanted == Wanted::Any { met } else { strong };
            if let Some(allowed) = &mut allowed {
                shown.keep(&bits_of(&mut **allowed, base, end));
            }
            if let Some(forbidden) = &mut forbidden {
                shown.drop(&bits_of(&mut **forbidden, base, end));
            }
            if !shown.is_empty() {
                cursors.score(&mut scores, &shown, base);
            }
            shown.each(|at| {
                let (document, score) = (base + at as u32, std::mem::take(&mut scores.total[at]));
                if alive.is_none_or(|alive| alive.is_alive(document)) {
                    wanted = meet(Met { document, score, is_strong: strong.has(at as u16) });
                }
            });
        }
        Ok(())
    }
}

/// The articles of a window that a scorer of tantivy's meets.
fn bits_of(scorer: &mut dyn Scorer, base: DocId, end: DocId) -> Bits {
    let mut bits = Bits::default();
    if scorer.doc() < base {
        scorer.seek(base);
    }
    while scorer.doc() < end {
        bits.set(scorer.doc() - base);
        scorer.advance();
    }
    bits
}
