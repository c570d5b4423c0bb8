//! Makes terms of words: what is looked for in the index, before any field or weight.

use crate::grammar::{Part, Request};
use analysis::runs::is_unspaced;
use analysis::stop::is_stop_word;
use analysis::{Normalized, Tokens, View, aliases::aliases, stem::stem, technical};
use std::ops::Range;

/// More words than these are not looked at.
const MAX_TERMS: usize = 32;

/// All that a query looks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// What is asked for, in order; without stop words where there is anything else.
    pub terms: Vec<Term>,
    /// Every word in order, stop words too, by runs of words: texts that hold one next to the other answer best.
    pub sequences: Vec<Vec<String>>,
    /// Pairs of characters that stand across two words.
    pub crossing_pairs: Vec<String>,
    /// Stretches of Chinese as pairs with their places, for texts that hold the words as they were typed.
    pub stretches: Vec<Vec<(usize, String)>>,
    /// Texts that must be found as they stand.
    pub exact: Vec<Exact>,
    /// Texts that must not be found.
    pub without: Vec<Exact>,
}

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    /// The word as it was typed, normalised.
    pub text: String,
    /// Ways to write it; the first is the typed one.
    pub spellings: Vec<Form>,
    /// Other names of it.
    pub aliases: Vec<Form>,
    /// The words that a technical token is made of; together they mean it too.
    pub parts: Vec<Form>,
    /// The pairs that a Chinese word is made of, or its single character.
    pub pairs: Vec<String>,
    /// Whether it is made of operators, which only code has.
    pub is_symbol: bool,
}

/// A term of the index in the views that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// In prose, with its English ending taken off.
    pub word: String,
    /// In code, as it stands.
    pub code: String,
}

/// A text that is looked for as it stands: every one of its stretches, each in order and without a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Exact {
    /// Stretches of Chinese, as pairs with their places; one pair or character alone is a stretch as well.
    pub pairs: Vec<Vec<(usize, String)>>,
    /// Stretches of Latin words.
    pub words: Vec<Vec<(usize, Form)>>,
    /// The text, normalised.
    pub text: String,
    /// The text, where it is a single word.
    pub word: Option<String>,
}

impl Plan {
    /// Makes a plan of what was typed.
    pub fn new(request: &Request) -> Self {
        let mut plan = Self::default();
        for part in &request.parts {
            match part {
                Part::Words(text) => plan.add_words(Normalized::new(text).text()),
                Part::Exact(text) => {
                    let text = Normalized::new(text);
                    plan.add_words(text.text());
                    plan.exact.extend(Exact::new(text.text()));
                }
                Part::Without(text) => plan.without.extend(Exact::new(Normalized::new(text).text())),
            }
        }
        plan.stretches.truncate(MAX_TERMS);
        plan.terms.truncate(MAX_TERMS);
        plan.crossing_pairs.truncate(MAX_TERMS);
        if plan.terms.iter().any(|term| !is_stop_word(&term.text)) {
            plan.terms.retain(|term| !is_stop_word(&term.text));
        }
        plan
    }

    /// The terms as a list for people.
    pub fn terms_as_text(&self) -> Vec<String> {
        self.terms.iter().map(|term| term.text.clone()).collect()
    }

    fn add_words(&mut self, text: &str) {
        self.stretches.extend(Exact::new(text).map(|exact| exact.pairs).unwrap_or_default());
        let words = words(text);
        let mut pairs = Tokens::new(text, View::Bigrams);
        let mut inside = vec![Vec::new(); words.len()];
        while let Some(pair) = pairs.next() {
            match words.iter().position(|word| word.start <= pair.start && pair.end <= word.end) {
                Some(index) => inside[index].push(pair.text.to_owned()),
                None => self.crossing_pairs.push(pair.text.to_owned()),
            }
        }
        let terms: Vec<Term> =
            words.into_iter().zip(inside).filter_map(|(range, pairs)| Term::new(text, range, pairs)).collect();
        let sequence = terms.iter().map(|term| term.spellings[0].word.clone()).take(MAX_TERMS).collect::<Vec<_>>();
        self.sequences.push(sequence);
        let known = |terms: &[Term], term: &Term| terms.iter().any(|known| known.text == term.text);
        for term in terms {
            if !known(&self.terms, &term) {
                self.terms.push(term);
            }
        }
        if self.terms.is_empty() {
            self.terms.extend(symbols(text));
        }
    }
}

/// The bytes of every word of a text.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut tokens = Tokens::new(text, View::Words);
    let mut last = None;
    while let Some(token) = tokens.next() {
        // The first form at a position is the whole word.
        if last.replace(token.position) != Some(token.position) {
            words.push(token.start..token.end);
        }
    }
    words
}

/// Operators are only looked for where there is nothing else.
fn symbols(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut tokens = Tokens::new(text, View::Code);
    while let Some(token) = tokens.next() {
        let form = Form { word: token.text.to_owned(), code: token.text.to_owned() };
        let text = token.text.to_owned();
        terms.push(Term {
            text,
            spellings: vec![form],
            aliases: vec![],
            parts: vec![],
            pairs: vec![],
            is_symbol: true,
        });
    }
    terms
}

impl Term {
    fn new(text: &str, range: Range<usize>, pairs: Vec<String>) -> Option<Self> {
        let (mut spellings, mut parts) = (Vec::new(), Vec::new());
        if text[range.clone()].starts_with(is_unspaced) {
            spellings.push(Form::unspaced(&text[range.clone()]));
        } else {
            technical::forms(text, range.clone(), |form, source| {
                if source == range { &mut spellings } else { &mut parts }.push(Form::technical(form));
            });
        }
        let typed = spellings.first()?.code.clone();
        let aliases = aliases(&typed).iter().map(|alias| Form::of_either(alias)).collect();
        Some(Self { text: typed, spellings, aliases, parts, pairs, is_symbol: false })
    }
}

impl Form {
    fn unspaced(word: &str) -> Self {
        Self { word: word.to_owned(), code: word.to_owned() }
    }

    pub fn technical(form: &str) -> Self {
        let mut stemmed = String::new();
        let word = if stem(form, &mut stemmed) { stemmed } else { form.to_owned() };
        Self { word, code: form.to_owned() }
    }

    fn of_either(name: &str) -> Self {
        if name.starts_with(is_unspaced) { Self::unspaced(name) } else { Self::technical(name) }
    }
}

impl Exact {
    fn new(text: &str) -> Option<Self> {
        let mut exact = Self { text: text.to_owned(), ..Self::default() };
        let mut pairs = Tokens::new(text, View::Bigrams);
        let mut last = None;
        while let Some(pair) = pairs.next() {
            // Bigrams of one stretch follow each other; the analyzer leaves a gap between two stretches.
            let follows = last.replace(pair.position).is_some_and(|last| last + 1 == pair.position);
            push(&mut exact.pairs, follows, (pair.position, pair.text.to_owned()));
        }
        let mut place = 0;
        let mut follows = false;
        let words = words(text);
        if let [word] = words.as_slice() {
            exact.word = Term::new(text, word.clone(), Vec::new()).map(|term| term.spellings[0].word.clone());
        }
        for range in words {
            if text[range.clone()].starts_with(is_unspaced) {
                follows = false;
                continue;
            }
            let mut whole = None;
            technical::forms(text, range, |form, _| {
                whole.get_or_insert_with(|| Form::technical(form));
            });
            if let Some(whole) = whole {
                push(&mut exact.words, follows, (place, whole));
                follows = true;
            }
            place += 1;
        }
        if exact.pairs.is_empty() && exact.words.is_empty() {
            exact.words = symbols(text)
                .into_iter()
                .filter_map(|term| Some(vec![(0, term.spellings.into_iter().next()?)]))
                .collect();
        }
        (!exact.pairs.is_empty() || !exact.words.is_empty()).then_some(exact)
    }
}

fn push<T>(stretches: &mut Vec<Vec<T>>, follows: bool, item: T) {
    match stretches.last_mut() {
        Some(stretch) if follows => stretch.push(item),
        _ => stretches.push(vec![item]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar;

    fn plan(text: &str) -> Plan {
        Plan::new(&grammar::read(text))
    }

    #[test]
    fn mixed_text_becomes_terms_and_pairs() {
        let plan = plan("Kibana监控Elasticsearch集群状态");
        assert_eq!(plan.terms_as_text(), ["kibana", "监控", "elasticsearch", "集群", "状态"]);
        assert_eq!(plan.crossing_pairs, ["群状"]);
        assert_eq!(plan.sequences[0].len(), 5);
    }

    #[test]
    fn stop_words_count_only_alone() {
        assert_eq!(plan("如何监控集群的状态").terms_as_text(), ["监控", "集群", "状态"]);
        assert_eq!(plan("什么").terms_as_text(), ["什么"]);
    }

    #[test]
    fn technical_tokens_have_spellings_and_parts() {
        let plan = plan("Node.js");
        let words = |forms: &[Form]| forms.iter().map(|form| form.word.clone()).collect::<Vec<_>>();
        assert_eq!(words(&plan.terms[0].spellings), ["node.js", "nodejs"]);
        assert_eq!(words(&plan.terms[0].parts), ["node", "js"]);
    }

    #[test]
    fn names_from_taiwan_lead_to_ours() {
        let plan = plan("分散式資料庫");
        assert_eq!(
            plan.terms[0].aliases.iter().map(|form| form.word.as_str()).collect::<Vec<_>>(),
            ["distribute", "分布式"]
        );
        assert_eq!(plan.terms[1].aliases[0].word, "数据库");
    }

    #[test]
    fn exact_texts_are_stretches() {
        let exact = &plan("\"git commit 分布式锁\"").exact[0];
        assert_eq!(exact.words[0].iter().map(|(_, form)| form.word.as_str()).collect::<Vec<_>>(), ["git", "commit"]);
        assert_eq!(exact.pairs[0].iter().map(|(_, pair)| pair.as_str()).collect::<Vec<_>>(), ["分布", "布式", "式锁"]);
    }

    #[test]
    fn operators_count_only_alone() {
        assert_eq!(plan("=>").terms_as_text(), ["=>"]);
        assert_eq!(plan("什么是 redis?").terms_as_text(), ["redis"]);
        assert!(plan("，。！（）").terms.is_empty());
    }
}
