//! Programs: comments, strings, numbers and words, found from left to right in one pass.

use super::literal::{LOOK_AHEAD, character, number_length, regular_expression, string_length};
use super::syntax::Syntax;
use super::{Class, writer::Writer};

/// What was read last, as far as the next stretch depends on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, an operator or an opening bracket: an operand follows.
    Operator,
    /// A name, a number or a closing bracket.
    Operand,
    /// A word after which a name is defined.
    Definition,
}

pub(super) fn paint(writer: &mut Writer<'_>, code: &str, syntax: &Syntax) {
    Painter::new(code, syntax).paint(writer, code.len());
}

/// Paints one line, and whatever goes on from it over the next ones; returns how many bytes that was.
pub(super) fn paint_line(writer: &mut Writer<'_>, code: &str, syntax: &Syntax) -> usize {
    let end = code.find('\n').map_or(code.len(), |at| at + 1);
    let mut painter = Painter::new(code, syntax);
    painter.paint(writer, end);
    painter.at
}

struct Painter<'c> {
    code: &'c str,
    syntax: &'c Syntax,
    at: usize,
    before: Before,
    /// Whether only white space was read since the line began.
    fresh_line: bool,
}

impl<'c> Painter<'c> {
    fn new(code: &'c str, syntax: &'c Syntax) -> Self {
        Self { code, syntax, at: 0, before: Before::Operator, fresh_line: true }
    }

    /// Goes on until `end` is reached or passed.
    fn paint(&mut self, writer: &mut Writer<'_>, end: usize) {
        let mut plain = self.at;
        while self.at < end {
            let start = self.at;
            let class = self.next();
            debug_assert!(self.at > start, "every step takes something");
            if class.is_some() {
                writer.write(&self.code[plain..start], None);
                writer.write(&self.code[start..self.at], class);
                plain = self.at;
            }
        }
        writer.write(&self.code[plain..self.at], None);
    }

    fn rest(&self) -> &'c str {
        &self.code[self.at..]
    }

    /// Whether what is at hand begins a word: nothing of one stands before it.
    fn at_word(&self) -> bool {
        !self.code[..self.at].ends_with(|before: char| is_word(before, self.syntax))
    }

    /// Takes the next stretch and tells its class.
    fn next(&mut self) -> Option<Class> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        if first.is_whitespace() {
            if first == '\n' {
                self.before = Before::Operator;
                self.fresh_line = true;
            }
            self.at += first.len_utf8();
            return None;
        }
        let fresh_line = std::mem::replace(&mut self.fresh_line, false);
        if let Some(length) = self.comment(rest) {
            self.at += length;
            return Some(Class::Comment);
        }
        if let Some(length) = self.string(rest) {
            self.at += length;
            self.before = Before::Operand;
            return Some(Class::String);
        }
        if first.is_ascii_digit() && self.at_word() {
            self.at += number_length(rest);
            self.before = Before::Operand;
            return Some(Class::Number);
        }
        if let Some(length) = self.sigil(rest, first) {
            self.at += length;
            self.before = Before::Operand;
            return Some(if self.syntax.annotations.contains(first) { Class::Function } else { Class::Type });
        }
        if self.syntax.preprocessor && first == '#' && fresh_line {
            let word = rest[1..].trim_start_matches([' ', '\t']);
            let begin = rest.len() - word.len();
            self.at += begin + word.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(word.len());
            return Some(Class::Keyword);
        }
        if is_word(first, self.syntax) {
            return self.word(rest, fresh_line);
        }
        self.at += first.len_utf8();
        self.before = if matches!(first, ')' | ']' | '}') { Before::Operand } else { Before::Operator };
        None
    }

    fn comment(&self, rest: &str) -> Option<usize> {
        let block = self.syntax.block_comments.iter().find(|(open, _)| rest.starts_with(open));
        if let Some((open, close)) = block {
            return Some(match rest[open.len()..].find(close) {
                Some(end) => open.len() + end + close.len(),
                None => rest.len(),
            });
        }
        let mark = self.syntax.line_comments.iter().find(|mark| rest.starts_with(**mark))?;
        // In a shell, `a#b` and `$#` hold no comment.
        let glued = self.code[..self.at].chars().next_back().is_some_and(|before| !before.is_whitespace());
        if *mark == "#" && glued && !self.code[..self.at].ends_with([';', '(', ')', '{', '}', ',']) {
            return None;
        }
        // Instructions that begin like a comment: `#include`.
        if *mark == "#" && self.syntax.preprocessor {
            return None;
        }
        Some(rest.find('\n').unwrap_or(rest.len()))
    }

    fn string(&self, rest: &str) -> Option<usize> {
        // Prefixes such as `r"` and `f'` belong to the string.
        let letters = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
        let prefix =
            if letters > 0 && letters <= 2 && self.at_word() && self.syntax.prefixes.contains(&&rest[..letters]) {
                letters
            } else if letters > 0 {
                return None;
            } else {
                0
            };
        let body = &rest[prefix..];
        if self.syntax.hash_strings && prefix > 0 && body.starts_with('#') {
            let hashes = body.len() - body.trim_start_matches('#').len();
            if body[hashes..].starts_with('"') {
                let close = format!("\"{}", "#".repeat(hashes));
                let from = hashes + 1;
                return Some(prefix + body[from..].find(&close).map_or(body.len(), |end| from + end + close.len()));
            }
        }
        if self.syntax.regular_expressions && prefix == 0 && body.starts_with('/') && self.before == Before::Operator {
            return regular_expression(body);
        }
        let quote = self.syntax.quotes.iter().find(|quote| body.starts_with(quote.open))?;
        if quote.open == "'" && self.syntax.character_quotes {
            return character(body).map(|length| prefix + length);
        }
        let raw = prefix > 0 && rest[..prefix].contains(['r', 'R']);
        string_length(body, quote, raw).map(|length| prefix + length)
    }

    /// A variable or an annotation with its sign.
    fn sigil(&self, rest: &str, first: char) -> Option<usize> {
        if !self.syntax.variables.contains(first) && !self.syntax.annotations.contains(first) {
            return None;
        }
        let behind = &rest[first.len_utf8()..];
        if self.syntax.variables.contains(first) && behind.starts_with('{') {
            let end = behind.bytes().take(LOOK_AHEAD).position(|byte| matches!(byte, b'}' | b'\n'))?;
            return behind[end..].starts_with('}').then_some(first.len_utf8() + end + 1);
        }
        let length = behind.find(|letter: char| !is_word(letter, self.syntax)).unwrap_or(behind.len());
        if length == 0 {
            // `$?`, `$@`, `$1` of shells.
            let special = self.syntax.variables.contains(first) && behind.starts_with(['?', '@', '#', '*', '!', '$']);
            return special.then_some(first.len_utf8() + 1);
        }
        (!first.is_alphanumeric()).then_some(first.len_utf8() + length)
    }

    fn word(&mut self, rest: &str, fresh_line: bool) -> Option<Class> {
        let length = rest.find(|letter: char| !is_word(letter, self.syntax)).unwrap_or(rest.len());
        let word = &rest[..length];
        let member = self.code[..self.at].ends_with('.') && !self.code[..self.at].ends_with("..");
        let before = std::mem::replace(&mut self.before, Before::Operand);
        let starts_line = self.syntax.first_words && fresh_line;
        self.at += length;
        let behind = &rest[length..];
        if !member {
            if self.syntax.keywords.contains(word, self.syntax.case) {
                self.before = if self.syntax.definitions.contains(word, self.syntax.case) {
                    Before::Definition
                } else {
                    Before::Operator
                };
                return Some(Class::Keyword);
            }
            if self.syntax.constants.contains(word, self.syntax.case) {
                return Some(Class::Number);
            }
            if self.syntax.types.contains(word, self.syntax.case) {
                return Some(Class::Type);
            }
        }
        if starts_line {
            return Some(Class::Keyword);
        }
        if self.syntax.calls && behind.starts_with('(') {
            return Some(Class::Function);
        }
        if self.syntax.calls
            && behind.starts_with('!')
            && self.syntax.hash_strings
            && behind[1..].starts_with(['(', '[', '{'])
        {
            return Some(Class::Function);
        }
        let capital = word.starts_with(char::is_uppercase);
        if self.syntax.capital_types && capital {
            let shouted = word.len() > 1 && !word.contains(char::is_lowercase);
            return Some(if shouted { Class::Number } else { Class::Type });
        }
        if before == Before::Definition {
            return Some(if self.syntax.calls { Class::Function } else { Class::Type });
        }
        if self.syntax.properties && behind.trim_start_matches(' ').starts_with(':') && !behind.starts_with("::") {
            return Some(Class::Type);
        }
        None
    }
}

fn is_word(character: char, syntax: &Syntax) -> bool {
    character.is_alphanumeric() || character == '_' || syntax.letters.contains(character)
}
