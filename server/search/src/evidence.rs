//! What a field of a candidate shows for a query: its words, neighbours that stand close to each other, whole stretches
//! word for word.
//!
//! Only the candidates are looked at: each list is moved from one to the next, and places are unpacked only where all the
//! words of a feature are there. A phrase query would look for the next phrase anywhere.

use crate::collect::Candidate;
use crate::error::SearchError;
use crate::lists::{Entry, Lists, Worth};
use crate::occurrences::Page;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::schema::Field;

/// Something that speaks for a candidate, and how much.
pub(crate) struct Feature {
    pub boost: f32,
    pub evidence: Evidence,
}

/// What speaks for a candidate.
pub(crate) enum Evidence {
    /// The words, each by itself; their sum is also what the query is measured by.
    Base(Vec<String>),
    /// A word.
    Word(String),
    /// Two words close to each other.
    Near(String, String),
    /// Every stretch, each in order and without a gap.
    Verbatim(Vec<Vec<(usize, String)>>),
    /// All the words, anywhere; in shares of what the query is worth.
    All(Vec<String>),
    /// The whole field, whatever it is worth.
    Whole(String),
}

/// What the features of a candidate come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scores {
    /// What the base gives.
    pub base: f32,
    /// Points.
    pub points: f32,
    /// Shares of what the query is worth.
    pub shares: f32,
}

/// The features of one field with the words' lists.
pub(crate) struct FieldEvidence {
    field: Field,
    words: Vec<Option<Arc<Entry>>>,
    features: Vec<Prepared>,
}

/// A feature whose words are numbers in the field's list of words.
struct Prepared {
    boost: f32,
    kind: Kind,
}

enum Kind {
    Base(usize, Worth),
    Word(usize, Worth),
    /// In order, each with its place, and what one occurrence of the stretch is worth.
    Verbatim(Vec<Stretch>),
    Near(usize, usize, Worth),
    All(Vec<usize>),
    Whole(usize),
}

struct Stretch {
    words: Vec<(u32, usize)>,
    worth: Worth,
}

impl FieldEvidence {
    /// Looks the words up.
    pub fn new(lists: &mut Lists<'_>, field: Field, features: &[Feature]) -> Result<Self, SearchError> {
        let mut new = Self { field, words: Vec::new(), features: Vec::new() };
        let mut known = HashMap::new();
        for Feature { boost, evidence } in features {
            let boost = *boost;
            match evidence {
                Evidence::Base(words) => {
                    for word in words {
                        let (word, worth) = new.weigh(lists, &mut known, [word])?;
                        new.features.push(Prepared { boost, kind: Kind::Base(word[0], worth) });
                    }
                }
                Evidence::Word(word) => {
                    let (word, worth) = new.weigh(lists, &mut known, [word])?;
                    new.features.push(Prepared { boost, kind: Kind::Word(word[0], worth) });
                }
                Evidence::Near(one, other) => {
                    let (words, worth) = new.weigh(lists, &mut known, [one, other])?;
                    new.features.push(Prepared { boost, kind: Kind::Near(words[0], words[1], worth) });
                }
                Evidence::Verbatim(stretches) => {
                    let mut prepared = Vec::with_capacity(stretches.len());
                    for stretch in stretches.iter().filter(|stretch| !stretch.is_empty()) {
                        let (words, worth) = new.weigh(lists, &mut known, stretch.iter().map(|(_, word)| word))?;
                        let places = stretch.iter().map(|(place, _)| *place as u32);
                        prepared.push(Stretch { words: places.zip(words).collect(), worth });
                    }
                    if !prepared.is_empty() {
                        new.features.push(Prepared { boost, kind: Kind::Verbatim(prepared) });
                    }
                }
                Evidence::All(words) if words.is_empty() => {}
                Evidence::All(words) => {
                    let (words, _) = new.weigh(lists, &mut known, words)?;
                    new.features.push(Prepared { boost, kind: Kind::All(words) });
                }
                Evidence::Whole(text) if text.is_empty() => {}
                Evidence::Whole(text) => {
                    let (words, _) = new.weigh(lists, &mut known, [text])?;
                    new.features.push(Prepared { boost, kind: Kind::Whole(words[0]) });
                }
            }
        }
        // What no article has anywhere speaks for none.
        let known = |word: &usize| new.words[*word].is_some();
        new.features.retain(|feature| match &feature.kind {
            Kind::Base(word, _) | Kind::Word(word, _) | Kind::Whole(word) => known(word),
            Kind::Near(one, other, _) => known(one) && known(other),
            Kind::All(words) => words.iter().all(known),
            Kind::Verbatim(stretches) => {
                stretches.iter().all(|stretch| stretch.words.iter().all(|(_, word)| known(word)))
            }
        });
        Ok(new)
    }

    /// The numbers of words, and what all of them together are worth.
    fn weigh<'w>(
        &mut self,
        lists: &mut Lists<'_>,
        known: &mut HashMap<&'w str, usize>,
        words: impl IntoIterator<Item = &'w String>,
    ) -> Result<(Vec<usize>, Worth), SearchError> {
        let (mut numbers, mut rarity) = (Vec::new(), 0.0);
        for word in words {
            let number = match known.get(word.as_str()) {
                Some(number) => *number,
                None => {
                    self.words.push(lists.find(self.field, word)?);
                    known.insert(word, self.words.len() - 1);
                    self.words.len() - 1
                }
            };
            let articles = self.words[number].as_ref().map_or(0, |entry| entry.articles);
            rarity += lists.rarity(articles);
            numbers.push(number);
        }
        Ok((numbers, lists.worth(self.field, rarity)))
    }

    /// Adds to each candidate's scores what the field shows. Candidates are in the order of the index.
    pub fn add(&self, lists: &Lists<'_>, candidates: &[Candidate], scores: &mut [Scores]) -> Result<(), SearchError> {
        if self.features.is_empty() {
            return Ok(());
        }
        let mut scores = scores.iter_mut();
        for group in candidates.chunk_by(|one, other| one.address.segment_ord == other.address.segment_ord) {
            let segment = group[0].address.segment_ord;
            let mut page = Page::open(lists, &self.words, segment)?;
            let lengths = lists.lengths(self.field, segment)?;
            for (candidate, scores) in group.iter().zip(&mut scores) {
                let document = candidate.address.doc_id;
                if page.turn_to(document) {
                    let length = lengths.fieldnorm_id(document);
                    self.features.iter().for_each(|feature| feature.add(&mut page, length, scores));
                }
            }
        }
        Ok(())
    }
}

impl Prepared {
    fn add(&self, page: &mut Page, length: u8, scores: &mut Scores) {
        match &self.kind {
            Kind::Base(word, worth) => scores.base += self.boost * worth.score(length, page.times(*word)),
            Kind::Word(word, worth) => scores.points += self.boost * worth.score(length, page.times(*word)),
            Kind::Near(one, other, worth) => {
                scores.points += self.boost * worth.score(length, page.near(*one, *other));
            }
            Kind::Verbatim(stretches) => {
                let mut points = 0.0;
                for stretch in stretches {
                    match page.verbatim(&stretch.words) {
                        0 => return,
                        times => points += stretch.worth.score(length, times),
                    }
                }
                scores.points += self.boost * points;
            }
            Kind::All(words) if words.iter().all(|word| page.times(*word) > 0) => scores.shares += self.boost,
            Kind::Whole(word) if page.times(*word) > 0 => scores.points += self.boost,
            Kind::All(_) | Kind::Whole(_) => {}
        }
    }
}
