//! How good a ranking is: MRR, nDCG and recall of the first ten, and how often nothing was found.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::ops::AddAssign;

/// Hits that count.
pub const DEPTH: usize = 10;
/// The kind that stands for all queries together.
pub const ALL: &str = "all";

/// Sums over queries.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    queries: f64,
    reciprocal: f64,
    gain: f64,
    recall: f64,
    empty: f64,
}

/// Means over queries, between 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Mean reciprocal rank of the first relevant hit.
    pub mrr: f64,
    /// Normalised discounted cumulative gain.
    pub ndcg: f64,
    /// Share of the relevant articles that were found.
    pub recall: f64,
    /// Share of the queries without any hit.
    pub empty: f64,
}

/// Sums by kind of query and by half of the queries.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// The two halves of the file: even and odd lines.
    sums: BTreeMap<String, [Sum; 2]>,
}

impl Board {
    /// Counts a query. `number` is its line, from 0.
    pub fn add(&mut self, number: usize, kind: &str, hits: &[i64], relevant: &HashSet<i64>) {
        let sum = Sum::of(hits, relevant);
        for kind in [kind, ALL] {
            self.sums.entry(kind.to_owned()).or_default()[number % 2] += sum;
        }
    }

    /// Every kind, with all queries together at the end.
    pub fn kinds(&self) -> Vec<&str> {
        let (all, mut kinds): (Vec<_>, Vec<_>) = self.sums.keys().map(String::as_str).partition(|kind| *kind == ALL);
        kinds.extend(all);
        kinds
    }

    /// The figures of a kind, of one half of its queries or of both.
    pub fn score(&self, kind: &str, half: Option<usize>) -> Score {
        let mut sum = Sum::default();
        for (number, part) in self.sums.get(kind).into_iter().flatten().enumerate() {
            if half.is_none_or(|half| half == number) {
                sum += *part;
            }
        }
        sum.mean()
    }

    /// How many queries of a kind there are.
    pub fn queries(&self, kind: &str) -> usize {
        self.sums.get(kind).into_iter().flatten().map(|sum| sum.queries as usize).sum()
    }
}

impl Sum {
    fn of(hits: &[i64], relevant: &HashSet<i64>) -> Self {
        let hits = &hits[..hits.len().min(DEPTH)];
        let ranks: Vec<usize> =
            hits.iter().zip(1..).filter(|(hit, _)| relevant.contains(hit)).map(|(_, rank)| rank).collect();
        let gain = |rank: usize| 1.0 / (rank as f64 + 1.0).log2();
        let possible = relevant.len().min(DEPTH);
        let best: f64 = (1..=possible).map(gain).sum();
        Self {
            queries: 1.0,
            reciprocal: ranks.first().map_or(0.0, |&rank| 1.0 / rank as f64),
            gain: if possible == 0 { 0.0 } else { ranks.iter().copied().map(gain).sum::<f64>() / best },
            recall: if possible == 0 { 0.0 } else { ranks.len() as f64 / possible as f64 },
            empty: if hits.is_empty() { 1.0 } else { 0.0 },
        }
    }

    fn mean(self) -> Score {
        let queries = self.queries.max(1.0);
        Score {
            mrr: self.reciprocal / queries,
            ndcg: self.gain / queries,
            recall: self.recall / queries,
            empty: self.empty / queries,
        }
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.queries += other.queries;
        self.reciprocal += other.reciprocal;
        self.gain += other.gain;
        self.recall += other.recall;
        self.empty += other.empty;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_become_figures() {
        let mut board = Board::default();
        board.add(0, "title", &[7, 1, 2], &HashSet::from([1, 2]));
        board.add(1, "title", &[], &HashSet::from([3]));
        let even = board.score("title", Some(0));
        assert_eq!((even.mrr, even.recall, even.empty), (0.5, 1.0, 0.0));
        let expected = (1.0 / 3f64.log2() + 0.5) / (1.0 + 1.0 / 3f64.log2());
        assert!((even.ndcg - expected).abs() < 1e-12);
        let both = board.score(ALL, None);
        assert_eq!((both.mrr, both.recall, both.empty), (0.25, 0.5, 0.5));
        assert_eq!((board.kinds(), board.queries("title")), (vec!["title", "all"], 2));
    }

    #[test]
    fn only_the_first_ten_count() {
        let mut board = Board::default();
        board.add(0, "x", &(0..20).collect::<Vec<_>>(), &HashSet::from([10]));
        assert_eq!(board.score("x", None).mrr, 0.0);
    }
}
