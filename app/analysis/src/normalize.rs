//! Makes the variants of a character one, character by character, and remembers where each stood.
//!
//! Letter case stays: `getUserById` is still to be split at its capitals.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// A text with traditional, compatibility and full-width forms replaced and invisible characters dropped.
#[derive(Clone, Debug)]
pub struct Normalized<'a> {
    original: &'a str,
    text: Cow<'a, str>,
    /// Where the distance between the two texts changes, in order; empty while offsets are equal.
    shifts: Vec<Shift>,
}

/// From these two bytes on the texts run side by side, up to the next shift.
#[derive(Clone, Copy, Debug)]
struct Shift {
    normalized: usize,
    original: usize,
}

impl<'a> Normalized<'a> {
    /// Normalises a text. One that needs no change is borrowed.
    #[must_use]
    pub fn new(original: &'a str) -> Self {
        let Some((first, _)) = original.char_indices().find(|&(_, character)| fold(character) != Some(character))
        else {
            return Self { original, text: Cow::Borrowed(original), shifts: Vec::new() };
        };
        let mut text = String::with_capacity(original.len());
        text.push_str(&original[..first]);
        let mut shifts = Vec::new();
        let mut copied = first;
        for (at, character) in original[first..].char_indices() {
            let folded = fold(character);
            if folded == Some(character) {
                continue;
            }
            let at = first + at;
            text.push_str(&original[copied..at]);
            text.extend(folded);
            copied = at + character.len_utf8();
            if folded.map_or(0, char::len_utf8) != character.len_utf8() {
                shifts.push(Shift { normalized: text.len(), original: copied });
            }
        }
        text.push_str(&original[copied..]);
        Self { original, text: Cow::Owned(text), shifts }
    }

    /// The normalised text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The normalised text as an owned one.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text.into_owned()
    }

    /// The bytes of the original text from which these bytes of the normalised text come.
    ///
    /// # Panics
    /// When an end of the range does not stand between two characters of the normalised text.
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original_start(range.start);
        match self.text[range.clone()].char_indices().next_back() {
            None => start..start,
            Some((last, _)) => {
                let last = self.original_start(range.start + last);
                start..last + self.original[last..].chars().next().map_or(0, char::len_utf8)
            }
        }
    }

    /// Where the character that starts at this normalised byte starts in the original. Where characters were dropped
    /// several shifts share a byte; the last one leads to the character that was kept.
    fn original_start(&self, normalized: usize) -> usize {
        match self.shifts.partition_point(|shift| shift.normalized <= normalized).checked_sub(1) {
            Some(index) => self.shifts[index].original + (normalized - self.shifts[index].normalized),
            None => normalized,
        }
    }
}

/// The form of a character that tokens are made of; `None` for what nobody sees.
#[must_use]
pub fn fold(character: char) -> Option<char> {
    match character {
        '\0'..='\u{7f}' => Some(character),
        // Soft hyphen, zero-width space and joiners, direction marks, word joiner, variation selectors, byte order mark.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => None,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        // The punctuation of Chinese sentences keeps its width: half-width it would join words to technical tokens.
        '！' | '（' | '）' | '，' | '：' | '；' | '？' | '［' | '］' | '｛' | '｝' | '～' => {
            Some(character)
        }
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xff01 + 0x21),
        '\u{2e80}'..='\u{faff}' => Some(variant(character)),
        _ => Some(character),
    }
}

/// Lower case, one character for one.
#[must_use]
pub fn lower(character: char) -> char {
    if character.is_ascii() {
        character.to_ascii_lowercase()
    } else {
        // Only `İ` has a longer lower case; its first character is the `i`.
        character.to_lowercase().next().unwrap_or(character)
    }
}

const FIRST_VARIANT: u32 = 0x2e80;
const LAST_VARIANT: u32 = 0xfaff;

/// Every character that is read as another, with its reading.
static VARIANTS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut pairs = Vec::new();
    for line in include_str!("../data/variants.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut characters = line.chars();
        while let (Some(from), Some(to)) = (characters.next(), characters.next()) {
            pairs.push((from, to));
        }
    }
    pairs
});

/// Reading of each character from `FIRST_VARIANT` on, 0 for one that stays. 104 KB that every character of Chinese
/// text is looked up in; a binary search took most of the analysis.
static READINGS: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    let mut table = vec![0; (LAST_VARIANT - FIRST_VARIANT + 1) as usize].into_boxed_slice();
    for &(from, to) in VARIANTS.iter() {
        let slot = u32::from(from).checked_sub(FIRST_VARIANT).and_then(|index| table.get_mut(index as usize));
        if let (Some(slot), Ok(to)) = (slot, u16::try_from(u32::from(to))) {
            *slot = to;
        }
    }
    table
});

/// Every character that is read as another, with its reading, in the order of the table.
pub(crate) fn variants() -> &'static [(char, char)] {
    &VARIANTS
}

fn variant(character: char) -> char {
    match READINGS[(u32::from(character) - FIRST_VARIANT) as usize] {
        0 => character,
        code => char::from_u32(u32::from(code)).unwrap_or(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn variants_become_one() {
        for (text, normalized) in [
            ("ＨＴＴＰ２", "HTTP2"),
            ("分散式資料庫", "分散式资料库"),
            ("⾃⼰的⽅法", "自己的方法"),
            ("Ｃ＋＋，Ｃ＃", "C++，C#"),
            ("Kube\u{200b}rnetes\u{3000}集群", "Kubernetes 集群"),
            ("緩存與鎖", "缓存与锁"),
            ("plain", "plain"),
        ] {
            assert_eq!(Normalized::new(text).text(), normalized);
        }
    }

    #[test]
    fn every_variant_is_final_and_in_reach() {
        for line in include_str!("../data/variants.txt").lines().filter(|line| !line.starts_with('#')) {
            let characters: Vec<char> = line.chars().collect();
            for pair in characters.chunks(2) {
                assert_eq!(fold(pair[0]), Some(pair[1]));
                assert_eq!(fold(pair[1]), Some(pair[1]), "{pair:?}");
            }
        }
    }

    #[test]
    fn offsets_lead_back() {
        let original = "\u{feff}見Ｃ\u{200b}＋＋\u{200b}。";
        let normalized = Normalized::new(original);
        let at = normalized.text().find("C++").unwrap();
        assert_eq!(&original[normalized.original(at..at + 3)], "Ｃ\u{200b}＋＋");
    }

    proptest! {
        #[test]
        fn every_character_leads_back_to_its_own(text in ".{0,80}|[見Ａ\u{200b}a，㍿🦀\u{301}]{0,40}") {
            let normalized = Normalized::new(&text);
            let kept: Vec<char> = text.chars().filter(|&character| fold(character).is_some()).collect();
            for ((at, character), kept) in normalized.text().char_indices().zip(&kept) {
                let range = normalized.original(at..at + character.len_utf8());
                prop_assert_eq!(&text[range], kept.to_string());
            }
            prop_assert_eq!(normalized.text().chars().count(), kept.len());
        }
    }
}
