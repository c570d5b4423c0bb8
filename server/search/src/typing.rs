//! How far a typed word is from another one: letters left out, added, changed, or in the wrong order.

/// The least number of slips between what was typed and a word; with `open_end`, between what was typed and a beginning of
/// the word. `None` when it is more than `limit`.
///
/// The restricted Damerau–Levenshtein distance (<https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance>), row
/// by row; both texts are ASCII.
pub(crate) fn slips(typed: &str, word: &str, limit: usize, open_end: bool) -> Option<usize> {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    if word.len() + limit < typed.len() || (!open_end && typed.len() + limit < word.len()) {
        return None;
    }
    // What lies further on than this cannot be reached with so many slips.
    let word = &word[..word.len().min(typed.len() + limit)];
    let mut before_last = vec![0; word.len() + 1];
    let mut last: Vec<usize> = (0..=word.len()).collect();
    let mut row = vec![0; word.len() + 1];
    for (i, letter) in typed.iter().enumerate() {
        row[0] = i + 1;
        for (j, other) in word.iter().enumerate() {
            let changed = last[j] + usize::from(letter != other);
            row[j + 1] = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == word[j - 1] && typed[i - 1] == *other {
                row[j + 1] = row[j + 1].min(before_last[j - 1] + 1);
            }
        }
        if row.iter().all(|slips| *slips > limit) {
            return None;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    let slips = if open_end { last.iter().copied().min() } else { last.last().copied() };
    slips.filter(|slips| *slips <= limit)
}

/// How many slips a word of so many letters may have and still be known; short words are too near to each other.
pub(crate) fn allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_slips() {
        for (typed, word, expected) in [
            ("redis", "redis", Some(0)),
            ("rdeis", "redis", Some(1)),
            ("reds", "redis", Some(1)),
            ("rediss", "redis", Some(1)),
            ("redit", "redis", Some(1)),
            ("kuberntes", "kubernetes", Some(1)),
            ("mysql", "redis", None),
            ("a", "abcdef", None),
        ] {
            assert_eq!(slips(typed, word, 2, false), expected, "{typed} {word}");
        }
        assert_eq!(slips("kubrn", "kubernetes", 1, true), Some(1));
        assert_eq!(slips("kubrn", "kubernetes", 1, false), None);
    }
}
