//! Limits before anything slow: parsers are quick with nearly every input, sanitisers are not.
//!
//! Measured with a pulldown-cmark and ammonia pair: 45 kB of `- - -` took 25 s, 250 kB of `<div>` 15 s. So nesting and raw
//! tags are bounded on the input; what is beyond the bounds is shown as text.

use std::borrow::Cow;
use std::collections::HashMap;

/// The longest Markdown in bytes.
pub(crate) const MAX_BYTES: usize = 5 * 1024 * 1024;
/// Containers that one line may open.
const MAX_MARKERS: usize = 24;
/// Raw HTML tags in one text; with more of them all are shown as text.
const MAX_TAGS: usize = 5_000;
/// Raw HTML tags that may be open at once.
const MAX_OPEN_TAGS: usize = 100;
/// Brackets of links and emphasis marks in one run; beyond, a run is text.
const MAX_RUN: usize = 200;

/// A text that parsers are quick with.
pub(crate) struct Flattened<'m> {
    /// The text.
    pub text: Cow<'m, str>,
    /// The lines that were changed, by what became of them.
    changed: HashMap<String, &'m str>,
}

/// The text with every line that opens too many containers, and every run of marks that is too long, made harmless.
pub(crate) fn flattened(markdown: &str) -> Flattened<'_> {
    if !markdown.lines().any(|line| markers(line).is_some() || long_run(line)) {
        return Flattened { text: Cow::Borrowed(markdown), changed: HashMap::new() };
    }
    let mut text = String::with_capacity(markdown.len() + 64);
    let mut changed = HashMap::new();
    for line in markdown.split_inclusive('\n') {
        let from = text.len();
        match markers(line) {
            // A code span keeps what stands behind the last marker that counts as it is.
            Some(at) => {
                text.push_str(&line[..at]);
                push_escaped(&mut text, &line[at..]);
            }
            None if long_run(line) => push_escaped(&mut text, line),
            None => {
                text.push_str(line);
                continue;
            }
        }
        changed.insert(text[from..].trim().to_owned(), line.trim());
    }
    Flattened { text: Cow::Owned(text), changed }
}

impl Flattened<'_> {
    /// Whether a line was changed.
    pub fn is_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Code as its author wrote it: in code a mark is a mark, however many there are, and nothing had to be escaped.
    pub fn restored(&self, code: &str) -> String {
        let mut restored = String::with_capacity(code.len());
        for line in code.split_inclusive('\n') {
            let content = line.trim();
            match self.changed.get(content) {
                Some(original) => restored.push_str(&line.replacen(content, original, 1)),
                None => restored.push_str(line),
            }
        }
        restored
    }
}

/// Where the markers of a line pass the bound.
fn markers(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' => at += 1,
            b'>' => {
                count += 1;
                at += 1;
            }
            b'-' | b'*' | b'+' if matches!(bytes.get(at + 1), Some(b' ' | b'\t')) => {
                count += 1;
                at += 2;
            }
            b'0'..=b'9' if matches!(bytes.get(at + 1), Some(b'.' | b')')) && bytes.get(at + 2) == Some(&b' ') => {
                count += 1;
                at += 3;
            }
            _ => return None,
        }
        if count > MAX_MARKERS {
            return Some(at);
        }
    }
    None
}

/// Whether a line holds a run of brackets or marks that no writer needs.
fn long_run(line: &str) -> bool {
    let mut run = 0;
    for byte in line.bytes() {
        if matches!(byte, b'[' | b']' | b'!' | b'*' | b'_' | b'~' | b'(' | b'$' | b'`' | b'<') {
            run += 1;
            if run > MAX_RUN {
                return true;
            }
        } else if byte != b' ' {
            run = 0;
        }
    }
    false
}

/// The text with every character escaped that could mean something.
fn push_escaped(text: &mut String, line: &str) {
    for character in line.chars() {
        if character.is_ascii_punctuation() {
            text.push('\\');
        }
        text.push(character);
    }
}

/// Whether the raw tags are more, or more deeply nested, than the sanitiser should be given.
pub(crate) fn too_many_tags(markdown: &str) -> bool {
    let (mut tags, mut open) = (0_usize, 0_usize);
    let bytes = markdown.as_bytes();
    for (at, _) in markdown.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => open = open.saturating_sub(1),
            Some(next) if next.is_ascii_alphabetic() => {
                tags += 1;
                open += 1;
            }
            _ => continue,
        }
        if tags > MAX_TAGS || (open > MAX_OPEN_TAGS && tags > 4 * MAX_OPEN_TAGS) {
            return true;
        }
    }
    false
}
