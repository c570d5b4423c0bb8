//! What narrows a search besides its words: restrictions, quoted texts and what must not be there. It gives no score.

use crate::grammar::Request;
use crate::plan::{Exact, Plan};
use crate::schema::Fields;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use types::{ArticleFilter, TagKey};

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
    (!needed.is_empty()).then(|| Box::new(BooleanQuery::intersection(needed)) as Box<dyn Query>)
}

/// The query for what must not be there; `None` when there is nothing such.
///
/// It is walked through by itself: tantivy 0.27 asks a phrase that a query excludes for articles that lie behind it, which its
/// phrases forbid.
pub(crate) fn forbidden(fields: &Fields, plan: &Plan) -> Option<Box<dyn Query>> {
    let without: Vec<_> = plan.without.iter().map(|text| anywhere(fields, text)).collect();
    (!without.is_empty()).then(|| Box::new(BooleanQuery::union(without)) as Box<dyn Query>)
}

/// A text as it stands: every stretch of it in one of the fields.
fn exact(fields: &Fields, exact: &Exact) -> Box<dyn Query> {
    let mut stretches = Vec::new();
    for pairs in &exact.pairs {
        let mut places: Vec<Box<dyn Query>> = Vec::new();
        for field in [fields.title_pairs, fields.heading_pairs, fields.body_pairs, fields.code_pairs] {
            places.push(phrase(field, pairs.iter().map(|(place, pair)| (*place, pair.as_str()))));
        }
        if let [(_, character)] = pairs.as_slice() {
            places.extend([fields.body_words, fields.code].map(|field| term(field, character)));
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

/// A text that stands in an article or is the name of one of its tags, or a word of the editor's note.
fn anywhere(fields: &Fields, text: &Exact) -> Box<dyn Query> {
    let mut places = vec![exact(fields, text)];
    places.extend(text.text.parse().map(|tag: TagKey| term(fields.tag, tag.as_str())));
    if let Some(word) = &text.word {
        places.extend([fields.tag_words, fields.note_words].map(|field| term(field, word)));
    }
    Box::new(BooleanQuery::union(places))
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
