//! What is to be marked in a text, and where it stands there.
//!
//! Chinese is looked for as it is written, whatever words the text is cut into; technical tokens are looked for as
//! tokens, so that `c` is not marked in `c++` nor `java` in `javascript`. No dictionary is needed.

use crate::beginnings::{Beginning, Beginnings};
use crate::normalize::{Normalized, fold, lower};
use crate::runs::{Script, is_unspaced, runs, script};
use crate::stem::stem;
use crate::technical::forms;
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
                prepared.beginnings.add(&mark.text);
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
                prepared.beginnings.add(&mark.text);
                prepared.technical.entry(mark.text.clone()).or_insert(mark);
            }
        }
        prepared.beginnings.complete();
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
        let mut matches = Vec::new();
        let mut found = |mark: &Mark, range| {
            let Mark { group, weight, weak, .. } = *mark;
            matches.push(Match { range, group, weight, weak });
        };
        if self.symbols.is_empty() {
            self.find_quickly(original, &mut found);
        } else {
            self.find_in(original, 0..original.len(), &mut found);
        }
        if matches.iter().any(|found| !found.weak) {
            matches.retain(|found| !found.weak);
        }
        matches.sort_by_key(|found| (found.range.start, found.range.end));
        matches
    }

    /// Finds all marks but symbols. Most of a text holds nothing that a mark begins with, and needs neither be normalised
    /// nor be cut into runs.
    fn find_quickly(&self, original: &str, found: &mut impl FnMut(&Mark, Range<usize>)) {
        let mut from = 0;
        while let Some((at, beginning)) = self.beginnings.next(original, from) {
            match beginning {
                Beginning::Unspaced => {
                    let mut rest = original[at..].chars();
                    let starting = rest.next().and_then(fold).and_then(|first| self.unspaced.get(&first));
                    for mark in starting.into_iter().flatten() {
                        if let Some(length) = begins_with(&original[at..], &mark.text) {
                            found(mark, at..at + length);
                        }
                    }
                    from = original.len() - rest.as_str().len();
                }
                Beginning::Technical => {
                    let before = original[from..at].char_indices().rev().find(|&(_, character)| ends_token(character));
                    let start = before.map_or(from, |(end, character)| from + end + character.len_utf8());
                    let end = original[at..].find(ends_token).map_or(original.len(), |end| at + end);
                    self.find_in(original, start..end, found);
                    from = end;
                }
            }
        }
    }

    /// Finds marks in a part of a text that no run reaches into from outside.
    fn find_in(&self, original: &str, part: Range<usize>, found: &mut impl FnMut(&Mark, Range<usize>)) {
        let normalized = Normalized::new(&original[part.clone()]);
        let text = normalized.text();
        let mut found = |mark: &Mark, range: Range<usize>| {
            let range = normalized.original(range);
            found(mark, part.start + range.start..part.start + range.end);
        };
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

/// The bytes of a text that are read as this normalised text, if it begins with such.
fn begins_with(original: &str, normalized: &str) -> Option<usize> {
    let mut read =
        original.char_indices().filter_map(|(at, character)| Some((at + character.len_utf8(), fold(character)?)));
    let mut length = 0;
    for expected in normalized.chars() {
        let (end, character) = read.next()?;
        if character != expected {
            return None;
        }
        length = end;
    }
    Some(length)
}

/// Whether no technical token goes on over this character, and none depends on what stands before it.
fn ends_token(character: char) -> bool {
    let unspaced = || fold(character).is_some_and(is_unspaced);
    character.is_ascii_whitespace() || matches!(character, '，' | '。' | '、') || (!character.is_ascii() && unspaced())
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
            text in "(集群|監控|监\u{200b}控|叢集|Ｊava|J\u{ad}ava|ｃ|．net|Java|JavaScript|getUserById|c\\+\\+|C#|𠀀|é集|カタ|\\.net|node\\.js|v1\\.2\\.3|café|É|Vue3|runs|running|queries|caching|Node-JS|UTF-8|domain|dock|k8s|/etc/x|::|[ ，。、\n.,/a-cA-C0-2集监]){0,40}",
            terms in prop::collection::vec(prop::sample::select(vec![
                "集群", "监控", "监", "𠀀", "カタ", "java", "user", "id", "c++", "c", "c#", ".net", "net", "node.js", "nodejs", "1.2", "café", "é", "vue", "run", "query", "cache", "utf8", "docker", "doc",
                "k8s", "etc", "x", "a", "2",
            ]), 1..5),
        ) {
            let marks = marks(&terms);
            let mut expected = Vec::new();
            marks.find_in(&text, 0..text.len(), &mut |_, range| expected.push(range));
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
