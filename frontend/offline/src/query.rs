//! What was typed, as terms with their places.

use crate::postings::{hash, tokens};
use analysis::aliases::aliases;
use analysis::runs::is_unspaced;
use analysis::stop::is_stop_word;

/// More terms than these are not looked at.
const MAX_TERMS: usize = 48;

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// As it stands in the index.
    pub text: String,
    /// Hashes of what it may be called: the typed one first.
    pub names: Vec<u32>,
    /// Its place in the query.
    pub place: u32,
    /// Whether it is a pair of characters, of which a word has several.
    pub is_pair: bool,
    /// Whether it is one character alone, for which the texts themselves are looked through.
    pub is_single: bool,
}

/// The terms of a query, without stop words where there is anything else. The operators of the server's search are
/// taken as words.
#[must_use]
pub fn terms(query: &str) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    tokens(query, |text, place| {
        // Further forms at one place are parts of the technical word before them: they stand in where it is not found.
        if let Some(whole) = terms.last_mut().filter(|whole| whole.place == place) {
            whole.names.push(hash(text));
            return;
        }
        let known = terms.iter().any(|term| term.text == text);
        if known || terms.len() == MAX_TERMS {
            return;
        }
        let unspaced = text.chars().next().is_some_and(is_unspaced);
        let mut names = vec![hash(text)];
        aliases(text).iter().for_each(|alias| names.extend(as_one_term(alias)));
        let is_single = unspaced && text.chars().nth(1).is_none();
        terms.push(Term { text: text.to_owned(), names, place, is_pair: unspaced && !is_single, is_single });
    });
    if terms.iter().any(|term| !is_stop_word(&term.text)) {
        terms.retain(|term| !is_stop_word(&term.text));
    }
    terms
}

/// The hash of a name that is one term in the index; longer Chinese names are several and are left out.
fn as_one_term(name: &str) -> Option<u32> {
    let (mut term, mut count) = (0, 0);
    tokens(name, |text, place| {
        if place == 0 && count == 0 {
            term = hash(text);
        }
        count += usize::from(place > 0 || count == 0);
    });
    (count == 1).then_some(term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_step_back() {
        let texts = |query| terms(query).into_iter().map(|term| term.text).collect::<Vec<_>>();
        assert_eq!(texts("如何 监控 the k8s"), ["监控", "k8s"]);
        assert_eq!(texts("如何"), ["如何"]);
        assert_eq!(terms("k8s").len(), 1);
        assert!(terms("k8s")[0].names.contains(&as_one_term("kubernetes").unwrap()));
        assert!(terms("http2")[0].names.contains(&hash("http")), "a part stands in for the whole");
        assert!(terms("锁")[0].is_single);
    }
}
