//! What can be typed, as sorted keys that lead to numbers.

use crate::document::is_key_character;
use std::collections::BTreeSet;

/// Characters of a key; who has typed more is led by what they typed first.
pub(super) const KEY: usize = 24;
/// Set in the number of a suggestion whose key starts inside its text, so that it comes behind the others.
pub(super) const INSIDE: u32 = 1 << 31;

/// Sorted keys, each with the number of a suggestion. Keys lie one behind the other in one text.
#[derive(Debug, Default)]
pub(super) struct Keys {
    arena: String,
    keys: Vec<Key>,
}

#[derive(Clone, Copy, Debug)]
struct Key {
    start: u32,
    length: u8,
    /// The suggestion's number, with [`INSIDE`] where the key starts inside the text.
    value: u32,
}

impl Keys {
    /// Adds a key, which is cut; a text that the arena holds already from some byte on is not put there again.
    pub fn add(&mut self, key: &str, from: usize, value: u32) {
        let key = &key[..key.char_indices().nth(KEY).map_or(key.len(), |(at, _)| at)];
        if key.is_empty() {
            return;
        }
        let known = self
            .arena
            .get(from.min(self.arena.len())..)
            .and_then(|arena| Some(from.min(self.arena.len()) + arena.find(key)?));
        let start = known.unwrap_or_else(|| {
            self.arena.push_str(key);
            self.arena.len() - key.len()
        });
        if let (Ok(start), Ok(length)) = (u32::try_from(start), u8::try_from(key.len())) {
            self.keys.push(Key { start, length, value });
        }
    }

    /// Puts the keys in order, each once.
    pub fn sort(&mut self) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.sort_unstable_by(|one, other| self.text(one).cmp(self.text(other)).then(one.value.cmp(&other.value)));
        keys.dedup_by(|one, other| one.value == other.value && self.text(one) == self.text(other));
        keys.shrink_to_fit();
        self.arena.shrink_to_fit();
        self.keys = keys;
    }

    /// Where a text that is not there yet will begin.
    pub fn end(&self) -> usize {
        self.arena.len()
    }

    fn text(&self, key: &Key) -> &str {
        &self.arena[key.start as usize..key.start as usize + usize::from(key.length)]
    }

    /// The numbers of the best suggestions whose key starts like this: those that start so themselves first.
    pub fn starting_with(&self, typed: &str, limit: usize) -> Vec<u32> {
        let typed = &typed[..typed.char_indices().nth(KEY).map_or(typed.len(), |(at, _)| at)];
        let from = self.keys.partition_point(|key| self.text(key) < typed);
        let to = from + self.keys[from..].partition_point(|key| self.text(key).starts_with(typed));
        // The least values are the best; each may stand there several times.
        let mut best: BTreeSet<u32> = BTreeSet::new();
        for key in &self.keys[from..to] {
            if best.len() < 2 * limit {
                best.insert(key.value);
            } else if best.last().is_some_and(|worst| key.value < *worst) && best.insert(key.value) {
                best.pop_last();
            }
        }
        let mut numbers = Vec::new();
        for value in best {
            if !numbers.contains(&(value & !INSIDE)) {
                numbers.push(value & !INSIDE);
            }
        }
        numbers.truncate(limit);
        numbers
    }
}

/// What of a normalised text can be typed: letters, digits and the marks that tell `c` from `c++`, in lower case.
pub(super) fn key(normalized: &str) -> String {
    normalized.chars().filter(|character| is_key_character(*character)).flat_map(char::to_lowercase).collect()
}
