//! Text to tokens with offsets, and snippets: one analyzer for the index, the query and the browser.
//!
//! The way of a text: [`normalize`] makes variants of a character one, [`runs`] cuts at changes of script,
//! [`technical`] reads `c++`, `node.js` and `/etc/nginx`, [`words`] (feature `dict`) and [`bigrams`] read Chinese,
//! [`stem`] takes English endings off, and [`tokens`] puts it all together as [`Tokens`] under a [`View`].
//! [`snippet`] shows where a text answers a query, which [`marks`] describe.
//!
//! Nothing here knows the search engine; without `dict` all of it builds for the browser.

/// Changes whenever the same text would give other tokens, so that an index made with another version is rebuilt.
/// Raise it with every change of a rule; the files in `data/` speak for themselves, see [`fingerprint`].
pub const ANALYZER_VERSION: u32 = 1;

/// A number that changes with [`ANALYZER_VERSION`] and with every file in `data/`: an index made under another one is
/// out of date. FNV-1a (<https://datatracker.ietf.org/doc/draft-eastlake-fnv/>), which is the same on every machine.
#[must_use]
pub fn fingerprint() -> u64 {
    let data = [
        include_str!("../data/aliases.txt"),
        include_str!("../data/names.txt"),
        include_str!("../data/terms.txt"),
        include_str!("../data/variants.txt"),
    ];
    let bytes = data.iter().flat_map(|file| file.bytes()).chain(ANALYZER_VERSION.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

pub mod aliases;
mod beginnings;
pub mod bigrams;
pub mod marks;
pub mod normalize;
pub mod runs;
pub mod sentences;
pub mod snippet;
pub mod stem;
pub mod stop;
pub mod technical;
pub mod tokens;
#[cfg(feature = "dict")]
pub mod words;

pub use marks::{Mark, Marks};
pub use normalize::Normalized;
pub use snippet::{Passages, snippets, title_pieces};
pub use tokens::{Token, Tokens, View};
