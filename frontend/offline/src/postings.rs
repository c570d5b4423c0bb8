//! Where the terms of one article stand, in few bytes that can be searched as they are.
//!
//! Hashes of the terms in order, and for each its places as differences in variable-length integers (Zobel & Moffat,
//! "Inverted files for text search engines", 2006, §3). Fields share one line of places: each begins at its own.

use analysis::runs::is_unspaced;
use analysis::{Normalized, Tokens, View};

/// First place of the title.
pub const TITLE: u32 = 0;
/// First place of the tags.
pub const TAGS: u32 = 1 << 12;
/// First place of the headings.
pub const HEADINGS: u32 = 1 << 13;
/// First place of the text.
pub const BODY: u32 = 1 << 16;
/// Every so many terms the place of their bytes is kept.
const STRIDE: usize = 16;

/// Gathers terms.
#[derive(Debug, Default)]
pub struct Builder {
    /// Hashes of terms with their places.
    terms: Vec<(u32, u32)>,
}

impl Builder {
    /// Adds a text whose first token stands at `from`, and returns the place after its last token. What would reach
    /// `until` is left out.
    pub fn add(&mut self, text: &str, from: u32, until: u32) -> u32 {
        let mut end = from;
        tokens(text, |term, place| {
            let place = from.saturating_add(place);
            if place < until {
                self.terms.push((hash(term), place));
                end = place + 1;
            }
        });
        end
    }

    /// The bytes.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.terms.sort_unstable();
        self.terms.dedup();
        let (mut hashes, mut offsets, mut lists) = (Vec::new(), Vec::new(), Vec::new());
        for places in self.terms.chunk_by(|one, other| one.0 == other.0) {
            if hashes.len() % STRIDE == 0 {
                offsets.push(lists.len() as u32);
            }
            hashes.push(places[0].0);
            put(&mut lists, places.len() as u32);
            let mut last = 0;
            for &(_, place) in places {
                put(&mut lists, place - last);
                last = place;
            }
        }
        let mut bytes = (hashes.len() as u32).to_le_bytes().to_vec();
        hashes.iter().chain(&offsets).for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes.extend(lists);
        bytes
    }
}

/// The places of a term, in order; none where the article lacks it or the bytes are damaged.
#[must_use]
pub fn places(bytes: &[u8], term: u32) -> Vec<u32> {
    find(bytes, term).unwrap_or_default()
}

fn find(bytes: &[u8], term: u32) -> Option<Vec<u32>> {
    let count = number(bytes, 0)? as usize;
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if number(bytes, 1 + middle)? < term { low = middle + 1 } else { high = middle }
    }
    if low == count || number(bytes, 1 + low)? != term {
        return None;
    }
    let strides = count.div_ceil(STRIDE);
    let mut at = 4 * (1 + count + strides) + number(bytes, 1 + count + low / STRIDE)? as usize;
    for _ in 0..low % STRIDE {
        for _ in 0..take(bytes, &mut at)? {
            take(bytes, &mut at)?;
        }
    }
    let length = take(bytes, &mut at)?;
    let mut places = Vec::new();
    let mut last = 0_u32;
    for _ in 0..length {
        last = last.wrapping_add(take(bytes, &mut at)?);
        places.push(last);
    }
    Some(places)
}

/// The number in the table at the head.
fn number(bytes: &[u8], index: usize) -> Option<u32> {
    let bytes = bytes.get(index * 4..index * 4 + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// Appends a number, seven bits a byte, the lowest first.
pub fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number that [`put`] wrote.
pub fn take(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let mut number = 0_u32;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// FNV-1a with 32 bits: among some thousand terms of an article a false match is one in a million.
#[must_use]
pub fn hash(term: &str) -> u32 {
    term.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The tokens of a text with their places. Single characters beside their pair are left out: they would double the
/// index, and a query of one character looks through the texts instead.
pub fn tokens(text: &str, mut emit: impl FnMut(&str, u32)) {
    let normalized = Normalized::new(text);
    let mut tokens = Tokens::new(normalized.text(), View::Offline);
    let mut pair = 0..0;
    while let Some(token) = tokens.next() {
        let single = token.text.chars().nth(1).is_none() && token.text.chars().next().is_some_and(is_unspaced);
        if single && pair.start <= token.start && token.end <= pair.end {
            continue;
        }
        pair = token.start..token.end;
        emit(token.text, token.position as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<String> {
        let mut read = Vec::new();
        tokens(text, |term, place| read.push(format!("{term}@{place}")));
        read
    }

    #[test]
    fn pairs_and_technical_words_have_places() {
        assert_eq!(read("Kibana监控集群，锁"), ["kibana@0", "监控@1", "控集@2", "集群@3", "锁@5"]);
    }

    #[test]
    fn terms_are_found_where_they_stand() {
        let mut builder = Builder::default();
        builder.add("集群状态", TITLE, TAGS);
        let end = builder.add("集群的状态 elasticsearch", BODY, u32::MAX);
        assert!(end > BODY);
        let bytes = builder.finish();
        assert_eq!(places(&bytes, hash("集群")), [TITLE, BODY]);
        assert_eq!(places(&bytes, hash("elasticsearch")).len(), 1);
        assert_eq!(places(&bytes, hash("没有")), [0_u32; 0]);
    }

    proptest! {
        #[test]
        fn every_term_is_found_again(text in "[a-z中文锁集群状态 ，]{0,300}") {
            let mut builder = Builder::default();
            builder.add(&text, BODY, u32::MAX);
            let bytes = builder.finish();
            tokens(&text, |term, place| assert!(places(&bytes, hash(term)).contains(&(BODY + place)), "{term}"));
        }

        #[test]
        fn damaged_bytes_find_nothing_and_do_not_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), term: u32) {
            let _ = places(&bytes, term);
        }
    }
}
