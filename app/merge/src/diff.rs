//! Two texts line by line, with the words that changed inside lines that belong together.

use crate::words::{Span, words};
use serde::{Deserialize, Serialize};
use similar::{DiffOp, TextDiff};
use std::time::Duration;

/// Comparing stops looking for the best answer after this long and takes a good one.
const DEADLINE: Duration = Duration::from_millis(500);

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It is in both texts.
    Same,
    /// It is gone, or was this before.
    Old,
    /// It is new, or is this now.
    New,
}

/// A line of the comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What became of it.
    pub change: Change,
    /// Its text without the line feed, in stretches.
    pub spans: Vec<Span>,
}

/// Every line of both texts in reading order: a changed line stands as it was and then as it is.
#[must_use]
pub fn lines(old: &str, new: &str) -> Vec<Line> {
    let diff = TextDiff::configure().timeout(DEADLINE).diff_lines(old, new);
    let (before, after) = (diff.old_slices(), diff.new_slices());
    let mut lines = Vec::new();
    for operation in diff.ops() {
        match *operation {
            DiffOp::Equal { old_index, len, .. } => {
                lines.extend(before[old_index..old_index + len].iter().map(|line| whole(Change::Same, line, false)));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                lines.extend(before[old_index..old_index + old_len].iter().map(|line| whole(Change::Old, line, true)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                lines.extend(after[new_index..new_index + new_len].iter().map(|line| whole(Change::New, line, true)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (was, is) = (&before[old_index..old_index + old_len], &after[new_index..new_index + new_len]);
                let pairs: Vec<_> = was.iter().zip(is).map(|(was, is)| words(trimmed(was), trimmed(is))).collect();
                let paired = pairs.len();
                let (left, right): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
                lines.extend(left.into_iter().map(|spans| Line { change: Change::Old, spans }));
                lines.extend(was[paired..].iter().map(|line| whole(Change::Old, line, true)));
                lines.extend(right.into_iter().map(|spans| Line { change: Change::New, spans }));
                lines.extend(is[paired..].iter().map(|line| whole(Change::New, line, true)));
            }
        }
    }
    lines
}

fn whole(change: Change, line: &str, changed: bool) -> Line {
    Line { change, spans: vec![Span { text: trimmed(line).to_owned(), changed }] }
}

fn trimmed(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_shows_its_words() {
        let lines = lines("标题\n旧的一句\n尾\n", "标题\n新的一句\n尾\n加\n");
        let shown: Vec<_> = lines
            .iter()
            .map(|line| {
                let text: String = line
                    .spans
                    .iter()
                    .map(|span| if span.changed { format!("[{}]", span.text) } else { span.text.clone() })
                    .collect();
                format!("{:?} {text}", line.change)
            })
            .collect();
        assert_eq!(shown, ["Same 标题", "Old [旧]的一句", "New [新]的一句", "Same 尾", "New [加]"]);
    }
}
