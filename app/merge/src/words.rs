//! What changed inside a line: Latin words as wholes, Chinese character by character.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// Longer texts are compared as wholes: comparing word by word is quadratic at worst.
const MAX_WORDS: usize = 4_000;

/// A stretch of one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether the other side lacks it.
    pub changed: bool,
}

/// Both texts as stretches that are the same and stretches that are not; joined, each side is its text again.
#[must_use]
pub fn words(old: &str, new: &str) -> (Vec<Span>, Vec<Span>) {
    let (before, after) = (split(old), split(new));
    if before.len() > MAX_WORDS || after.len() > MAX_WORDS {
        let whole = |text: &str| vec![Span { text: text.to_owned(), changed: old != new }];
        return (whole(old), whole(new));
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for operation in capture_diff_slices(Algorithm::Myers, &before, &after) {
        for change in operation.iter_changes(&before, &after) {
            let text = change.value();
            match change.tag() {
                ChangeTag::Equal => {
                    push(&mut left, text, false);
                    push(&mut right, text, false);
                }
                ChangeTag::Delete => push(&mut left, text, true),
                ChangeTag::Insert => push(&mut right, text, true),
            }
        }
    }
    (left, right)
}

fn push(spans: &mut Vec<Span>, text: &str, changed: bool) {
    match spans.last_mut() {
        Some(last) if last.changed == changed => last.text.push_str(text),
        _ => spans.push(Span { text: text.to_owned(), changed }),
    }
}

/// Runs of ASCII letters and digits, runs of white space, and every other character alone.
fn split(text: &str) -> Vec<&str> {
    let kind = |character: char| match character {
        _ if character.is_ascii_alphanumeric() || character == '_' => 1,
        _ if character.is_whitespace() => 2,
        _ => 0,
    };
    let mut parts = Vec::new();
    let (mut start, mut before) = (0, 0);
    for (at, character) in text.char_indices() {
        let now = kind(character);
        if at > start && (now == 0 || now != before) {
            parts.push(&text[start..at]);
            start = at;
        }
        before = now;
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(spans: &[Span]) -> String {
        spans.iter().map(|span| if span.changed { format!("[{}]", span.text) } else { span.text.clone() }).collect()
    }

    #[test]
    fn chinese_changes_by_character_and_latin_by_word() {
        for (old, new, left, right) in [
            ("索引很快", "索引不快", "索引[很]快", "索引[不]快"),
            ("use tokio here", "use async here", "use [tokio] here", "use [async] here"),
            ("查 GET_x 状态", "查 GET_y 状态", "查 [GET_x] 状态", "查 [GET_y] 状态"),
            ("", "新", "", "[新]"),
        ] {
            let (before, after) = words(old, new);
            assert_eq!((marked(&before).as_str(), marked(&after).as_str()), (left, right));
        }
    }

    proptest! {
        #[test]
        fn both_sides_stay_whole(old in "[a-c 中文\n]{0,40}", new in "[a-c 中文\n]{0,40}") {
            let (left, right) = words(&old, &new);
            let joined = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
            prop_assert_eq!(joined(&left), old);
            prop_assert_eq!(joined(&right), new);
        }
    }
}
