//! The first stage's engine: walks through the lists of all terms at once, a window of articles at a time, and gives each
//! article that holds anything its score and the number of terms it holds.
//!
//! What is counted must be met, so there is nothing to skip; what can be saved is the work for each entry. Inside a
//! window that fits the processor's cache the lists are added up one after the other in plain arrays, about ten times
//! as fast as a tree of scorers that must agree on every article.

use crate::error::SearchError;
use crate::lists::{Entry, Lists, Worth};
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Scorer;
use tantivy::{DocAddress, DocId, SegmentOrdinal, TERMINATED};

/// Articles of a window.
const WINDOW: usize = 2048;
const WORDS: usize = WINDOW / 64;

/// What is looked for: terms that count towards the least number, and extras that only add to the score.
#[derive(Default)]
pub(crate) struct Formula {
    pub terms: Vec<Term>,
    pub extras: Vec<Part>,
}

/// A term in all its forms: the best of them counts.
pub(crate) type Term = Vec<Form>;

/// One form of a term: every part must be there, and they add up.
pub(crate) type Form = Vec<Part>;

/// A word in all fields: the best group counts, and the others add a little.
pub(crate) struct Part {
    pub groups: Vec<Group>,
    /// How much of what the weaker groups give is added.
    pub tie: f32,
}

/// Fields of the same rank; they add up.
pub(crate) type Group = Vec<Source>;

/// The articles with a term in a field.
pub(crate) struct Source {
    pub entry: Arc<Entry>,
    pub worth: Worth,
}

/// An article that was met.
pub(crate) struct Met {
    pub document: DocId,
    pub score: f32,
    /// Terms that it holds.
    pub terms: usize,
}

impl Formula {
    /// Shows every article of a stretch of a segment that holds a term or an extra and is among the allowed ones, in
    /// order. Where nothing is looked for every allowed article is shown. Deleted ones are left out.
    pub fn walk(
        &self,
        lists: &Lists<'_>,
        (segment, stretch): (SegmentOrdinal, Range<DocId>),
        mut allowed: Option<Box<dyn Scorer>>,
        deadline: Instant,
        mut meet: impl FnMut(Met),
    ) -> Result<(), SearchError> {
        let reader = lists.searcher.segment_reader(segment);
        let mut cursors = Cursors::open(self, lists, segment, stretch.start)?;
        let finds_all = self.terms.is_empty() && self.extras.is_empty();
        let mut window = Window::default();
        for base in stretch.clone().step_by(WINDOW) {
            if Instant::now() > deadline {
                return Err(SearchError::TooSlow);
            }
            let end = (base + WINDOW as u32).min(stretch.end);
            if finds_all {
                (base..end).for_each(|document| window.met.set(document - base));
            } else {
                cursors.fill(&mut window, base, end);
            }
            if let Some(allowed) = &mut allowed {
                let mut bits = Bits::default();
                if allowed.doc() < base {
                    allowed.seek(base);
                }
                while allowed.doc() < end {
                    bits.set(allowed.doc() - base);
                    allowed.advance();
                }
                window.clear_but(&bits);
            }
            let alive = reader.alive_bitset();
            window.take(|at, score, terms| {
                let document = base + at as u32;
                if alive.is_none_or(|alive| alive.is_alive(document)) {
                    meet(Met { document, score, terms });
                }
            });
        }
        Ok(())
    }
}

impl Formula {
    /// The terms that an article does not hold, as numbers of the formula's terms.
    pub fn missing(&self, lists: &Lists<'_>, address: DocAddress) -> Result<Vec<usize>, SearchError> {
        let mut missing = Vec::new();
        for (number, term) in self.terms.iter().enumerate() {
            if !holds_term(term, lists, address)? {
                missing.push(number);
            }
        }
        Ok(missing)
    }
}

fn holds_term(term: &Term, lists: &Lists<'_>, address: DocAddress) -> Result<bool, SearchError> {
    for form in term {
        let mut holds_all = true;
        for part in form {
            holds_all = holds_all && holds_part(part, lists, address)?;
        }
        if holds_all {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holds_part(part: &Part, lists: &Lists<'_>, address: DocAddress) -> Result<bool, SearchError> {
    for source in part.groups.iter().flatten() {
        if let Some(mut blocks) = lists.blocks(&source.entry, address.segment_ord)? {
            let at = blocks.seek(address.doc_id);
            if blocks.docs().get(at) == Some(&address.doc_id) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The formula with its lists open.
struct Cursors {
    terms: Vec<Vec<Vec<PartCursor>>>,
    extras: Vec<PartCursor>,
}

struct PartCursor {
    groups: Vec<Vec<ListCursor>>,
    tie: f32,
}

struct ListCursor {
    blocks: BlockSegmentPostings,
    /// Place in the current block.
    at: usize,
    lengths: FieldNormReader,
    worth: Worth,
}

impl Cursors {
    /// Opens the lists of a segment at its first article from `start` on.
    fn open(formula: &Formula, lists: &Lists<'_>, segment: SegmentOrdinal, start: DocId) -> Result<Self, SearchError> {
        let part = |part: &Part| PartCursor::open(part, lists, segment, start);
        let mut terms = Vec::with_capacity(formula.terms.len());
        for term in &formula.terms {
            let forms = term.iter().map(|form| form.iter().map(part).collect::<Result<Vec<_>, _>>());
            let mut forms = forms.collect::<Result<Vec<_>, _>>()?;
            // A part that no article of the segment has makes the whole form impossible.
            forms.retain(|form| form.iter().all(|part| !part.groups.is_empty()));
            terms.push(forms);
        }
        let extras = formula.extras.iter().map(part).collect::<Result<_, _>>()?;
        Ok(Self { terms, extras })
    }

    fn fill(&mut self, window: &mut Window, base: DocId, end: DocId) {
        for term in &mut self.terms {
            let mut met = Bits::default();
            for form in term {
                if let [part] = form.as_mut_slice() {
                    let found = part.fill(window, base, end);
                    found.each(|at| {
                        let score = window.take_part(at, part.tie);
                        window.term[at] = window.term[at].max(score);
                    });
                    met.add(&found);
                    continue;
                }
                let (mut any, mut all) = (Bits::default(), Bits([u64::MAX; WORDS]));
                for part in form {
                    let found = part.fill(window, base, end);
                    found.each(|at| window.form[at] += window.take_part(at, part.tie));
                    any.add(&found);
                    all.keep(&found);
                }
                all.each(|at| window.term[at] = window.term[at].max(window.form[at]));
                any.each(|at| window.form[at] = 0.0);
                met.add(&all);
            }
            met.each(|at| {
                window.total[at] += std::mem::take(&mut window.term[at]);
                window.count[at] += 1;
            });
            window.met.add(&met);
        }
        for part in &mut self.extras {
            let found = part.fill(window, base, end);
            found.each(|at| window.total[at] += window.take_part(at, part.tie));
            window.met.add(&found);
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
                    open.push(ListCursor { blocks, at, lengths, worth: worth.clone() });
                }
            }
            if !open.is_empty() {
                groups.push(open);
            }
        }
        Ok(Self { groups, tie: part.tie })
    }

    /// Leaves the sum and the best of the groups in the window, and tells where.
    fn fill(&mut self, window: &mut Window, base: DocId, end: DocId) -> Bits {
        let mut found = Bits::default();
        for group in &mut self.groups {
            let mut bits = Bits::default();
            for list in group {
                list.fill(&mut window.group, &mut bits, base, end);
            }
            bits.each(|at| {
                let score = std::mem::take(&mut window.group[at]);
                window.sum[at] += score;
                window.best[at] = window.best[at].max(score);
            });
            found.add(&bits);
        }
        found
    }
}

impl ListCursor {
    #[inline]
    fn fill(&mut self, scores: &mut [f32; WINDOW], bits: &mut Bits, base: DocId, end: DocId) {
        loop {
            let (documents, times) = (self.blocks.docs(), self.blocks.freqs());
            while let Some(&document) = documents.get(self.at) {
                if document >= end {
                    return;
                }
                let at = document - base;
                let length = self.lengths.fieldnorm_id(document);
                // Without counts every article that has the term has it once.
                let times = times.get(self.at).copied().unwrap_or(1);
                scores[at as usize] += self.worth.score(length, times);
                bits.set(at);
                self.at += 1;
            }
            if documents.is_empty() || documents.last() == Some(&TERMINATED) {
                return;
            }
            self.blocks.advance();
            self.at = 0;
        }
    }
}

/// The scores of the articles of one window; everything is zero between two uses.
struct Window {
    group: Box<[f32; WINDOW]>,
    best: Box<[f32; WINDOW]>,
    sum: Box<[f32; WINDOW]>,
    form: Box<[f32; WINDOW]>,
    term: Box<[f32; WINDOW]>,
    total: Box<[f32; WINDOW]>,
    count: Box<[u8; WINDOW]>,
    met: Bits,
}

impl Default for Window {
    fn default() -> Self {
        let scores = || Box::new([0.0; WINDOW]);
        Self {
            group: scores(),
            best: scores(),
            sum: scores(),
            form: scores(),
            term: scores(),
            total: scores(),
            count: Box::new([0; WINDOW]),
            met: Bits::default(),
        }
    }
}

impl Window {
    /// What a part gives: its best group, and a little of the others.
    #[inline]
    fn take_part(&mut self, at: usize, tie: f32) -> f32 {
        let (best, sum) = (std::mem::take(&mut self.best[at]), std::mem::take(&mut self.sum[at]));
        best + tie * (sum - best)
    }

    /// Forgets what is not among these.
    fn clear_but(&mut self, kept: &Bits) {
        let mut others = self.met;
        for (others, kept) in others.0.iter_mut().zip(&kept.0) {
            *others &= !kept;
        }
        others.each(|at| {
            self.total[at] = 0.0;
            self.count[at] = 0;
        });
        self.met.keep(kept);
    }

    fn take(&mut self, mut meet: impl FnMut(usize, f32, usize)) {
        let met = std::mem::take(&mut self.met);
        met.each(|at| {
            meet(at, std::mem::take(&mut self.total[at]), usize::from(std::mem::take(&mut self.count[at])));
        });
    }
}

/// A set of articles of a window.
#[derive(Clone, Copy)]
struct Bits([u64; WORDS]);

impl Default for Bits {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl Bits {
    #[inline]
    fn set(&mut self, at: u32) {
        self.0[(at / 64) as usize] |= 1 << (at % 64);
    }

    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    #[inline]
    fn each(&self, mut visit: impl FnMut(usize)) {
        for (index, &word) in self.0.iter().enumerate() {
            let mut word = word;
            while word != 0 {
                visit(index * 64 + word.trailing_zeros() as usize);
                word &= word - 1;
            }
        }
    }
}
