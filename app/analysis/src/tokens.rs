//! The tokens of a text under a view: what the index keeps and what a query asks for.

use crate::bigrams::bigrams;
use crate::normalize::lower;
use crate::runs::{Run, Runs, Script, runs};
use crate::stem::stem;
use crate::technical::forms;
use std::ops::{Range, RangeInclusive};

/// Longer terms than this many bytes are left out.
const MAX_TERM: usize = 96;
/// Lengths of words that can be misspelt: nearly every shorter text is a word, and nobody types longer ones.
const SPELLING: RangeInclusive<usize> = 4..=32;

/// What is made of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Chinese as words, technical tokens with their parts, English stems.
    #[cfg(feature = "dict")]
    Words,
    /// Chinese as pairs of neighbouring characters, and nothing else.
    Bigrams,
    /// As [`View::Bigrams`], and every character by itself: for titles and headings.
    BigramsAndCharacters,
    /// Code: technical tokens as they stand, operators, and Chinese as words where there is a dictionary.
    Code,
    /// English words as they stand, and nothing else: what misspelt words are compared with.
    Spellings,
    /// Technical tokens with stems, and Chinese as pairs and characters: all that a browser without a dictionary has.
    Offline,
}

/// One token; several at one position are forms of the same word, the whole first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// The term, in lower case.
    pub text: &'t str,
    /// First byte in the normalised text.
    pub start: usize,
    /// Byte after the last one in the normalised text.
    pub end: usize,
    /// Place in the text, counted in words, or in characters for bigrams.
    pub position: usize,
}

/// Walks through the tokens of a normalised text, one run at a time, without allocating for each.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    view: View,
    runs: Runs<'a>,
    position: usize,
    /// The terms of the current run, one behind the other.
    terms: String,
    entries: Vec<Entry>,
    next: usize,
    stem: String,
}

#[derive(Clone, Debug)]
struct Entry {
    term: Range<usize>,
    source: Range<usize>,
    position: usize,
}

impl<'a> Tokens<'a> {
    /// The tokens of a normalised text.
    #[must_use]
    pub fn new(text: &'a str, view: View) -> Self {
        let (terms, entries, stem) = (String::new(), Vec::new(), String::new());
        Self { text, view, runs: runs(text), position: 0, terms, entries, next: 0, stem }
    }

    /// The next token; not an [`Iterator`], because the token borrows the walker's buffer.
    #[expect(clippy::should_implement_trait, reason = "a lending iterator")]
    pub fn next(&mut self) -> Option<Token<'_>> {
        while self.next == self.entries.len() {
            let run = self.runs.next()?;
            self.terms.clear();
            self.entries.clear();
            self.next = 0;
            self.read(run);
        }
        let entry = &self.entries[self.next];
        self.next += 1;
        let (text, Range { start, end }) = (&self.terms[entry.term.clone()], entry.source.clone());
        Some(Token { text, start, end, position: entry.position })
    }

    fn read(&mut self, run: Run) {
        match (run.script, self.view) {
            (Script::Technical, View::Bigrams | View::BigramsAndCharacters) => {}
            (Script::Technical, _) => self.read_technical(run.range),
            (_, View::Spellings) => {}
            (Script::Symbols, View::Code) => {
                if run.range.len() <= 4 {
                    self.push(run.range);
                }
                self.position += 1;
            }
            (Script::Symbols, _) => {}
            (_, View::Bigrams) => self.read_pairs(run.range, false),
            (_, View::BigramsAndCharacters | View::Offline) => self.read_pairs(run.range, true),
            #[cfg(feature = "dict")]
            (Script::Han, View::Words | View::Code) => {
                let start = run.range.start;
                crate::words::words(&self.text[run.range], |word| {
                    let source = start + word.start..start + word.end;
                    let at = self.terms.len();
                    self.terms.push_str(&self.text[source.clone()]);
                    self.entries.push(Entry { term: at..self.terms.len(), source, position: self.position });
                    self.position += 1;
                });
            }
            #[cfg(not(feature = "dict"))]
            (_, View::Code) => self.read_pairs(run.range, false),
            #[cfg(feature = "dict")]
            (_, View::Words | View::Code) => {
                self.push(run.range);
                self.position += 1;
            }
        }
    }

    fn read_technical(&mut self, range: Range<usize>) {
        let stems = !matches!(self.view, View::Code | View::Spellings);
        let only_words = self.view == View::Spellings;
        forms(self.text, range, |form, source| {
            if only_words && !(SPELLING.contains(&form.len()) && form.bytes().all(|byte| byte.is_ascii_lowercase())) {
                return;
            }
            let term = if stems && stem(form, &mut self.stem) { self.stem.as_str() } else { form };
            let at = self.terms.len();
            self.terms.push_str(term);
            self.entries.push(Entry { term: at..self.terms.len(), source, position: self.position });
        });
        self.position += 1;
    }

    fn read_pairs(&mut self, range: Range<usize>, characters: bool) {
        let run = &self.text[range.clone()];
        let first = self.position;
        let (terms, entries, position) = (&mut self.terms, &mut self.entries, &mut self.position);
        let mut push = |part: Range<usize>, at: usize| {
            let start = terms.len();
            terms.push_str(&run[part.clone()]);
            entries.push(Entry {
                term: start..terms.len(),
                source: range.start + part.start..range.start + part.end,
                position: at,
            });
        };
        let mut last = 0..0;
        bigrams(run, |pair, distance| {
            let character = pair.start..pair.start + run[pair.start..].chars().next().map_or(0, char::len_utf8);
            let is_pair = pair != character;
            push(pair.clone(), first + distance);
            if characters && is_pair {
                push(character.clone(), first + distance);
            }
            last = if is_pair { character.end..pair.end } else { 0..0 };
            *position = first + distance;
        });
        // The gap keeps a phrase from reaching over what separates two runs.
        *position += 2;
        if characters && !last.is_empty() {
            push(last, *position - 1);
        }
    }

    fn push(&mut self, source: Range<usize>) {
        if source.len() > MAX_TERM {
            return;
        }
        let at = self.terms.len();
        self.terms.extend(self.text[source.clone()].chars().map(lower));
        self.entries.push(Entry { term: at..self.terms.len(), source, position: self.position });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Normalized;
    use proptest::prelude::*;

    /// Terms as they stand; `|` between positions.
    fn read(text: &str, view: View) -> String {
        let normalized = Normalized::new(text);
        let mut tokens = Tokens::new(normalized.text(), view);
        let (mut line, mut last) = (String::new(), 0);
        while let Some(token) = tokens.next() {
            if !line.is_empty() {
                line.push_str(if token.position == last { " " } else { " | " });
            }
            line.push_str(token.text);
            last = token.position;
        }
        line
    }

    #[cfg(feature = "dict")]
    #[test]
    fn words_of_mixed_text() {
        for (text, expected) in [
            ("Kibana监控Elasticsearch集群状态", "kibana | 监控 | elasticsearch | 集群 | 状态"),
            ("ＨＴＴＰ２", "http2 http"),
            ("分散式資料庫", "分散式 | 资料库"),
            ("Running queries in C++", "run | query | in | c++"),
            ("锁", "锁"),
            ("カナ", "カナ"),
        ] {
            assert_eq!(read(text, View::Words), expected, "{text}");
        }
    }

    #[test]
    fn bigrams_stay_within_a_script() {
        assert_eq!(read("Kibana监控Elasticsearch集群状态", View::Bigrams), "监控 | 集群 | 群状 | 状态");
        assert_eq!(read("读写锁", View::BigramsAndCharacters), "读写 读 | 写锁 写 | 锁");
        assert_eq!(read("分散式資料庫", View::Bigrams), "分散 | 散式 | 式资 | 资料 | 料库");
        assert_eq!(read("用Vue3", View::Offline), "用 | vue3 vue");
    }

    #[test]
    fn code_keeps_operators_and_endings() {
        assert_eq!(read("users.map(u => u?.name)", View::Code), "users.map users map | u | => | u | ?. | name");
        assert_eq!(read("std::vec && $? -----", View::Code), "std::vec std vec | && | $? | ".trim_end_matches(" | "));
    }

    #[test]
    fn spellings_are_english_words() {
        assert_eq!(read("用 Clusters 与 getUserById，E0308 and c++", View::Spellings), "clusters | getuserbyid user");
    }

    #[test]
    fn a_phrase_cannot_reach_over_punctuation() {
        let mut tokens = Tokens::new("集群，状态", View::Bigrams);
        let first = tokens.next().unwrap().position;
        assert!(tokens.next().unwrap().position > first + 1);
    }

    proptest! {
        #[test]
        fn tokens_lie_in_order_inside_the_text(text in ".{0,120}|[a-zA-Z0-9中文锁資é。，./:@#+_ \\-\u{200b}🦀\u{301}カ한]{0,120}") {
            let normalized = Normalized::new(&text);
            for view in [View::Bigrams, View::BigramsAndCharacters, View::Code, View::Spellings, View::Offline] {
                let mut tokens = Tokens::new(normalized.text(), view);
                let mut position = 0;
                while let Some(token) = tokens.next() {
                    prop_assert!(token.position >= position);
                    position = token.position;
                    prop_assert!(!token.text.is_empty() && token.text.len() <= MAX_TERM);
                    prop_assert!(token.start < token.end);
                    prop_assert!(normalized.text().get(token.start..token.end).is_some());
                    prop_assert!(text.get(normalized.original(token.start..token.end)).is_some());
                }
            }
        }
    }
}
