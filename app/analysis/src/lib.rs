//! Text to tokens with offsets, and snippets: one analyzer for the index, the query and the browser.
//!
//! The way of a text: [`normalize`] makes variants of a character one, [`runs`] cuts at changes of script,
//! [`technical`] reads `c++`, `node.js` and `/etc/nginx`, [`words`] (feature `dict`) and [`bigrams`] read Chinese,
//! [`stem`] takes English endings off, and [`tokens`] puts it all together as [`Tokens`] under a [`View`].
//! [`snippet`] shows where a text answers a query, which [`marks`] describe.
//!
//! Nothing here knows the search engine; without `dict` all of it builds for the browser.

/// Changes whenever the same text would give other tokens, so that an index made with another version is rebuilt.
/// Raise it with every change of a rule or of a file in `data/`.
pub const ANALYZER_VERSION: u32 = 1;

pub mod aliases;
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
