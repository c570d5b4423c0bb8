//! Three texts into one: what two writers made of the same beginning.

use serde::{Deserialize, Serialize};
use similar::{DiffOp, TextDiff};
use std::time::Duration;

/// As in [`crate::diff`].
const DEADLINE: Duration = Duration::from_millis(500);

/// A stretch of the merged text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Both agree, or only one changed it.
    Agreed(String),
    /// Both changed the same lines, each in another way.
    Conflict {
        /// As it was.
        base: String,
        /// As the one has it.
        mine: String,
        /// As the other has it.
        theirs: String,
    },
}

/// A merged text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The stretches, in order.
    pub parts: Vec<Part>,
}

impl Merged {
    /// How many stretches somebody has to decide.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part, Part::Conflict { .. })).count()
    }

    /// One text with both wordings of every conflict between marks, so that nothing is lost whatever the writer does next.
    #[must_use]
    pub fn text(&self, mine_label: &str, theirs_label: &str) -> String {
        let mut text = String::new();
        let ended = |text: &mut String| {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
        };
        for part in &self.parts {
            match part {
                Part::Agreed(lines) => text.push_str(lines),
                Part::Conflict { mine, theirs, .. } => {
                    ended(&mut text);
                    text.push_str(&format!("<<<<<<< {mine_label}\n{mine}"));
                    ended(&mut text);
                    text.push_str(&format!("=======\n{theirs}"));
                    ended(&mut text);
                    text.push_str(&format!(">>>>>>> {theirs_label}\n"));
                }
            }
        }
        text
    }
}

/// A stretch of the base, by lines, and what one side has in its place, by lines.
#[derive(Clone, Copy)]
struct Edit {
    base: (usize, usize),
    side: (usize, usize),
}

/// Merges by lines.
#[must_use]
pub fn three(base: &str, mine: &str, theirs: &str) -> Merged {
    let first = TextDiff::configure().timeout(DEADLINE).diff_lines(base, mine);
    let second = TextDiff::configure().timeout(DEADLINE).diff_lines(base, theirs);
    let (lines, mine_lines, their_lines) = (first.old_slices(), first.new_slices(), second.new_slices());
    let mine_edits = edits(first.ops(), lines.len(), mine_lines.len());
    let their_edits = edits(second.ops(), lines.len(), their_lines.len());
    let mut parts = Vec::new();
    let (mut at, mut left, mut right) = (0, 0, 0);
    while left < mine_edits.len() || right < their_edits.len() {
        let start = [mine_edits.get(left), their_edits.get(right)].into_iter().flatten().map(|edit| edit.base.0).min();
        let Some(start) = start else { break };
        // Edits that touch belong together: the stretch grows until neither side has one that begins inside or at its end.
        let (mut end, first_left, first_right) = (start, left, right);
        loop {
            let before = (left, right);
            while let Some(edit) = mine_edits.get(left).filter(|edit| edit.base.0 <= end) {
                end = end.max(edit.base.1);
                left += 1;
            }
            while let Some(edit) = their_edits.get(right).filter(|edit| edit.base.0 <= end) {
                end = end.max(edit.base.1);
                right += 1;
            }
            if before == (left, right) {
                break;
            }
        }
        agree(&mut parts, &lines[at..start].concat());
        let original = lines[start..end].concat();
        let ours = side(lines, mine_lines, &mine_edits[first_left..left], start, end);
        let other = side(lines, their_lines, &their_edits[first_right..right], start, end);
        if ours == other || other == original {
            agree(&mut parts, &ours);
        } else if ours == original {
            agree(&mut parts, &other);
        } else {
            parts.push(Part::Conflict { base: original, mine: ours, theirs: other });
        }
        at = end;
    }
    agree(&mut parts, &lines[at..].concat());
    Merged { parts }
}

/// What lies between the stretches that are equal: only those are sure to be told with the right places on both sides.
fn edits(operations: &[DiffOp], base_lines: usize, side_lines: usize) -> Vec<Edit> {
    let equal = operations.iter().filter_map(|operation| match *operation {
        DiffOp::Equal { old_index, new_index, len } => Some((old_index, new_index, len)),
        _ => None,
    });
    let (mut edits, mut base, mut side) = (Vec::new(), 0, 0);
    for (old, new, length) in equal.chain([(base_lines, side_lines, 0)]) {
        if old > base || new > side {
            edits.push(Edit { base: (base, old), side: (side, new) });
        }
        (base, side) = (old + length, new + length);
    }
    edits
}

/// What one side has in place of a stretch of the base.
fn side(base: &[&str], own: &[&str], edits: &[Edit], start: usize, end: usize) -> String {
    let (mut text, mut at) = (String::new(), start);
    for edit in edits {
        text.push_str(&base[at..edit.base.0].concat());
        text.push_str(&own[edit.side.0..edit.side.1].concat());
        at = edit.base.1;
    }
    text.push_str(&base[at..end].concat());
    text
}

fn agree(parts: &mut Vec<Part>, lines: &str) {
    if lines.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(Part::Agreed(text)) => text.push_str(lines),
        _ => parts.push(Part::Agreed(lines.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn changes_in_different_places_meet() {
        let merged = three("一\n二\n三\n四\n", "一改\n二\n三\n四\n", "一\n二\n三\n四\n五\n");
        assert_eq!(merged.conflicts(), 0);
        assert_eq!(merged.text("", ""), "一改\n二\n三\n四\n五\n");
    }

    #[test]
    fn changes_in_one_place_keep_both_wordings() {
        let merged = three("一\n二\n", "一\n我的\n", "一\n别人的\n");
        assert_eq!(merged.conflicts(), 1);
        assert_eq!(merged.text("本机", "服务器"), "一\n<<<<<<< 本机\n我的\n=======\n别人的\n>>>>>>> 服务器\n");
    }

    #[test]
    fn two_additions_at_one_place_are_a_conflict() {
        assert_eq!(three("一\n", "一\n甲\n", "一\n乙\n").conflicts(), 1);
    }

    proptest! {
        #[test]
        fn one_writer_alone_is_taken_whole(base in "([ab中]\n){0,8}", mine in "([ab中]\n){0,8}") {
            prop_assert_eq!(three(&base, &mine, &base).text("", ""), mine.clone());
            prop_assert_eq!(three(&base, &base, &mine).text("", ""), mine.clone());
            prop_assert_eq!(three(&base, &mine, &mine).text("", ""), mine);
        }

        #[test]
        fn no_line_that_only_one_side_wrote_is_lost(base in "([ab]\n){0,6}", mine in "([abm]\n){0,6}", theirs in "([abt]\n){0,6}") {
            let text = three(&base, &mine, &theirs).text("", "");
            prop_assert!(text.matches('m').count() >= mine.matches('m').count());
            prop_assert!(text.matches('t').count() >= theirs.matches('t').count());
        }
    }
}
