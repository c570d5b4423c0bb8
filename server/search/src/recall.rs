//! The first stage: the query that finds every article worth a look, and scores it well enough to pick the best few
//! hundred.

use crate::grammar::Request;
use crate::plan::{Exact, Form, Plan, Term};
use crate::schema::Fields;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term as IndexTerm};

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

/// How much of the query an article must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Most terms.
    Strong,
    /// Any term.
    Relaxed,
}

/// Builds queries for one state of the index.
pub(crate) struct Recall<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
}

type Clause = (Occur, Box<dyn Query>);

impl<'a> Recall<'a> {
    pub fn new(searcher: &'a Searcher, fields: &'a Fields) -> Self {
        Self { searcher, fields }
    }

    /// The query of a plan.
    pub fn query(&self, plan: &Plan, request: &Request, strictness: Strictness) -> Box<dyn Query> {
        let mut clauses = self.restrictions(request);
        clauses.extend(plan.without.iter().map(|exact| (Occur::MustNot, self.exact(exact))));
        if request.is_without_words() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
            return Box::new(BooleanQuery::new(clauses));
        }
        clauses.extend(plan.exact.iter().map(|exact| (Occur::Must, self.exact(exact))));
        let mut terms: Vec<Clause> = plan.terms.iter().map(|term| (Occur::Should, self.term(term))).collect();
        let crossing =
            plan.crossing_pairs.iter().filter_map(|pair| self.pair(pair)).map(|query| (Occur::Should, query));
        let needed = match strictness {
            Strictness::Strong => (terms.len() as f32 * NEEDED).ceil() as usize,
            Strictness::Relaxed => 1,
        };
        match strictness {
            Strictness::Strong => clauses.extend(crossing),
            // The dictionary may cut the query otherwise than the text: then the text holds only what lies across.
            Strictness::Relaxed => terms.extend(crossing),
        }
        if needed > 0 || plan.exact.is_empty() {
            clauses.push((Occur::Must, Box::new(BooleanQuery::with_minimum_required_clauses(terms, needed.max(1)))));
        }
        Box::new(BooleanQuery::with_minimum_required_clauses(clauses, 0))
    }

    fn restrictions(&self, request: &Request) -> Vec<Clause> {
        let text = |field, text: &str| {
            Box::new(TermQuery::new(IndexTerm::from_field_text(field, text), IndexRecordOption::Basic))
                as Box<dyn Query>
        };
        let mut queries: Vec<Box<dyn Query>> =
            request.tags.iter().map(|tag| text(self.fields.tag, tag.as_str())).collect();
        if let Some(slug) = &request.category {
            let either = [self.fields.group, self.fields.category].map(|field| text(field, slug.as_str()));
            queries.push(Box::new(BooleanQuery::union(either.into())));
        }
        queries.extend(request.author.iter().map(|author| text(self.fields.author, author.as_str())));
        let moment = |moment: &types::Timestamp| IndexTerm::from_field_i64(self.fields.published_at, moment.0);
        if request.after.is_some() || request.before.is_some() {
            let from = request.after.as_ref().map_or(Bound::Unbounded, |after| Bound::Included(moment(after)));
            let to = request.before.as_ref().map_or(Bound::Unbounded, |before| Bound::Excluded(moment(before)));
            queries.push(Box::new(RangeQuery::new(from, to)));
        }
        let silent = |query| Box::new(ConstScoreQuery::new(query, 0.0)) as Box<dyn Query>;
        queries.into_iter().map(|query| (Occur::Must, silent(query))).collect()
    }

    /// One term in all its forms: the best of them counts.
    fn term(&self, term: &Term) -> Box<dyn Query> {
        let Some((typed, others)) = term.spellings.split_first() else { return Box::new(EmptyQuery) };
        if term.is_symbol {
            return self.one(self.fields.code, &typed.code, weight::CODE).unwrap_or_else(|| Box::new(EmptyQuery));
        }
        let mut forms: Vec<Box<dyn Query>> = Vec::new();
        forms.extend(self.form(typed, &term.pairs, 1.0));
        forms.extend(others.iter().filter_map(|form| self.form(form, &[], 1.0)));
        forms.extend(term.aliases.iter().filter_map(|form| self.form(form, &[], weight::ALIAS)));
        if !term.parts.is_empty() {
            let parts: Option<Vec<_>> = term.parts.iter().map(|part| self.form(part, &[], weight::PARTS)).collect();
            forms.extend(parts.map(|parts| Box::new(BooleanQuery::intersection(parts)) as Box<dyn Query>));
        }
        best(forms, 0.0)
    }

    /// One form in all fields: the best group of fields counts, the others add a little.
    fn form(&self, form: &Form, pairs: &[String], boost: f32) -> Option<Box<dyn Query>> {
        let fields = self.fields;
        let group = |words, word_weight, pair_field, pair_weight| {
            let mut queries: Vec<_> = self.one(words, &form.word, word_weight * boost).into_iter().collect();
            queries.extend(pairs.iter().filter_map(|pair| self.one(pair_field, pair, pair_weight * boost)));
            sum(queries)
        };
        let mut groups = Vec::new();
        groups.extend(group(fields.title_words, weight::TITLE_WORDS, fields.title_pairs, weight::TITLE_PAIRS));
        groups.extend(group(fields.heading_words, weight::HEADING_WORDS, fields.heading_pairs, weight::HEADING_PAIRS));
        let body = group(fields.body_words, weight::BODY_WORDS, fields.body_pairs, weight::BODY_PAIRS);
        let code = self.one(fields.code, &form.code, weight::CODE * boost);
        groups.extend(sum(body.into_iter().chain(code).collect()));
        groups.extend(self.one(fields.tag_words, &form.word, weight::TAG * boost));
        groups.extend(self.one(fields.note_words, &form.word, weight::NOTE * boost));
        (!groups.is_empty()).then(|| best(groups, weight::TIE))
    }

    fn pair(&self, pair: &str) -> Option<Box<dyn Query>> {
        let fields = self.fields;
        let groups = [
            self.one(fields.title_pairs, pair, weight::TITLE_PAIRS),
            self.one(fields.heading_pairs, pair, weight::HEADING_PAIRS),
            self.one(fields.body_pairs, pair, weight::BODY_PAIRS),
        ];
        let groups: Vec<_> = groups.into_iter().flatten().collect();
        (!groups.is_empty()).then(|| best(groups, weight::TIE))
    }

    /// A text as it stands: every stretch of it in one of the fields.
    fn exact(&self, exact: &Exact) -> Box<dyn Query> {
        let fields = self.fields;
        let mut stretches = Vec::new();
        for pairs in &exact.pairs {
            let mut places: Vec<Box<dyn Query>> = Vec::new();
            for field in [fields.title_pairs, fields.heading_pairs, fields.body_pairs] {
                places.push(phrase(field, pairs.iter().map(|(place, pair)| (*place, pair.as_str()))));
            }
            if let [(_, character)] = pairs.as_slice() {
                places.push(phrase(fields.body_words, [(0, character.as_str())]));
            }
            stretches.push(Box::new(BooleanQuery::union(places)) as Box<dyn Query>);
        }
        for words in &exact.words {
            let mut places: Vec<Box<dyn Query>> = Vec::new();
            for field in [fields.title_words, fields.heading_words, fields.body_words] {
                places.push(phrase(field, words.iter().map(|(place, form)| (*place, form.word.as_str()))));
            }
            // Code has no positions; all its words must do.
            places.push(Box::new(BooleanQuery::intersection(
                words.iter().map(|(_, form)| phrase(fields.code, [(0, form.code.as_str())])).collect(),
            )));
            stretches.push(Box::new(BooleanQuery::union(places)));
        }
        Box::new(BooleanQuery::intersection(stretches))
    }

    /// A term in a field, if any article has it there.
    fn one(&self, field: Field, text: &str, boost: f32) -> Option<Box<dyn Query>> {
        let term = IndexTerm::from_field_text(field, text);
        // An error shows itself when the query runs.
        if self.searcher.doc_freq(&term).is_ok_and(|documents| documents == 0) {
            return None;
        }
        Some(Box::new(BoostQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), boost)))
    }
}

/// Terms in order and without a gap; one alone is only itself.
pub(crate) fn phrase<'t>(field: Field, terms: impl IntoIterator<Item = (usize, &'t str)>) -> Box<dyn Query> {
    let mut terms: Vec<_> =
        terms.into_iter().map(|(place, text)| (place, IndexTerm::from_field_text(field, text))).collect();
    if terms.len() > 1 {
        return Box::new(PhraseQuery::new_with_offset(terms));
    }
    match terms.pop() {
        Some((_, term)) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
        None => Box::new(EmptyQuery),
    }
}

fn sum(mut queries: Vec<Box<dyn Query>>) -> Option<Box<dyn Query>> {
    match queries.len() {
        0 | 1 => queries.pop(),
        _ => Some(Box::new(BooleanQuery::union(queries))),
    }
}

fn best(mut queries: Vec<Box<dyn Query>>, tie: f32) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, tie)),
    }
}
