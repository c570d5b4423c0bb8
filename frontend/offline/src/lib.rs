//! Search over the articles that a reader saved, in a worker of the browser, without the network.
//!
//! In reading order: [`html`] takes an article's text apart, [`postings`] keeps where its terms stand, [`record`] is
//! what the browser stores of one article, [`query`] reads what was typed, [`library`] finds and ranks. The text goes
//! through the same `analysis` as on the server, without its dictionary: Chinese is read as pairs of characters.

pub mod html;
pub mod library;
pub mod postings;
pub mod query;
pub mod record;

use library::Shelf;
use record::Record;
use wasm_bindgen::prelude::wasm_bindgen;

/// The records of saved articles, open for search.
#[wasm_bindgen]
#[derive(Default)]
pub struct Library {
    shelf: Shelf,
}

#[wasm_bindgen]
impl Library {
    /// An empty library.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a stored record, in place of an older one of the same article. False when it was made by other rules or is
    /// damaged: then the article is to be indexed again.
    pub fn add(&mut self, record: Vec<u8>) -> bool {
        match Record::read(record) {
            Some(record) => {
                self.shelf.add(record);
                true
            }
            None => false,
        }
    }

    /// Takes an article out.
    pub fn remove(&mut self, slug: &str) {
        self.shelf.remove(slug);
    }

    /// Searches. `parameters` is a JSON object as in the query of `/api/search`, `now` the time in milliseconds; the
    /// answer is what `/api/search` would send.
    #[must_use]
    pub fn search(&self, parameters: &str, now: f64) -> String {
        self.shelf.search_json(parameters, now)
    }
}

/// Makes the record of an article out of the answer of `/api/article`. `initials` are those of the title in pinyin.
/// Empty when the answer is no article.
#[wasm_bindgen]
#[must_use]
pub fn index(article: &str, initials: &str) -> Vec<u8> {
    serde_json::from_str(article).ok().and_then(|article| record::encode(&article, initials)).unwrap_or_default()
}
