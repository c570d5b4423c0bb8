//! How marks begin: most of a text is told apart from all marks by a look at its bytes, without a copy of it.

use crate::normalize::{fold, variants};
use crate::runs::is_unspaced;
use crate::technical::is_atom;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// A set of numbers of 16 bits, a bit each: of characters up to U+FFFF, or of two bytes.
#[derive(Clone, Debug)]
struct Numbers(Box<[u64; 1024]>);

/// Letters beyond ASCII, of words that spaces part, and the two bytes that each of them begins with.
static LETTERS: LazyLock<(Numbers, Numbers)> = LazyLock::new(|| {
    let (mut letters, mut bytes) = (Numbers::default(), Numbers::default());
    for letter in ('\u{80}'..='\u{ffff}').filter(|&character| fold(character).is_some_and(is_atom)) {
        letters.add(letter as usize);
        bytes.add(first_bytes(letter));
    }
    (letters, bytes)
});

/// Characters that are left out when a text is normalised.
static UNSEEN: LazyLock<Numbers> = LazyLock::new(|| {
    let mut unseen = Numbers::default();
    let characters = ('\u{80}'..='\u{ffff}').filter(|&character| fold(character).is_none());
    characters.for_each(|character| unseen.add(character as usize));
    unseen
});

/// Bytes of a technical mark that are compared at first.
const STEM: usize = 4;

/// The full-width forms of ASCII.
const FULL_WIDTH: RangeInclusive<char> = '\u{ff01}'..='\u{ff5e}';

impl Default for Numbers {
    fn default() -> Self {
        Self(Box::new([0; 1024]))
    }
}

impl Numbers {
    fn add(&mut self, number: usize) {
        if let Some(bits) = self.0.get_mut(number / 64) {
            *bits |= 1 << (number % 64);
        }
    }

    fn add_all(&mut self, others: &Self) {
        self.0.iter_mut().zip(others.0.iter()).for_each(|(bits, others)| *bits |= others);
    }

    fn has(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|bits| bits & (1 << (number % 64)) != 0)
    }

    /// The characters with these numbers.
    fn characters(&self) -> impl Iterator<Item = char> {
        let blocks = (0..).zip(self.0.iter()).filter(|(_, bits)| **bits != 0);
        let numbers = blocks
            .flat_map(|(block, bits)| (0..64).filter(move |bit| bits >> bit & 1 != 0).map(move |bit| block * 64 + bit));
        numbers.filter_map(char::from_u32)
    }

    /// Adds the characters that are read as one of these.
    fn add_variants(&mut self) {
        for &(variant, character) in variants() {
            if self.has(character as usize) {
                self.add(variant as usize);
            }
        }
    }
}

/// What may begin at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// A mark in a script without spaces, at this very character.
    Unspaced,
    /// A token with a mark in it, here or further to the left.
    Technical,
}

/// What the marks of a query begin with. Symbols are not looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beginnings {
    /// Every two bytes of a text with which a mark may begin: a look at them passes most places over.
    places: Numbers,
    /// What unspaced marks begin with.
    firsts: Numbers,
    /// What follows there.
    seconds: Numbers,
    /// Whether an unspaced mark is a single character.
    has_single: bool,
    /// The first bytes of longer technical marks, at least two.
    starts: Vec<Box<[u8]>>,
    /// Technical marks of one byte.
    singles: Vec<u8>,
    /// The first bytes of all of them, a bit each.
    bytes: [u64; 4],
    /// What else a token with such a mark may begin with.
    letters: Numbers,
}

impl Beginnings {
    /// Takes up the beginning of a mark, normalised and in lower case.
    pub(crate) fn add(&mut self, mark: &str) {
        let mut characters = mark.chars();
        let Some(first) = characters.next() else { return };
        if !is_unspaced(first) {
            return self.add_technical(mark);
        }
        self.firsts.add(first as usize);
        match characters.next() {
            Some(second) => self.seconds.add(second as usize),
            None => self.has_single = true,
        }
    }

    fn add_technical(&mut self, mark: &str) {
        // No token begins otherwise, so such a mark stands nowhere.
        if !mark.starts_with(|first| is_atom(first) || matches!(first, '.' | '/')) {
            return;
        }
        match *mark.as_bytes() {
            [] => return,
            [only] => self.singles.push(only),
            // The letter that a stem ends with may be another one in its word (`queries`, `query`).
            [.., _] => self.starts.push(mark.as_bytes()[..(mark.len() - 1).clamp(2, STEM)].into()),
        }
        let first = mark.as_bytes()[0];
        self.bytes[usize::from(first / 64)] |= 1 << (first % 64);
    }

    /// To be called when all marks are known.
    pub(crate) fn complete(&mut self) {
        self.firsts.add_variants();
        self.seconds.add_variants();
        self.firsts.characters().for_each(|first| self.places.add(first_bytes(first)));
        // What nobody sees may stand between two characters.
        self.seconds.add_all(&UNSEEN);
        if !(self.starts.is_empty() && self.singles.is_empty()) {
            let (letters, bytes) = &*LETTERS;
            self.letters.add_all(letters);
            self.places.add_all(bytes);
            for wide in FULL_WIDTH {
                if fold(wide)
                    .is_some_and(|letter| letter.is_ascii() && self.has_byte(letter.to_ascii_lowercase() as u8))
                {
                    self.letters.add(wide as usize);
                    self.places.add(first_bytes(wide));
                }
            }
        }
        for first in 0..=0xff_u8 {
            if first < 0xf0 && !self.has_byte(first.to_ascii_lowercase()) {
                continue;
            }
            for second in 0..=0xff {
                if self.may_begin_with(first, second) {
                    self.places.add(number(first, second));
                }
            }
        }
    }

    /// Whether a token or a character beyond U+FFFF that is worth a look may begin with these bytes.
    fn may_begin_with(&self, first: u8, second: u8) -> bool {
        // What is beyond ASCII may be read as anything.
        let is_open = self.has_byte(first.to_ascii_lowercase()) && !second.is_ascii();
        let is_single = !second.is_ascii_lowercase();
        first >= 0xf0
            || is_open
            || self.may_begin(first.to_ascii_lowercase(), Some(second.to_ascii_lowercase()), is_single)
    }

    fn has_byte(&self, byte: u8) -> bool {
        self.bytes[usize::from(byte / 64)] & (1 << (byte % 64)) != 0
    }

    /// The first byte of a text, not normalised, from `from` on at which a mark may stand.
    pub(crate) fn next(&self, text: &str, from: usize) -> Option<(usize, Beginning)> {
        let bytes = text.as_bytes();
        let mut at = from;
        loop {
            let rest = bytes.get(at..)?;
            let place = rest.windows(2).position(|pair| self.places.has(number(pair[0], pair[1])));
            // A space ends what stands at the end.
            let last = || rest.len().checked_sub(1).filter(|&last| self.places.has(number(rest[last], b' ')));
            at += place.or_else(last)?;
            if let Some(beginning) = self.beginning(text, from, at) {
                return Some((at, beginning));
            }
            at += 1;
        }
    }

    /// What may begin at a byte, when `places` has it and the one after it.
    fn beginning(&self, text: &str, from: usize, at: usize) -> Option<Beginning> {
        let bytes = text.as_bytes();
        if bytes[at].is_ascii() {
            // Inside a word in small letters nothing begins.
            let before = bytes[from..at].last();
            let is_inside = bytes[at].is_ascii_lowercase() && before.is_some_and(u8::is_ascii_lowercase);
            return (!is_inside && self.may_stand(&bytes[at..])).then_some(Beginning::Technical);
        }
        let (code, length) = code_at(bytes, at);
        if code > 0xffff {
            return match fold(text[at..].chars().next()?)? {
                character if is_unspaced(character) => Some(Beginning::Unspaced),
                character if is_atom(character) => Some(Beginning::Technical),
                _ => None,
            };
        }
        if self.firsts.has(code) {
            return (self.has_single || self.may_go_on(bytes, at + length)).then_some(Beginning::Unspaced);
        }
        self.letters.has(code).then_some(Beginning::Technical)
    }

    /// Whether a text that begins with these bytes may hold a technical mark here. What is neither letter nor digit may
    /// be left out between two parts of a form, or be read as anything.
    fn may_stand(&self, bytes: &[u8]) -> bool {
        let is_open = |byte: u8| !byte.is_ascii_alphanumeric();
        let goes_on = |start: &[u8]| {
            start.iter().zip(bytes).all(|(&start, &byte)| start == byte.to_ascii_lowercase() || is_open(byte))
        };
        let is_single = !bytes.get(1).is_some_and(u8::is_ascii_lowercase);
        self.starts.iter().any(|start| goes_on(start))
            || is_single && self.singles.contains(&bytes[0].to_ascii_lowercase())
    }

    /// Whether the second character of an unspaced mark may stand here.
    fn may_go_on(&self, bytes: &[u8], at: usize) -> bool {
        let (code, _) = code_at(bytes, at);
        code > 0xffff || self.seconds.has(code)
    }

    /// Whether one of the forms of a technical token can be a mark. Every form begins somewhere in the token, stems with
    /// the same two letters as their words. Letters beyond ASCII are not looked at here.
    pub(crate) fn may_have(&self, token: &str) -> bool {
        let bytes = token.as_bytes();
        let Some((first, rest)) = bytes.split_first() else { return false };
        if first.is_ascii_alphabetic() && rest.iter().all(u8::is_ascii_lowercase) {
            // Most tokens are a plain word, which has one form.
            return self.may_begin(first.to_ascii_lowercase(), rest.first().copied(), rest.is_empty());
        }
        let second = |at: usize| bytes.get(at + 1).map(u8::to_ascii_lowercase);
        !token.is_ascii() || (0..bytes.len()).any(|at| self.may_begin(bytes[at].to_ascii_lowercase(), second(at), true))
    }

    fn may_begin(&self, first: u8, second: Option<u8>, single: bool) -> bool {
        self.has_byte(first)
            && ((single && self.singles.contains(&first))
                || second.is_some_and(|second| self.starts.iter().any(|start| start[..2] == [first, second])))
    }
}

/// Two bytes as one number.
fn number(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// The two bytes that a character beyond ASCII begins with.
fn first_bytes(character: char) -> usize {
    let mut bytes = [0; 4];
    character.encode_utf8(&mut bytes);
    number(bytes[0], bytes[1])
}

/// The number and the length of the character that starts at this byte; at the end of the text number 0. Most characters
/// that are looked at have three bytes (RFC 3629, section 3).
fn code_at(bytes: &[u8], at: usize) -> (usize, usize) {
    let bits = |byte: u8| usize::from(byte & 0x3f);
    match bytes.get(at..).unwrap_or_default() {
        &[first @ 0xe0..0xf0, second, third, ..] => {
            (usize::from(first & 0xf) << 12 | bits(second) << 6 | bits(third), 3)
        }
        &[first @ 0xc0..0xe0, second, ..] => (usize::from(first & 0x1f) << 6 | bits(second), 2),
        &[0xf0..=0xff, ..] => (usize::MAX, 4),
        &[first, ..] => (usize::from(first), 1),
        [] => (0, 0),
    }
}
