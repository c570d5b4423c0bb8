//! The figures that later versions must not fall behind.

use crate::score::{Board, Score};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How far a figure may fall before somebody must look: one point.
const TOLERANCE: f64 = 0.01;

/// Compares MRR by kind.
///
/// # Errors
/// One sentence for each kind that fell by more than a point, or when the file cannot be read.
pub fn check(path: &Path, board: &Board) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("reading the baseline {}", path.display()))?;
    let baseline: BTreeMap<String, Score> =
        serde_json::from_str(&text).with_context(|| format!("reading the baseline {}", path.display()))?;
    if baseline.is_empty() {
        bail!(
            "the baseline {} holds no figures yet; write those of this run with: scripts/measure relevance --write-baseline",
            path.display()
        );
    }
    let fallen = fallen(&baseline, |kind| board.score(kind, None).mrr);
    if fallen.is_empty() {
        println!("no kind is more than a point below the baseline");
        return Ok(());
    }
    bail!("{}", fallen.join("\n"))
}

fn fallen(baseline: &BTreeMap<String, Score>, now: impl Fn(&str) -> f64) -> Vec<String> {
    let fell = |(kind, before): (&String, &Score)| {
        let now = now(kind);
        (now < before.mrr - TOLERANCE).then(|| {
            format!("queries of the kind `{kind}` are answered worse than before: MRR@10 is {now:.3}, the baseline is {:.3}", before.mrr)
        })
    };
    baseline.iter().filter_map(fell).collect()
}

/// Writes the figures of a run.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, board: &Board) -> Result<()> {
    let round = |value: f64| (value * 10_000.0).round() / 10_000.0;
    let scores = board.kinds().into_iter().map(|kind| {
        let Score { mrr, ndcg, recall, empty } = board.score(kind, None);
        (kind, Score { mrr: round(mrr), ndcg: round(ndcg), recall: round(recall), empty: round(empty) })
    });
    let text = serde_json::to_string_pretty(&scores.collect::<BTreeMap<_, _>>())? + "\n";
    fs::write(path, text).with_context(|| format!("writing the baseline {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_may_fall_by_a_point_and_no_more() {
        let score = |mrr| Score { mrr, ..Score::default() };
        let baseline = BTreeMap::from([("a".to_owned(), score(0.8)), ("b".to_owned(), score(0.8))]);
        let fallen = fallen(&baseline, |kind| if kind == "a" { 0.795 } else { 0.78 });
        assert_eq!(
            fallen,
            ["queries of the kind `b` are answered worse than before: MRR@10 is 0.780, the baseline is 0.800"]
        );
    }
}
