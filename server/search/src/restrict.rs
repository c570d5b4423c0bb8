//! What narrows a search besides its words: restrictions, quoted texts and what must not be there. It gives no score.

use crate::grammar::Request;
use crate::plan::{Exact, Plan};
use crate::schema::Fields;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use types::ArticleFilter;

/// The query for what is allowed; `None` when everything is.
pub(crate) fn allowed(
    fields: &Fields,
    plan: &Plan,
    request: &Request,
    filter: &ArticleFilter,
) -> Option<Box<dyn Query>> {
    let mut needed: Vec<Box<dyn Query>> = Vec::new();
    needed.extend(request.tags.iter().map(|tag| term(fields.tag, tag.as_str())));
    if let Some(slug) = &request.category {
        let either = [fields.group, fields.category].map(|field| term(field, slug.as_str()));
        needed.push(Box::new(BooleanQuery::union(either.into())));
    }
    // There is no facet for authors, so the filter's is a restriction like one that was typed.
    needed.extend(request.author.iter().chain(&filter.author).map(|author| term(fields.author, author.as_str())));
    let moment = |moment: &types::Timestamp| Term::from_field_i64(fields.published_at, moment.0);
    if request.after.is_some() || request.before.is_some() {
        let from = request.after.as_ref().map_or(Bound::Unbounded, |after| Bound::Included(moment(after)));
        let to = request.before.as_ref().map_or(Bound::Unbounded, |before| Bound::Excluded(moment(before)));
        needed.push(Box::new(RangeQuery::new(from, to)));
    }
    needed.extend(plan.exact.iter().map(|text| exact(fields, text)));
    if needed.is_empty() && plan.without.is_empty() {
        return None;
    }
    if needed.is_empty() {
        needed.push(Box::new(AllQuery));
    }
    let needed = needed.into_iter().map(|query| (Occur::Must, query));
    let without = plan.without.iter().map(|text| (Occur::MustNot, exact(fields, text)));
    Some(Box::new(BooleanQuery::new(needed.chain(without).collect())))
}

/// A text as it stands: every stretch of it in one of the fields.
fn exact(fields: &Fields, exact: &Exact) -> Box<dyn Query> {
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

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

/// Terms in order and without a gap; one alone is only itself.
fn phrase<'t>(field: Field, terms: impl IntoIterator<Item = (usize, &'t str)>) -> Box<dyn Query> {
    let mut terms: Vec<_> =
        terms.into_iter().map(|(place, text)| (place, Term::from_field_text(field, text))).collect();
    if terms.len() > 1 {
        return Box::new(PhraseQuery::new_with_offset(terms));
    }
    match terms.pop() {
        Some((_, term)) => Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
        None => Box::new(EmptyQuery),
    }
}
