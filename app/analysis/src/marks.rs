//! What is to be marked in a text, and where it stands there.
//!
//! Chinese is looked for as it is written, whatever words the text is cut into; technical tokens are looked for as
//! tokens, so that `c` is not marked in `c++` nor `java` in `javascript`. No dictionary is needed.

use crate::normalize::{Normalized, lower};
use crate::runs::{Script, is_unspaced, runs, script};
use crate::stem::stem;
use crate::technical::{forms, is_atom};
use std::collections::HashMap;
use std::ops::Range;

/// A term that a query looks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Normalised, in lower case.
    pub text: String,
    /// Terms that mean the same thing of the query share a number; numbers follow the query's order.
    pub group: u32,
    /// How much the term says, for instance its inverse document frequency.
    pub weight: f32,
    /// Whether it counts only where nothing else is found, such as half of a word.
    pub weak: bool,
}

/// All terms of a query, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    unspaced: HashMap<char, Vec<Mark>>,
    technical: HashMap<String, Mark>,
    symbols: HashMap<String, Mark>,
    code_like: bool,
    beginnings: Beginnings,
}

/// How marks begin: most characters and tokens of a text are told apart from all marks by a look at this, without a
/// hash or a copy.
#[derive(Clone, Debug, Default)]
struct Beginnings {
    /// The lowest bits of characters that unspaced marks begin with.
    characters: [u64; 16],
    /// The first two bytes of technical marks, ordered.
    pairs: Vec<[u8; 2]>,
    /// Technical marks of one byte.
    singles: Vec<u8>,
    /// The first bytes of all of them, a bit each.
    bytes: [u64; 4],
}

impl Beginnings {
    fn add_character(&mut self, character: char) {
        let bit = u32::from(character) % 1024;
        self.characters[(bit / 64) as usize] |= 1 << (bit % 64);
    }

    fn has_character(&self, character: char) -> bool {
        let bit = u32::from(character) % 1024;
        self.characters[(bit / 64) as usize] & (1 << (bit % 64)) != 0
    }

    fn add_technical(&mut self, text: &str) {
        // No token begins otherwise, so such a mark stands nowhere.
        if !text.starts_with(|first| is_atom(first) || matches!(first, '.' | '/')) {
            return;
        }
        match *text.as_bytes() {
            [] => return,
            [only] => self.singles.push(only),
            [first, second, ..] => self.pairs.push([first, second]),
        }
        let first = text.as_bytes()[0];
        self.bytes[usize::from(first / 64)] |= 1 << (first % 64);
    }

    fn has_byte(&self, byte: u8) -> bool {
        self.bytes[usize::from(byte / 64)] & (1 << (byte % 64)) != 0
    }

    /// The first byte from `from` on at which a mark may stand. Symbols are not looked for.
    fn next(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let has_technical = !(self.pairs.is_empty() && self.singles.is_empty());
        let (mut at, mut before) = (from, 0_u8);
        while let Some(&byte) = bytes.get(at) {
            let length = match byte {
                0..0x80 => {
                    // Inside a word in small letters nothing begins.
                    let inside = byte.is_ascii_lowercase() && before.is_ascii_lowercase();
                    if !inside && self.has_byte(byte.to_ascii_lowercase()) {
                        let next = bytes.get(at + 1);
                        let single = !next.is_some_and(u8::is_ascii_lowercase);
                        if self.may_begin(byte.to_ascii_lowercase(), next.map(u8::to_ascii_lowercase), single) {
                            return Some(at);
                        }
                    }
                    1
                }
                _ => {
                    let character = text[at..].chars().next()?;
                    let may_begin = if is_unspaced(character) {
                        self.has_character(character)
                    } else {
                        has_technical && is_atom(character)
                    };
                    if may_begin {
                        return Some(at);
                    }
                    character.len_utf8()
                }
            };
            before = byte;
            at += length;
        }
        None
    }

    /// Whether one of the forms of a technical token can be a mark. Every form begins somewhere in the token, stems with
    /// the same two letters as their words. Letters beyond ASCII are not looked at here.
    fn may_have(&self, token: &str) -> bool {
        let bytes = token.as_bytes();
        let Some((first, rest)) = bytes.split_first() else { return false };
        if first.is_ascii_alphabetic() && rest.iter().all(u8::is_ascii_lowercase) {
            // Most tokens are a plain word, which has one form.
            return self.may_begin(first.to_ascii_lowercase(), rest.first().copied(), rest.is_empty());
        }
        let second = |at: usize| bytes.get(at + 1).map(u8::to_ascii_lowercase);
        !token.is_ascii() || (0..bytes.len()).any(|at| self.may_begin(bytes[at].to_ascii_lowercase(), second(at), true))
    }

    fn may_begin(&self, first: u8, second: Option<u8>, single: bool) -> bool {
        self.has_byte(first)
            && ((single && self.singles.contains(&first))
                || second.is_some_and(|second| self.pairs.contains(&[first, second])))
    }
}

/// A place in a text where a mark stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Bytes of the original text.
    pub range: Range<usize>,
    /// The mark's group.
    pub group: u32,
    /// The mark's weight.
    pub weight: f32,
    /// Whether the mark is weak.
    pub weak: bool,
}

impl Marks {
    /// Prepares terms. Of equal terms the first is kept.
    #[must_use]
    pub fn new(marks: impl IntoIterator<Item = Mark>) -> Self {
        let mut prepared = Self::default();
        for mut mark in marks {
            mark.text = Normalized::new(&mark.text).text().chars().map(lower).collect();
            let Some(first) = mark.text.chars().next() else { continue };
            if is_unspaced(first) {
                prepared.beginnings.add_character(first);
                let starting = prepared.unspaced.entry(first).or_default();
                if !starting.iter().any(|other| other.text == mark.text) {
                    starting.push(mark);
                }
            } else if mark.text.chars().all(|character| script(character) == Some(Script::Symbols)) {
                prepared.code_like = true;
                prepared.symbols.entry(mark.text.clone()).or_insert(mark);
            } else {
                prepared.code_like |= mark.text.contains(['_', '(', '/', ':', '$']);
                let mut stemmed = String::new();
                if stem(&mark.text, &mut stemmed) {
                    mark.text = stemmed;
                }
                prepared.beginnings.add_technical(&mark.text);
                prepared.technical.entry(mark.text.clone()).or_insert(mark);
            }
        }
        prepared
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.unspaced.is_empty() && self.technical.is_empty() && self.symbols.is_empty()
    }

    /// Whether the query reads like code.
    #[must_use]
    pub fn is_code_like(&self) -> bool {
        self.code_like
    }

    /// Every place where a mark stands, by start; weak ones only where nothing else is found. Places may overlap.
    #[must_use]
    pub fn find(&self, original: &str) -> Vec<Match> {
        let normalized = Normalized::new(original);
        let text = normalized.text();
        let mut matches = Vec::new();
        let mut found = |mark: &Mark, range: Range<usize>| {
            let Mark { group, weight, weak, .. } = *mark;
            matches.push(Match { range: normalized.original(range), group, weight, weak });
        };
        if self.symbols.is_empty() {
            // Most of a text holds nothing that a mark begins with, and needs not be cut into runs.
            let mut from = 0;
            while let Some(at) = self.beginnings.next(text, from) {
                let start = text[from..at].rfind(ends_runs).map_or(from, |end| from + end);
                let end = text[at..].find(ends_runs).map_or(text.len(), |end| at + end);
                self.find_in(text, start..end, &mut found);
                from = end;
            }
        } else {
            self.find_in(text, 0..text.len(), &mut found);
        }
        if matches.iter().any(|found| !found.weak) {
            matches.retain(|found| !found.weak);
        }
        matches.sort_by_key(|found| (found.range.start, found.range.end));
        matches
    }

    /// Finds marks in a part of a normalised text that no run reaches into from outside.
    fn find_in(&self, text: &str, part: Range<usize>, found: &mut impl FnMut(&Mark, Range<usize>)) {
        let (offset, text) = (part.start, &text[part]);
        let mut found = |mark: &Mark, range: Range<usize>| found(mark, offset + range.start..offset + range.end);
        let mut stemmed = String::new();
        for run in runs(text) {
            match run.script {
                Script::Technical if !self.beginnings.may_have(&text[run.range.clone()]) => {}
                Script::Technical => forms(text, run.range, |form, range| {
                    let term = if stem(form, &mut stemmed) { stemmed.as_str() } else { form };
                    if let Some(mark) = self.technical.get(term).or_else(|| self.technical.get(form)) {
                        found(mark, range);
                    }
                }),
                Script::Symbols => {
                    if let Some(mark) = self.symbols.get(&text[run.range.clone()]) {
                        found(mark, run.range);
                    }
                }
                Script::Han | Script::Kana | Script::Hangul => {
                    let (start, run) = (run.range.start, &text[run.range]);
                    for (at, character) in run.char_indices() {
                        if !self.beginnings.has_character(character) {
                            continue;
                        }
                        let Some(starting) = self.unspaced.get(&character) else { continue };
                        for mark in starting.iter().filter(|mark| run[at..].starts_with(&mark.text)) {
                            found(mark, start + at..start + at + mark.text.len());
                        }
                    }
                }
            }
        }
    }
}

/// Whether no run goes on over this character, and none depends on what stands before it.
fn ends_runs(character: char) -> bool {
    character.is_ascii_whitespace() || matches!(character, '，' | '。' | '、')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marks(terms: &[&str]) -> Marks {
        Marks::new(terms.iter().zip(0..).map(|(text, group)| Mark {
            text: (*text).to_owned(),
            group,
            weight: 1.0,
            weak: false,
        }))
    }

    fn found<'t>(terms: &[&str], text: &'t str) -> Vec<&'t str> {
        marks(terms).find(text).into_iter().map(|found| &text[found.range]).collect()
    }

    proptest! {
        #[test]
        fn nothing_is_missed_by_looking_only_where_marks_may_begin(
            text in "(集群|监控|叢集|Java|JavaScript|getUserById|c\\+\\+|C#|\\.net|node\\.js|v1\\.2\\.3|café|É|Vue3|runs|running|k8s|/etc/x|::|[ ，。、\n.,/a-cA-C0-2集监]){0,40}",
            terms in prop::collection::vec(prop::sample::select(vec![
                "集群", "监", "java", "user", "id", "c++", "c", "c#", ".net", "net", "node.js", "nodejs", "1.2", "café", "é", "vue", "run",
                "k8s", "etc", "x", "a", "2",
            ]), 1..5),
        ) {
            let marks = marks(&terms);
            let normalized = Normalized::new(&text);
            let mut expected = Vec::new();
            marks.find_in(normalized.text(), 0..normalized.text().len(), &mut |_, range| expected.push(normalized.original(range)));
            expected.sort_by_key(|range| (range.start, range.end));
            prop_assert_eq!(marks.find(&text).into_iter().map(|found| found.range).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn what_is_no_token_is_found_nowhere() {
        assert!(found(&["\t", " ", "\u{1}", "，"], "a\tb，c\u{1} d").is_empty());
    }

    #[test]
    fn finds_terms_whatever_the_spelling() {
        assert_eq!(
            found(&["集群", "elasticsearch"], "ElasticSearch 叢集：Elasticsearch集群"),
            ["ElasticSearch", "Elasticsearch", "集群"]
        );
        assert_eq!(found(&["缓存"], "緩存穿透"), ["緩存"]);
        assert_eq!(found(&["http2"], "ＨＴＴＰ２ and HTTP/2"), ["ＨＴＴＰ２", "HTTP/2"]);
        assert_eq!(found(&["queries"], "a query, two Queries"), ["query", "Queries"]);
        assert_eq!(found(&["=>"], "x => x >= 1"), ["=>"]);
    }

    #[test]
    fn technical_terms_are_whole_tokens() {
        assert_eq!(found(&["c"], "C, C++ and C#"), ["C"]);
        assert_eq!(found(&["c++"], "C, C++ and C#"), ["C++"]);
        assert_eq!(found(&[".net"], "ASP.NET, .NET and net"), [".NET"]);
        assert_eq!(found(&["java"], "JavaScript and Java"), ["Java"]);
        assert_eq!(found(&["user"], "getUserById"), ["User"]);
    }

    #[test]
    fn marks_are_found_anywhere_in_a_token() {
        assert_eq!(found(&["http2"], "see HTTP/2"), ["HTTP/2"]);
        assert_eq!(found(&["id"], "getUserById"), ["Id"]);
        assert_eq!(found(&["1.2"], "v1.2.3"), ["1.2"]);
        assert_eq!(found(&["conf"], "/etc/nginx/nginx.conf"), ["conf"]);
        assert_eq!(found(&["c"], "C/C++"), ["C"]);
        assert_eq!(found(&["café"], "Le CAFÉ"), ["CAFÉ"]);
        assert_eq!(found(&["x"], "matrix, X"), ["X"]);
    }

    #[test]
    fn weak_marks_step_back() {
        let mark = |text: &str, weak| Mark { text: text.to_owned(), group: 0, weight: 1.0, weak };
        let marks = Marks::new([mark("分布式", false), mark("分布", true)]);
        assert_eq!(marks.find("分布式与分布").len(), 1);
        assert_eq!(marks.find("只有分布").len(), 1);
    }
}
