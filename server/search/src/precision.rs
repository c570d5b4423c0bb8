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

/// Weights of the features, tried out on judged queries.
mod weight {
    /// Two neighbouring words of the query close to each other.
    pub const BODY_PAIR: f32 = 0.3;
    pub const HEADING_PAIR: f32 = 0.3;
    pub const TITLE_PAIR: f32 = 0.6;
    /// The whole query in one stretch. The score of a phrase is the sum of its words' rarities, so long and rare
    /// queries gain the most.
    pub const BODY_VERBATIM: f32 = 0.6;
    pub const HEADING_VERBATIM: f32 = 0.6;
    pub const TITLE_VERBATIM: f32 = 0.6;
    /// Every term in the title.
    pub const ALL_IN_TITLE: f32 = 0.5;
    /// The query is the title.
    pub const TITLE: f32 = 20.0;
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
    for (query, boost) in features(fields, plan, typed) {
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher)).map_err(SearchError::Read)?;
        for segment in candidates.chunk_by_mut(|one, other| one.address.segment_ord == other.address.segment_ord) {
            let reader = searcher.segment_reader(segment[0].address.segment_ord);
            let mut scorer = weight.scorer(reader, 1.0).map_err(SearchError::Read)?;
            for candidate in segment {
                let document = candidate.address.doc_id;
                if scorer.doc() < document {
                    scorer.seek(document);
                }
                if scorer.doc() == document {
                    candidate.key += f64::from(boost * scorer.score());
                }
            }
        }
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

fn features(fields: &Fields, plan: &Plan, typed: &str) -> Vec<(Box<dyn Query>, f32)> {
    let mut features: Vec<(Box<dyn Query>, f32)> = Vec::new();
    for sequence in &plan.sequences {
        for pair in sequence.windows(2).filter(|pair| pair[0] != pair[1]) {
            for (field, boost) in [
                (fields.body_words, weight::BODY_PAIR),
                (fields.heading_words, weight::HEADING_PAIR),
                (fields.title_words, weight::TITLE_PAIR),
            ] {
                features.push((near(field, pair), boost));
            }
        }
        if sequence.len() >= 2 {
            for (field, boost) in [
                (fields.body_words, weight::BODY_VERBATIM),
                (fields.heading_words, weight::HEADING_VERBATIM),
                (fields.title_words, weight::TITLE_VERBATIM),
            ] {
                features.push((
                    phrase(field, sequence.iter().enumerate().map(|(place, word)| (place, word.as_str()))),
                    boost,
                ));
            }
        }
    }
    let in_title = plan
        .terms
        .iter()
        .map(|term| phrase(fields.title_words, term.spellings.first().map(|form| (0, form.word.as_str()))));
    features.push((Box::new(BooleanQuery::intersection(in_title.collect())), weight::ALL_IN_TITLE));
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
