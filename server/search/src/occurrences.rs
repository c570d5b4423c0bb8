//! Where the words of one field of one article stand: how often, how close to each other, and which in order.

use crate::error::SearchError;
use crate::lists::{Entry, Lists};
use std::sync::Arc;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, SegmentOrdinal};

/// Words that may stand between two neighbours.
const SLOP: u32 = 2;

/// The words of one field of one article.
pub(crate) struct Page {
    words: Vec<Word>,
}

/// A word's list, with what it says of the article.
struct Word {
    postings: Option<SegmentPostings>,
    times: u32,
    places: Vec<u32>,
    are_read: bool,
}

impl Page {
    /// The words' lists in a segment, before its first article.
    pub fn open(
        lists: &Lists<'_>,
        entries: &[Option<Arc<Entry>>],
        segment: SegmentOrdinal,
    ) -> Result<Self, SearchError> {
        let mut words = Vec::with_capacity(entries.len());
        for entry in entries {
            let postings = match entry {
                Some(entry) => lists.postings(entry, segment)?,
                None => None,
            };
            words.push(Word { postings, times: 0, places: Vec::new(), are_read: false });
        }
        Ok(Self { words })
    }

    /// Reads what is said of an article; whether it holds any of the words.
    pub fn turn_to(&mut self, document: DocId) -> bool {
        let mut holds_any = false;
        for word in &mut self.words {
            (word.times, word.are_read) = (0, false);
            let Some(postings) = &mut word.postings else { continue };
            if postings.doc() < document {
                postings.seek(document);
            }
            if postings.doc() == document {
                word.times = postings.term_freq();
                holds_any = true;
            }
        }
        holds_any
    }

    /// How often a word stands there.
    pub fn times(&self, word: usize) -> u32 {
        self.words[word].times
    }

    fn read(&mut self, word: usize) {
        let word = &mut self.words[word];
        if !word.are_read {
            word.are_read = true;
            word.places.clear();
            if let Some(postings) = &mut word.postings {
                postings.append_positions_with_offset(0, &mut word.places);
            }
        }
    }

    /// How often two words stand close to each other.
    pub fn near(&mut self, one: usize, other: usize) -> u32 {
        if self.times(one) == 0 || self.times(other) == 0 {
            return 0;
        }
        self.read(one);
        self.read(other);
        let (ones, others) = (&self.words[one].places, &self.words[other].places);
        let (mut times, mut next) = (0, 0);
        for place in ones.iter().map(|place| place + 1) {
            while others.get(next).is_some_and(|other| *other + SLOP < place) {
                next += 1;
            }
            // Each occurrence of the other word counts for one of this.
            if others.get(next).is_some_and(|other| *other <= place + SLOP) {
                times += 1;
                next += 1;
            }
        }
        times
    }

    /// How often the words stand in this order without a gap.
    pub fn verbatim(&mut self, words: &[(u32, usize)]) -> u32 {
        if let [(_, word)] = words {
            return self.times(*word);
        }
        if words.iter().any(|(_, word)| self.times(*word) == 0) {
            return 0;
        }
        words.iter().for_each(|(_, word)| self.read(*word));
        // The rarest word has the fewest places that must be tried.
        let Some(&(offset, rarest)) = words.iter().min_by_key(|(_, word)| self.times(*word)) else { return 0 };
        let stands = |place: &&u32| {
            words.iter().all(|(other, word)| {
                (**place + *other)
                    .checked_sub(offset)
                    .is_some_and(|at| self.words[*word].places.binary_search(&at).is_ok())
            })
        };
        self.words[rarest].places.iter().filter(stands).count() as u32
    }
}
