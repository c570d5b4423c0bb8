//! The second stage: puts the best few hundred in order by what is too costly to look at for every match.

use crate::collect::Candidate;
use crate::cores::{cores, on_several_cores};
use crate::document::title_key;
use crate::error::SearchError;
use crate::evidence::{Evidence, Feature, FieldEvidence, Scores};
use crate::lists::Lists;
use crate::plan::Plan;
use crate::schema::Fields;
use crate::search::Views;
use analysis::Normalized;
use tantivy::schema::Field;
use types::{ArticleId, Timestamp};

/// Candidates that are looked at. Re-scoring 30, 100 or 200 gave the same ranking, so 200 leaves room.
pub(crate) const CANDIDATES: usize = 200;
/// Candidates that are worth a core of their own.
const SHARE: usize = 50;

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
    pub const BODY_VERBATIM: f32 = 1.15;
    pub const HEADING_VERBATIM: f32 = 2.5;
    pub const TITLE_VERBATIM: f32 = 2.5;
    /// The same by pairs of characters, whatever words the text is cut into.
    pub const BODY_VERBATIM_PAIRS: f32 = 0.3;
    /// In code, where most Chinese is a comment: on a plateau up to 1.5 for the judged queries, and above that at their cost.
    pub const CODE_VERBATIM_PAIRS: f32 = 1.5;
    /// Every term in the title, in the headings, in the body; times the query's scale.
    pub const ALL_IN_TITLE: f32 = 2.0;
    pub const ALL_IN_HEADINGS: f32 = 2.1;
    pub const ALL_IN_BODY: f32 = 0.3;
    /// The query is the title.
    pub const TITLE: f32 = 50.0;
}

const DAY: f64 = 86_400_000.0;

/// Orders candidates anew, best first.
pub(crate) fn rescore(
    lists: &mut Lists<'_>,
    fields: &Fields,
    plan: &Plan,
    typed: &str,
    candidates: &mut [Candidate],
    views: &Views,
    now: Timestamp,
) -> Result<(), SearchError> {
    // In the order of the index: a list only goes forward.
    candidates.sort_unstable_by_key(|candidate| candidate.address);
    let evidence = features(fields, plan, typed)
        .iter()
        .map(|(field, features)| FieldEvidence::new(lists, *field, features))
        .collect::<Result<Vec<_>, _>>()?;
    let shares: Vec<&[Candidate]> = candidates.chunks(candidates.len().div_ceil(cores()).max(SHARE)).collect();
    let scores = on_several_cores(&shares, 1, |candidates| {
        let mut scores = vec![Scores::default(); candidates.len()];
        evidence.iter().try_for_each(|field| field.add(lists, candidates, &mut scores))?;
        Ok(scores)
    })?;
    let scores = scores.concat();
    // What the query is worth in points: the most that a body earns by its words. It grows with number and rarity of the
    // words as the scores do, so that a bonus in proportion to it means the same for every query and every index.
    let scale = scores.iter().map(|scores| scores.base).fold(1.0, f32::max);
    for (candidate, scores) in candidates.iter_mut().zip(&scores) {
        candidate.key += f64::from(weight::BODY_WORDS * scores.base + scores.points + scale * scores.shares);
        candidate.key *=
            freshness(candidate.published_at, now) * popularity(views.get(&ArticleId(candidate.id)).copied());
        // The last digits depend on the order of additions, which merges change; ties are to be ties.
        candidate.key = (candidate.key * 1e4).round() / 1e4;
    }
    candidates.sort_unstable_by(|one, other| other.order(one));
    Ok(())
}

/// What is looked at, by field.
fn features(fields: &Fields, plan: &Plan, typed: &str) -> Vec<(Field, Vec<Feature>)> {
    let words: Vec<String> = plan.terms.iter().filter_map(|term| Some(term.spellings.first()?.word.clone())).collect();
    let sequences: Vec<Vec<(usize, String)>> =
        plan.sequences.iter().map(|sequence| sequence.iter().cloned().enumerate().collect()).collect();
    let verbatim = |boost| {
        sequences.iter().map(move |sequence| Feature { boost, evidence: Evidence::Verbatim(vec![sequence.clone()]) })
    };
    let near = |boost| {
        let pairs = plan.sequences.iter().flat_map(|sequence| sequence.windows(2)).filter(|pair| pair[0] != pair[1]);
        pairs.map(move |pair| Feature { boost, evidence: Evidence::Near(pair[0].clone(), pair[1].clone()) })
    };
    let all = |boost| Feature { boost, evidence: Evidence::All(words.clone()) };

    let mut body = vec![Feature { boost: 1.0, evidence: Evidence::Base(words.clone()) }, all(weight::ALL_IN_BODY)];
    body.extend(near(weight::BODY_NEAR));
    body.extend(verbatim(weight::BODY_VERBATIM));
    let mut headings = vec![all(weight::ALL_IN_HEADINGS)];
    headings.extend(verbatim(weight::HEADING_VERBATIM));
    let mut title = vec![all(weight::ALL_IN_TITLE)];
    title.extend(near(weight::TITLE_NEAR));
    title.extend(verbatim(weight::TITLE_VERBATIM));
    let pairs = plan.terms.iter().flat_map(|term| &term.pairs).chain(&plan.crossing_pairs);
    let mut body_pairs: Vec<Feature> =
        pairs.map(|pair| Feature { boost: weight::BODY_PAIRS, evidence: Evidence::Word(pair.clone()) }).collect();
    let mut code_pairs = Vec::new();
    if !plan.stretches.is_empty() {
        let verbatim = |boost| Feature { boost, evidence: Evidence::Verbatim(plan.stretches.clone()) };
        body_pairs.push(verbatim(weight::BODY_VERBATIM_PAIRS));
        code_pairs.push(verbatim(weight::CODE_VERBATIM_PAIRS));
    }
    let tags = words.iter().map(|word| Feature { boost: weight::TAG, evidence: Evidence::Word(word.clone()) });
    let key = title_key(Normalized::new(typed).text());
    vec![
        (fields.body_words, body),
        (fields.heading_words, headings),
        (fields.title_words, title),
        (fields.body_pairs, body_pairs),
        (fields.code_pairs, code_pairs),
        (fields.tag_words, tags.collect()),
        (fields.title_exact, vec![Feature { boost: weight::TITLE, evidence: Evidence::Whole(key) }]),
    ]
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
