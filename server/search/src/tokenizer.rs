//! Lends the analyzer to tantivy. The texts it is given are normalised already.

use analysis::{Tokens, View};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

pub const WORDS: &str = "words";
pub const BIGRAMS: &str = "bigrams";
pub const BIGRAMS_AND_CHARACTERS: &str = "bigrams_and_characters";
pub const CODE: &str = "code";
pub const SPELLINGS: &str = "spellings";

/// Every view by its name in the schema.
pub const VIEWS: [(&str, View); 5] = [
    (WORDS, View::Words),
    (BIGRAMS, View::Bigrams),
    (BIGRAMS_AND_CHARACTERS, View::BigramsAndCharacters),
    (CODE, View::Code),
    (SPELLINGS, View::Spellings),
];

/// A view as a tokenizer. It owns nothing, so the copies that tantivy makes cost nothing.
#[derive(Clone, Copy, Debug)]
pub struct ViewTokenizer(View);

impl ViewTokenizer {
    pub fn new(view: View) -> Self {
        Self(view)
    }
}

impl Tokenizer for ViewTokenizer {
    type TokenStream<'a> = ViewStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ViewStream<'a> {
        ViewStream { tokens: Tokens::new(text, self.0), token: Token::default() }
    }
}

/// The tokens of one text.
pub struct ViewStream<'a> {
    tokens: Tokens<'a>,
    token: Token,
}

impl TokenStream for ViewStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.tokens.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(next.text);
        self.token.offset_from = next.start;
        self.token.offset_to = next.end;
        self.token.position = next.position;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
