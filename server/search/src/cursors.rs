//! The lists of a formula, read a window of articles at a time: which articles hold how many of the terms, and what they
//! are worth.

use crate::error::SearchError;
use crate::formula::{Formula, Part, Source};
use crate::lists::{Lists, Worth};
use crate::window::{Bits, Counter, Scores};
use std::ops::Range;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, SegmentOrdinal};

/// The formula with its lists open, and what they hold of the window.
pub(crate) struct Cursors {
    terms: Vec<TermCursor>,
    extras: Vec<PartCursor>,
    /// How many terms each article of the window holds.
    pub counter: Counter,
    postings: Vec<Posting>,
}

struct TermCursor {
    forms: Vec<Vec<PartCursor>>,
    found: Bits,
}

struct PartCursor {
    groups: Vec<Vec<ListCursor>>,
    tie: f32,
    found: Bits,
}

struct ListCursor {
    blocks: BlockSegmentPostings,
    /// Place in the current block.
    at: usize,
    lengths: FieldNormReader,
    worth: Worth,
    /// Its postings in the window.
    postings: Range<usize>,
}

/// An article of the window that holds a word so many times.
#[derive(Clone, Copy)]
struct Posting {
    at: u16,
    times: u16,
}

impl Cursors {
    /// Opens the lists of a segment at its first article from `start` on.
    pub fn open(
        formula: &Formula,
        lists: &Lists<'_>,
        segment: SegmentOrdinal,
        start: DocId,
    ) -> Result<Self, SearchError> {
        let part = |part: &Part| PartCursor::open(part, lists, segment, start);
        let mut terms = Vec::with_capacity(formula.terms.len());
        for term in &formula.terms {
            let forms = term.iter().map(|form| form.iter().map(part).collect::<Result<Vec<_>, _>>());
            let mut forms = forms.collect::<Result<Vec<_>, _>>()?;
            // A part that no article of the segment has makes the whole form impossible.
            forms.retain(|form| form.iter().all(|part| !part.groups.is_empty()));
            terms.push(TermCursor { forms, found: Bits::default() });
        }
        let extras = formula.extras.iter().map(part).collect::<Result<_, _>>()?;
        Ok(Self { terms, extras, counter: Counter::default(), postings: Vec::new() })
    }

    /// Reads what all lists hold of a window, counts the terms of each article, and tells which hold anything.
    pub fn read(&mut self, base: DocId, end: DocId) -> Bits {
        self.counter.clear();
        self.postings.clear();
        let mut met = Bits::default();
        for term in &mut self.terms {
            term.found.clear();
            for form in &mut term.forms {
                let mut found = Bits::ALL;
                for part in form {
                    part.read(&mut self.postings, base, end);
                    found.keep(&part.found);
                }
                term.found.add(&found);
            }
            self.counter.add(&term.found);
            met.add(&term.found);
        }
        for part in &mut self.extras {
            part.read(&mut self.postings, base, end);
            met.add(&part.found);
        }
        met
    }

    /// Leaves the totals of these articles of the window that was read.
    pub fn score(&self, scores: &mut Scores, shown: &Bits, base: DocId) {
        for term in &self.terms {
            let found = term.found.and(shown);
            if found.is_empty() {
                continue;
            }
            for form in &term.forms {
                if let [part] = form.as_slice() {
                    let found = part.score(scores, &found, &self.postings, base);
                    found.each(|at| {
                        let score = scores.take_part(at, part.tie);
                        scores.term[at] = scores.term[at].max(score);
                    });
                    continue;
                }
                let found = form.iter().fold(found, |found, part| found.and(&part.found));
                for part in form {
                    part.score(scores, &found, &self.postings, base);
                    found.each(|at| scores.form[at] += scores.take_part(at, part.tie));
                }
                found.each(|at| scores.term[at] = scores.term[at].max(std::mem::take(&mut scores.form[at])));
            }
            found.each(|at| scores.total[at] += std::mem::take(&mut scores.term[at]));
        }
        for part in &self.extras {
            let found = part.score(scores, shown, &self.postings, base);
            found.each(|at| scores.total[at] += scores.take_part(at, part.tie));
        }
    }
}

impl PartCursor {
    fn open(part: &Part, lists: &Lists<'_>, segment: SegmentOrdinal, start: DocId) -> Result<Self, SearchError> {
        let mut groups = Vec::with_capacity(part.groups.len());
        for group in &part.groups {
            let mut open = Vec::with_capacity(group.len());
            for Source { entry, worth } in group {
                if let Some(mut blocks) = lists.blocks(entry, segment)? {
                    let at = if start > 0 { blocks.seek(start) } else { 0 };
                    let lengths = lists.lengths(entry.field(), segment)?;
                    open.push(ListCursor { blocks, at, lengths, worth: worth.clone(), postings: 0..0 });
                }
            }
            if !open.is_empty() {
                groups.push(open);
            }
        }
        Ok(Self { groups, tie: part.tie, found: Bits::default() })
    }

    fn read(&mut self, postings: &mut Vec<Posting>, base: DocId, end: DocId) {
        self.found.clear();
        for list in self.groups.iter_mut().flatten() {
            list.read(postings, &mut self.found, base, end);
        }
    }

    /// Leaves the sum and the best of the groups of these articles, and tells which of them it holds.
    fn score(&self, scores: &mut Scores, shown: &Bits, postings: &[Posting], base: DocId) -> Bits {
        let found = self.found.and(shown);
        if found.is_empty() {
            return found;
        }
        for group in &self.groups {
            let mut lists = group.iter().filter(|list| !list.postings.is_empty());
            let (first, second) = (lists.next(), lists.next());
            match (first, second) {
                (None, _) => {}
                (Some(list), None) => list.score(&found, postings, base, |at, score| scores.add_group(at, score)),
                _ => {
                    for list in group {
                        list.score(&found, postings, base, |at, score| scores.group[at] += score);
                    }
                    found.each(|at| {
                        let score = std::mem::take(&mut scores.group[at]);
                        scores.add_group(at, score);
                    });
                }
            }
        }
        found
    }
}

impl ListCursor {
    /// Takes the postings of a window from the list.
    fn read(&mut self, postings: &mut Vec<Posting>, found: &mut Bits, base: DocId, end: DocId) {
        let first = postings.len();
        loop {
            let documents = self.blocks.docs().get(self.at..).unwrap_or_default();
            let taken = match documents.last() {
                None => break,
                Some(last) if *last < end => documents.len(),
                Some(_) => documents.partition_point(|document| *document < end),
            };
            let first = postings.len();
            let at = |document: &DocId| (document - base) as u16;
            match self.blocks.freqs().get(self.at..).filter(|times| times.len() >= taken) {
                Some(times) => {
                    let times = times.iter().map(|times| (*times).min(u32::from(u16::MAX)) as u16);
                    postings.extend(
                        documents[..taken]
                            .iter()
                            .zip(times)
                            .map(|(document, times)| Posting { at: at(document), times }),
                    );
                }
                // Without counts every article that has the term has it once.
                None => {
                    postings.extend(documents[..taken].iter().map(|document| Posting { at: at(document), times: 1 }))
                }
            }
            found.set_all(postings[first..].iter().map(|posting| posting.at));
            self.at += taken;
            if taken < documents.len() {
                break;
            }
            self.blocks.advance();
            self.at = 0;
        }
        self.postings = first..postings.len();
    }

    /// Gives each of these articles what the list's word is worth in it.
    #[inline]
    fn score(&self, shown: &Bits, postings: &[Posting], base: DocId, mut give: impl FnMut(usize, f32)) {
        // Which articles are shown cannot be foreseen, so they are picked out without a branch before anything is computed.
        let mut picked = [Posting { at: 0, times: 0 }; 128];
        for postings in postings[self.postings.clone()].chunks(picked.len()) {
            let mut count = 0;
            for posting in postings {
                picked[count] = *posting;
                count += usize::from(shown.has(posting.at));
            }
            for Posting { at, times } in &picked[..count] {
                let length = self.lengths.fieldnorm_id(base + u32::from(*at));
                give(usize::from(*at), self.worth.score(length, u32::from(*times)));
            }
        }
    }
}
