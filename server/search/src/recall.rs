//! The first stage: the formula that finds every article worth a look, and scores it well enough to pick the best few
//! hundred.

use crate::error::SearchError;
use crate::formula::{self, Formula, Group, Part, Source};
use crate::lists::Lists;
use crate::plan::{Form, Plan, Term};
use crate::schema::Fields;
use tantivy::schema::Field;

/// Weights of the fields: what an article is about stands in its title, its tags and its headings. Words and pairs of
/// the body are measured (0.4 is on a plateau from 0.25 to 1); the others were tried out on judged queries.
mod weight {
    pub const TITLE_WORDS: f32 = 3.0;
    pub const TITLE_PAIRS: f32 = 1.2;
    pub const HEADING_WORDS: f32 = 1.5;
    pub const HEADING_PAIRS: f32 = 0.6;
    pub const BODY_WORDS: f32 = 1.0;
    pub const BODY_PAIRS: f32 = 0.4;
    pub const CODE: f32 = 0.7;
    pub const CODE_PAIRS: f32 = 0.3;
    pub const TAG: f32 = 2.0;
    pub const NOTE: f32 = 0.5;
    /// Another name of the thing asked for.
    pub const ALIAS: f32 = 0.5;
    /// The parts of a technical token instead of the token.
    pub const PARTS: f32 = 0.5;
    /// How much the weaker groups of fields add to the strongest.
    pub const TIE: f32 = 0.3;
}

/// Of the terms, so many must be found: up to 0.6 costs no right answer and keeps counts honest, 0.75 costs some.
const NEEDED: f32 = 0.6;

/// Terms that a strong hit holds of so many.
pub(crate) fn needed(terms: usize) -> usize {
    (terms as f32 * NEEDED).ceil() as usize
}

/// The formula of a plan: a term for each of the plan's, the pairs that lie across two words as extras.
pub(crate) fn formula(lists: &mut Lists<'_>, fields: &Fields, plan: &Plan) -> Result<Formula, SearchError> {
    let mut recall = Recall { lists, fields };
    let terms = plan.terms.iter().map(|term| recall.term(term)).collect::<Result<_, _>>()?;
    let extras = plan.crossing_pairs.iter().map(|pair| recall.pair(pair)).collect::<Result<Vec<_>, _>>()?;
    Ok(Formula { terms, extras: extras.into_iter().flatten().collect() })
}

/// Builds formulas for one state of the index.
struct Recall<'r, 'a> {
    lists: &'r mut Lists<'a>,
    fields: &'r Fields,
}

impl Recall<'_, '_> {
    /// One term in all its forms.
    fn term(&mut self, term: &Term) -> Result<formula::Term, SearchError> {
        let Some((typed, others)) = term.spellings.split_first() else { return Ok(Vec::new()) };
        if term.is_symbol {
            let code = self.group(&[(self.fields.code, &typed.code, weight::CODE)])?;
            return Ok(self.part(vec![code]).map(|part| vec![part]).into_iter().collect());
        }
        let mut forms: Vec<formula::Form> = Vec::new();
        forms.extend(self.form(typed, &term.pairs, 1.0)?.map(|part| vec![part]));
        for form in others {
            forms.extend(self.form(form, &[], 1.0)?.map(|part| vec![part]));
        }
        for form in &term.aliases {
            forms.extend(self.form(form, &[], weight::ALIAS)?.map(|part| vec![part]));
        }
        if !term.parts.is_empty() {
            let parts = term.parts.iter().map(|part| self.form(part, &[], weight::PARTS));
            forms.extend(parts.collect::<Result<Option<Vec<_>>, _>>()?);
        }
        Ok(forms)
    }

    /// One form in all fields.
    fn form(&mut self, form: &Form, pairs: &[String], boost: f32) -> Result<Option<Part>, SearchError> {
        let fields = self.fields;
        let with_pairs = |words, word_weight: f32, pair_field, pair_weight: f32| {
            let word = std::iter::once((words, &form.word, word_weight * boost));
            let pairs = pairs.iter().map(move |pair| (pair_field, pair, pair_weight * boost));
            word.chain(pairs).collect::<Vec<_>>()
        };
        let title = with_pairs(fields.title_words, weight::TITLE_WORDS, fields.title_pairs, weight::TITLE_PAIRS);
        let headings =
            with_pairs(fields.heading_words, weight::HEADING_WORDS, fields.heading_pairs, weight::HEADING_PAIRS);
        let mut body = with_pairs(fields.body_words, weight::BODY_WORDS, fields.body_pairs, weight::BODY_PAIRS);
        body.push((fields.code, &form.code, weight::CODE * boost));
        body.extend(pairs.iter().map(|pair| (fields.code_pairs, pair, weight::CODE_PAIRS * boost)));
        let groups = [
            self.group(&title)?,
            self.group(&headings)?,
            self.group(&body)?,
            self.group(&[(fields.tag_words, &form.word, weight::TAG * boost)])?,
            self.group(&[(fields.note_words, &form.word, weight::NOTE * boost)])?,
        ];
        Ok(self.part(groups.into()))
    }

    fn pair(&mut self, pair: &String) -> Result<Option<Part>, SearchError> {
        let fields = self.fields;
        let groups = [
            self.group(&[(fields.title_pairs, pair, weight::TITLE_PAIRS)])?,
            self.group(&[(fields.heading_pairs, pair, weight::HEADING_PAIRS)])?,
            self.group(&[
                (fields.body_pairs, pair, weight::BODY_PAIRS),
                (fields.code_pairs, pair, weight::CODE_PAIRS),
            ])?,
        ];
        Ok(self.part(groups.into()))
    }

    fn part(&self, mut groups: Vec<Group>) -> Option<Part> {
        groups.retain(|group| !group.is_empty());
        (!groups.is_empty()).then_some(Part { groups, tie: weight::TIE })
    }

    /// Those of the terms that any article has in these fields.
    fn group(&mut self, terms: &[(Field, &String, f32)]) -> Result<Group, SearchError> {
        let mut group = Vec::with_capacity(terms.len());
        for &(field, text, boost) in terms {
            if let Some(entry) = self.lists.find(field, text)? {
                let worth = self.lists.worth(field, self.lists.rarity(entry.articles) * boost);
                group.push(Source { entry, worth });
            }
        }
        Ok(group)
    }
}
