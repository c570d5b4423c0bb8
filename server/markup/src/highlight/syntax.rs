//! What a program's language is made of, and the two families that most belong to.

use std::collections::HashSet;

/// Words of one meaning.
#[derive(Debug, Default)]
pub(crate) struct Words(HashSet<&'static str>);

impl Words {
    pub(in crate::highlight) fn new(words: &'static str) -> Self {
        Self(words.split_whitespace().collect())
    }

    pub(in crate::highlight) fn contains(&self, word: &str, case: Case) -> bool {
        match case {
            Case::Counts => self.0.contains(word),
            Case::Ignored => word.len() <= 32 && self.0.contains(word.to_ascii_lowercase().as_str()),
        }
    }
}

/// Whether `SELECT` and `select` are one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Case {
    #[default]
    Counts,
    Ignored,
}

/// A kind of string.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quote {
    pub(in crate::highlight) open: &'static str,
    pub(in crate::highlight) close: &'static str,
    /// A backslash takes the next character along.
    pub(in crate::highlight) escapes: bool,
    /// It may go over several lines.
    pub(in crate::highlight) lines: bool,
    /// Without an end nearby it is no string: an apostrophe.
    pub(in crate::highlight) needs_end: bool,
}

/// A program's language.
#[derive(Debug, Default)]
pub(crate) struct Syntax {
    pub(in crate::highlight) line_comments: &'static [&'static str],
    pub(in crate::highlight) block_comments: &'static [(&'static str, &'static str)],
    pub(in crate::highlight) quotes: &'static [Quote],
    /// Letters that may stand before a quote.
    pub(in crate::highlight) prefixes: &'static [&'static str],
    /// `r#"…"#`, and macros with `!`.
    pub(in crate::highlight) hash_strings: bool,
    /// `'` holds one character, or is no quote at all.
    pub(in crate::highlight) character_quotes: bool,
    /// `/…/` is a regular expression.
    pub(in crate::highlight) regular_expressions: bool,
    /// `#include` at the start of a line.
    pub(in crate::highlight) preprocessor: bool,
    /// The first word of a line is an instruction.
    pub(in crate::highlight) first_words: bool,
    /// `name:` is a key.
    pub(in crate::highlight) properties: bool,
    /// `name(` is a function.
    pub(in crate::highlight) calls: bool,
    /// `Name` is a type and `NAME` a constant.
    pub(in crate::highlight) capital_types: bool,
    pub(in crate::highlight) case: Case,
    /// What words may be made of beside letters, digits and `_`.
    pub(in crate::highlight) letters: &'static str,
    /// Signs of variables: `$`.
    pub(in crate::highlight) variables: &'static str,
    /// Signs of annotations: `@`.
    pub(in crate::highlight) annotations: &'static str,
    pub(in crate::highlight) keywords: Words,
    /// Keywords that a new name follows.
    pub(in crate::highlight) definitions: Words,
    pub(in crate::highlight) constants: Words,
    pub(in crate::highlight) types: Words,
}

pub(in crate::highlight) const fn quote(open: &'static str, close: &'static str) -> Quote {
    Quote { open, close, escapes: true, lines: false, needs_end: false }
}

pub(in crate::highlight) const fn lines(mut quote: Quote) -> Quote {
    quote.lines = true;
    quote
}

pub(in crate::highlight) const fn verbatim(mut quote: Quote) -> Quote {
    quote.escapes = false;
    quote
}

pub(in crate::highlight) const fn ended(mut quote: Quote) -> Quote {
    quote.needs_end = true;
    quote
}

pub(in crate::highlight) const DOUBLE: Quote = quote("\"", "\"");
pub(in crate::highlight) const SINGLE: Quote = quote("'", "'");
pub(in crate::highlight) const TICK: Quote = lines(quote("`", "`"));
pub(in crate::highlight) const TRIPLE: Quote = lines(quote("\"\"\"", "\"\"\""));
pub(in crate::highlight) const TRIPLE_SINGLE: Quote = lines(quote("'''", "'''"));
pub(in crate::highlight) const C_COMMENTS: &[(&str, &str)] = &[("/*", "*/")];

/// A language with the comments, quotes and calls of C.
pub(in crate::highlight) fn like_c(keywords: &'static str, definitions: &'static str, types: &'static str) -> Syntax {
    Syntax {
        line_comments: &["//"],
        block_comments: C_COMMENTS,
        quotes: const { &[DOUBLE, SINGLE] },
        calls: true,
        capital_types: true,
        keywords: Words::new(keywords),
        definitions: Words::new(definitions),
        constants: Words::new("true false null nil nullptr None True False undefined NaN self this super"),
        types: Words::new(types),
        ..Syntax::default()
    }
}

/// A language with `#` for comments.
pub(in crate::highlight) fn like_script(keywords: &'static str, definitions: &'static str) -> Syntax {
    Syntax {
        line_comments: &["#"],
        block_comments: &[],
        constants: Words::new("true false null nil none None True False self undefined yes no on off"),
        ..like_c(keywords, definitions, "")
    }
}
