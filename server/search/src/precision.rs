//! The second stage: puts the best few hundred in order by what is too costly to look at for every match.

use crate::collect::Candidate;
use crate::document::title_key;
use crate::error::SearchError;
use crate::plan::Plan;
use crate::recall::phrase;
use crate::schema::Fields;
use crate::search::Views;
use tantivy::query::{BooleanQuery, ConstScoreQuery, EnableScoring, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, Term as IndexTerm};
use types::{ArticleId, Timestamp};

/// Candidates that are looked at. Re-scoring 30, 100 or 200 gave the same ranking, so 200 leaves room.
pub(crate) const CANDIDATES: usize = 200;

/// Weights of the features, fitted on one half of 447 judged queries and checked on the other. They are added to the
/// score of the first stage.
///
/// No one weight of "the query stands here word for word" serves all queries: a sentence from a description must be found
/// where it stands, however little the title says, while a title quoted by many must not lead to those that quote it. The
/// score of a phrase already grows with the number and the rarity of its words, so a long and rare query gains the most;
/// what titles and headings hold of the query is set against it on the same scale, see [`scale`].
mod weight {
    /// What the body says, once more: in the first stage it stands back behind title and headings.
    pub const BODY_WORDS: f32 = 0.6;
    pub const BODY_PAIRS: f32 = 0.2;
    pub const TAG: f32 = 1.0;
    /// Two neighbouring words of the query close to each other.
    pub const BODY_NEAR: f32 = 0.5;
    pub const TITLE_NEAR: f32 = 0.65;
    /// The whole query in one stretch.
    pub const BODY_VERBATIM: f32 = 0.9;
    pub const HEADING_VERBATIM: f32 = 2.5;
    pub const TITLE_VERBATIM: f32 = 2.5;
    /// The same by pairs of characters, whatever words the text is cut into.
    pub const BODY_VERBATIM_PAIRS: f32 = 0.2;
    /// Every term in the title, in the headings, in the body; times the query's scale.
    pub const ALL_IN_TITLE: f32 = 2.0;
    pub const ALL_IN_HEADINGS: f32 = 2.1;
    pub const ALL_IN_BODY: f32 = 0.3;
    /// The query is the title.
    pub const TITLE: f32 = 50.0;
}

/// Words that may stand between two neighbours.
const SLOP: u32 = 2;

const DAY: f64 = 86_400_000.0;

/// Orders candidates anew, best first.
pub(crate) fn rescore(
    searcher: &Searcher,
    fields: &Fields,
    plan: &Plan,
    typed: &str,
    candidates: &mut [Candidate],
    views: &Views,
    now: Timestamp,
) -> Result<(), SearchError> {
    // In the order of the index: a scorer only goes forward.
    candidates.sort_unstable_by_key(|candidate| candidate.address);
    let mut scores = vec![0.0; candidates.len()];
    for query in words(fields.body_words, plan) {
        add(searcher, candidates, &*query, 1.0, &mut scores)?;
    }
    let scale = scale(&scores);
    for (candidate, score) in candidates.iter_mut().zip(&scores) {
        candidate.key += f64::from(weight::BODY_WORDS * score);
    }
    scores.fill(0.0);
    for (query, boost) in features(fields, plan, typed, scale) {
        add(searcher, candidates, &*query, boost, &mut scores)?;
    }
    for (candidate, score) in candidates.iter_mut().zip(&scores) {
        candidate.key += f64::from(*score);
    }
    for candidate in candidates.iter_mut() {
        candidate.key *=
            freshness(candidate.published_at, now) * popularity(views.get(&ArticleId(candidate.id)).copied());
        // The last digits depend on the order of additions, which merges change; ties are to be ties.
        candidate.key = (candidate.key * 1e4).round() / 1e4;
    }
    candidates.sort_unstable_by(|one, other| other.order(one));
    Ok(())
}

/// What the query is worth in points: the most that a body earns by its words. It grows with number and rarity of the
/// words as the scores do, so that a bonus in proportion to it means the same for every query and every size of the index.
fn scale(scores: &[f32]) -> f32 {
    scores.iter().copied().fold(1.0, f32::max)
}

/// Adds to each candidate's score what a query gives it. Candidates are in the order of the index.
fn add(
    searcher: &Searcher,
    candidates: &[Candidate],
    query: &dyn Query,
    boost: f32,
    scores: &mut [f32],
) -> Result<(), SearchError> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher)).map_err(SearchError::Read)?;
    let mut scores = scores.iter_mut();
    for segment in candidates.chunk_by(|one, other| one.address.segment_ord == other.address.segment_ord) {
        let reader = searcher.segment_reader(segment[0].address.segment_ord);
        let mut scorer = weight.scorer(reader, boost).map_err(SearchError::Read)?;
        for (candidate, score) in segment.iter().zip(&mut scores) {
            let document = candidate.address.doc_id;
            if scorer.doc() < document {
                scorer.seek(document);
            }
            if scorer.doc() == document {
                *score += scorer.score();
            }
        }
    }
    Ok(())
}

/// Every term of a plan, in a field of words.
fn words(field: Field, plan: &Plan) -> impl Iterator<Item = Box<dyn Query>> {
    plan.terms.iter().filter_map(move |term| Some(phrase(field, [(0, term.spellings.first()?.word.as_str())])))
}

fn features(fields: &Fields, plan: &Plan, typed: &str, scale: f32) -> Vec<(Box<dyn Query>, f32)> {
    let mut features: Vec<(Box<dyn Query>, f32)> = Vec::new();
    let pairs = plan.terms.iter().flat_map(|term| &term.pairs).chain(&plan.crossing_pairs);
    features.extend(pairs.map(|pair| (phrase(fields.body_pairs, [(0, pair.as_str())]), weight::BODY_PAIRS)));
    features.extend(words(fields.tag_words, plan).map(|query| (query, weight::TAG)));
    for sequence in &plan.sequences {
        for pair in sequence.windows(2).filter(|pair| pair[0] != pair[1]) {
            features.push((near(fields.body_words, pair), weight::BODY_NEAR));
            features.push((near(fields.title_words, pair), weight::TITLE_NEAR));
        }
        for (field, boost) in [
            (fields.body_words, weight::BODY_VERBATIM),
            (fields.heading_words, weight::HEADING_VERBATIM),
            (fields.title_words, weight::TITLE_VERBATIM),
        ] {
            let whole = sequence.iter().enumerate().map(|(place, word)| (place, word.as_str()));
            features.push((phrase(field, whole), boost));
        }
    }
    let stretches = plan
        .stretches
        .iter()
        .map(|stretch| phrase(fields.body_pairs, stretch.iter().map(|(place, pair)| (*place, pair.as_str()))));
    let stretches: Vec<_> = stretches.collect();
    if !stretches.is_empty() {
        features.push((Box::new(BooleanQuery::intersection(stretches)), weight::BODY_VERBATIM_PAIRS));
    }
    for (field, boost) in [
        (fields.title_words, weight::ALL_IN_TITLE),
        (fields.heading_words, weight::ALL_IN_HEADINGS),
        (fields.body_words, weight::ALL_IN_BODY),
    ] {
        let all = Box::new(BooleanQuery::intersection(words(field, plan).collect()));
        features.push((Box::new(ConstScoreQuery::new(all, scale)), boost));
    }
    let title = title_key(typed);
    if !title.is_empty() {
        let same = TermQuery::new(IndexTerm::from_field_text(fields.title_exact, &title), IndexRecordOption::Basic);
        features.push((Box::new(ConstScoreQuery::new(Box::new(same), 1.0)), weight::TITLE));
    }
    features
}

fn near(field: Field, words: &[String]) -> Box<dyn Query> {
    let terms = words.iter().map(|word| IndexTerm::from_field_text(field, word)).collect();
    let mut query = PhraseQuery::new(terms);
    query.set_slop(SLOP);
    Box::new(query)
}

/// Up to 1.15 for what is new, falling with the age in days; counted by the day, so that pages stay as they are.
fn freshness(published_at: i64, now: Timestamp) -> f64 {
    let age = ((now.0 as f64 / DAY).floor() - (published_at as f64 / DAY).floor()).max(0.0);
    1.0 + 0.15 * (-age / 540.0).exp()
}

/// Up to 1.25 for what many read.
fn popularity(views: Option<i64>) -> f64 {
    let views = views.unwrap_or(0).max(0) as f64;
    (1.0 + 0.08 * (1.0 + views).log10()).min(1.25)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_and_views_change_little() {
        let now = Timestamp(1_760_000_000_000);
        assert!((freshness(now.0, now) - 1.15).abs() < 1e-9);
        assert!(freshness(0, now) < 1.001);
        assert!((freshness(now.0 + 5_000_000_000, now) - 1.15).abs() < 1e-9);
        assert!((popularity(None) - 1.0).abs() < 1e-9);
        assert!((popularity(Some(i64::MAX)) - 1.25).abs() < 1e-9);
        assert!(popularity(Some(-5)) >= 1.0);
    }
}
