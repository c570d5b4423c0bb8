//! The search of the site: a tantivy index that can be thrown away and made again from the database at any time.
//!
//! Writing: a [`Document`] goes through the one [`Writer`] into a generation of the index; the commit carries the
//! cursor of the change log. Reading: [`Index::search`] reads the words (`grammar`, `options`), makes a plan of terms (`plan`),
//! finds candidates (`recall`, `formula`, `evaluate`, `cursors`, `collect`, `facets`), puts the best in order (`precision`,
//! `evidence`, `occurrences`) and shows where they answer (`passages`). A search that fails for a misspelt word or for
//! pinyin is repeated with what was meant (`correct`, `vocabulary`, `readings`). [`Index::related`] finds articles on the
//! same matter; [`Suggester`] completes what is being typed.

mod collect;
mod columns;
mod cores;
mod correct;
mod cursors;
mod document;
mod error;
mod evaluate;
mod evidence;
mod facets;
mod filter;
mod formula;
mod generation;
mod grammar;
mod index;
mod lists;
mod names;
mod occurrences;
mod options;
mod passages;
mod plan;
mod precision;
mod readings;
mod recall;
mod related;
mod restrict;
mod schema;
mod search;
mod suggest;
mod tokenizer;
mod typing;
mod vocabulary;
mod window;
mod writer;

pub use document::Document;
pub use error::SearchError;
pub use index::Index;
pub use names::Names;
pub use search::{Found, FoundHit, Views};
pub use suggest::{Suggester, Target};
pub use writer::{Change, Rebuild, Writer};
