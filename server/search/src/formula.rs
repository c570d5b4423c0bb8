//! What the first stage looks for: terms with all their forms, each in the fields where it may stand.

use crate::error::SearchError;
use crate::lists::{Entry, Lists, Worth};
use std::sync::Arc;
use tantivy::DocAddress;

/// What is looked for: terms that count towards the least number, and extras that only add to the score.
#[derive(Default)]
pub(crate) struct Formula {
    pub terms: Vec<Term>,
    pub extras: Vec<Part>,
}

/// A term in all its forms: the best of them counts.
pub(crate) type Term = Vec<Form>;

/// One form of a term: every part must be there, and they add up.
pub(crate) type Form = Vec<Part>;

/// A word in all fields: the best group counts, and the others add a little.
pub(crate) struct Part {
    pub groups: Vec<Group>,
    /// How much of what the weaker groups give is added.
    pub tie: f32,
}

/// Fields of the same rank; they add up.
pub(crate) type Group = Vec<Source>;

/// The articles with a term in a field.
pub(crate) struct Source {
    pub entry: Arc<Entry>,
    pub worth: Worth,
}

impl Formula {
    /// The terms that an article does not hold, as numbers of the formula's terms.
    pub fn missing(&self, lists: &Lists<'_>, address: DocAddress) -> Result<Vec<usize>, SearchError> {
        let mut missing = Vec::new();
        for (number, term) in self.terms.iter().enumerate() {
            if !holds_term(term, lists, address)? {
                missing.push(number);
            }
        }
        Ok(missing)
    }
}

fn holds_term(term: &Term, lists: &Lists<'_>, address: DocAddress) -> Result<bool, SearchError> {
    for form in term {
        let mut holds_all = true;
        for part in form {
            holds_all = holds_all && holds_part(part, lists, address)?;
        }
        if holds_all {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holds_part(part: &Part, lists: &Lists<'_>, address: DocAddress) -> Result<bool, SearchError> {
    for source in part.groups.iter().flatten() {
        if let Some(mut blocks) = lists.blocks(&source.entry, address.segment_ord)? {
            let at = blocks.seek(address.doc_id);
            if blocks.docs().get(at) == Some(&address.doc_id) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
