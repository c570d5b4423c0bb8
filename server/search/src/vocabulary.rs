//! The words that the index knows, looked up by what somebody typed instead of them.
//!
//! It reads the dictionaries of the index itself: there is nothing to keep up to date.

use crate::error::SearchError;
use crate::readings::SEPARATOR;
use crate::schema::Fields;
use crate::typing::allowed;
use analysis::stem::stem;
use std::collections::BTreeMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term as IndexTerm};

/// Letters of the longest word that is read as pinyin.
const LONGEST_READING: usize = 30;
/// Words that the beginning of one is taken for.
const COMPLETIONS: usize = 30;

/// The words of one state of the index.
pub(crate) struct Vocabulary<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
}

impl<'a> Vocabulary<'a> {
    pub fn new(searcher: &'a Searcher, fields: &'a Fields) -> Self {
        Self { searcher, fields }
    }

    /// Whether any article holds this term, as it stands or with its ending taken off.
    pub fn knows(&self, term: &str) -> Result<bool, SearchError> {
        let mut stemmed = String::new();
        let word = if stem(term, &mut stemmed) { stemmed.as_str() } else { term };
        let fields = self.fields;
        let fields_of_words =
            [fields.body_words, fields.title_words, fields.heading_words, fields.tag_words, fields.note_words];
        for field in fields_of_words {
            if self.frequency(field, word)? > 0 {
                return Ok(true);
            }
        }
        Ok(self.frequency(fields.code, term)? > 0)
    }

    /// The word that a misspelt one most likely is: the fewest slips, then what stands in titles, then the most frequent.
    /// The first letter is taken to be right.
    pub fn similar(&self, typed: &str) -> Result<Option<String>, SearchError> {
        for slips in 1..=allowed(typed.len()) {
            let term = IndexTerm::from_field_text(self.fields.spellings, typed);
            let distance = u8::try_from(slips).unwrap_or(u8::MAX);
            let query = FuzzyTermQuery::new(term, distance, true);
            let mut found: BTreeMap<String, u64> = BTreeMap::new();
            for segment in self.searcher.segment_readers() {
                let words = segment.inverted_index(self.fields.spellings).map_err(SearchError::Read)?;
                let automaton = query.automaton().map_err(SearchError::Read)?;
                let first = &typed[..1];
                let builder = words.terms().search(automaton).ge(first).lt(after(first));
                let mut stream = builder.into_stream().map_err(|error| SearchError::Read(error.into()))?;
                while let Some((word, info)) = stream.next() {
                    if let Ok(word) = std::str::from_utf8(word) {
                        *found.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
                    }
                }
            }
            let mut best: Option<(u64, String)> = None;
            for (word, articles) in found {
                let mut stemmed = String::new();
                let in_titles = if stem(&word, &mut stemmed) { stemmed.as_str() } else { word.as_str() };
                // A word in a title is worth a score of articles that only mention it.
                let weight = articles + 20 * self.frequency(self.fields.title_words, in_titles)?;
                if best.as_ref().is_none_or(|(greatest, _)| weight > *greatest) {
                    best = Some((weight, word));
                }
            }
            if let Some((_, word)) = best {
                return Ok(Some(word));
            }
        }
        Ok(None)
    }

    /// The words that begin like this, the most frequent first; the dictionary's own order would give only the first letters
    /// of the alphabet.
    pub fn beginning_with(&self, typed: &str) -> Result<Vec<String>, SearchError> {
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let words = segment.inverted_index(self.fields.spellings).map_err(SearchError::Read)?;
            let builder = words.terms().range().ge(typed).lt(after(typed));
            let mut stream = builder.into_stream().map_err(|error| SearchError::Read(error.into()))?;
            while let Some((word, info)) = stream.next() {
                if let Ok(word) = std::str::from_utf8(word) {
                    *found.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
                }
            }
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        found.sort_by(|(one, one_count), (other, other_count)| other_count.cmp(one_count).then_with(|| one.cmp(other)));
        Ok(found.into_iter().take(COMPLETIONS).map(|(word, _)| word).collect())
    }

    /// The Chinese words that are read like these letters, joined: the fewest words, then the most frequent.
    pub fn read(&self, letters: &str) -> Result<Option<String>, SearchError> {
        if !letters.bytes().all(|byte| byte.is_ascii_lowercase()) || letters.len() > 2 * LONGEST_READING {
            return Ok(None);
        }
        // For each end: the number of words so far, minus their frequency, and the text.
        let mut best: Vec<Option<(usize, i64, String)>> = vec![None; letters.len() + 1];
        best[0] = Some((0, 0, String::new()));
        for end in 1..=letters.len() {
            for start in end.saturating_sub(LONGEST_READING)..end {
                let Some((words, frequency, text)) = best[start].clone() else { continue };
                let Some((word, articles)) = self.word_read(&letters[start..end])? else { continue };
                let candidate = (words + 1, frequency - articles, format!("{text}{word}"));
                if best[end].as_ref().is_none_or(|known| candidate < *known) {
                    best[end] = Some(candidate);
                }
            }
        }
        let found = best.pop().flatten();
        // Many short words are more likely an English word that happens to be made of syllables.
        Ok(found.filter(|(words, _, text)| words * 2 <= text.chars().count().max(2)).map(|(_, _, text)| text))
    }

    /// The most frequent word with just this reading.
    fn word_read(&self, reading: &str) -> Result<Option<(String, i64)>, SearchError> {
        let prefix = format!("{reading}{SEPARATOR}");
        let mut found: BTreeMap<String, i64> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let words = segment.inverted_index(self.fields.readings).map_err(SearchError::Read)?;
            let builder = words.terms().range().ge(&prefix).lt(after(&prefix));
            let mut stream = builder.into_stream().map_err(|error| SearchError::Read(error.into()))?;
            while let Some((term, info)) = stream.next() {
                if let Ok(term) = std::str::from_utf8(term) {
                    *found.entry(term[prefix.len()..].to_owned()).or_default() += i64::from(info.doc_freq);
                }
            }
        }
        let best = found
            .into_iter()
            .max_by(|(one, one_count), (other, other_count)| one_count.cmp(other_count).then_with(|| other.cmp(one)));
        Ok(best)
    }

    fn frequency(&self, field: Field, text: &str) -> Result<u64, SearchError> {
        self.searcher.doc_freq(&IndexTerm::from_field_text(field, text)).map_err(SearchError::Read)
    }
}

/// The first text after all that begin with an ASCII prefix.
fn after(prefix: &str) -> Vec<u8> {
    let mut bytes = prefix.as_bytes().to_vec();
    if let Some(last) = bytes.last_mut() {
        *last += 1;
    }
    bytes
}
