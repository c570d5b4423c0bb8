//! A shelf of suggestions of one kind, and the keys that lead to each: its beginning and the beginnings of its words, in
//! characters, in pinyin and in first letters.

use super::keys::{INSIDE, KEY, Keys, key};
use crate::readings::{initials, readings};
use analysis::stop::is_stop_word;
use analysis::{Tokens, View};
use types::Suggestion;

/// Words of a title that it can be found by.
const WORDS: usize = 8;
/// Pinyin readings of a key.
const READINGS: usize = 3;

/// Suggestions of one kind, the weightiest first.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// By their numbers.
    pub suggestions: Vec<Suggestion>,
    text: Keys,
    pinyin: Keys,
    initials: Keys,
}

/// The ways in which a key can be meant, the plainest first.
#[derive(Clone, Copy)]
pub(super) enum Way {
    Text,
    Pinyin,
    Initials,
}

impl Shelf {
    /// Takes in the next suggestion with the names that lead to it.
    pub fn add(&mut self, normalized: &str, aliases: &[String], suggestion: Suggestion) {
        let number = u32::try_from(self.suggestions.len()).unwrap_or(0) & !INSIDE;
        for alias in aliases {
            self.text.add(&key(alias), usize::MAX, number);
        }
        let mut starts = vec![0];
        let mut tokens = Tokens::new(normalized, View::Words);
        while let Some(token) = tokens.next() {
            if starts.len() < WORDS && starts.last() != Some(&token.start) && !is_stop_word(token.text) {
                starts.push(token.start);
            }
        }
        let arena_start = self.text.end();
        let mut before = None;
        for start in starts {
            let rest = key(&normalized[start..]);
            // A title that begins with punctuation begins with its first word.
            if rest.is_empty() || before.as_ref() == Some(&rest) {
                continue;
            }
            let value = if before.is_none() { number } else { number | INSIDE };
            self.text.add(&rest, arena_start, value);
            let beginning: String = rest.chars().take(KEY / 2).collect();
            for reading in readings(&beginning).into_iter().take(READINGS).filter(|reading| *reading != rest) {
                self.pinyin.add(&reading, usize::MAX, value);
            }
            self.initials.add(&initials(&beginning), usize::MAX, value);
            before = Some(rest);
        }
        self.suggestions.push(suggestion);
    }

    /// Makes the keys ready to be looked up, when all are there.
    pub fn sort(&mut self) {
        for keys in [&mut self.text, &mut self.pinyin, &mut self.initials] {
            keys.sort();
        }
    }

    /// The keys for a way of typing.
    pub fn keys(&self, way: Way) -> &Keys {
        match way {
            Way::Text => &self.text,
            Way::Pinyin => &self.pinyin,
            Way::Initials => &self.initials,
        }
    }
}
