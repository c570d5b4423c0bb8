//! Where links and pictures of a Markdown text lead, replaced in the source; every other byte stays.

/// What a destination belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Link,
    Image,
}

/// A destination as it stands in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination<'a> {
    kind: Kind,
    /// As written.
    pub url: &'a str,
}

impl Destination<'_> {
    /// Whether a picture comes from there.
    #[must_use]
    pub fn is_image(&self) -> bool {
        self.kind == Kind::Image
    }
}

/// Replaces the destinations of inline links and pictures, of reference definitions, and of `href` and `src` in raw
/// HTML, for which `replace` gives another; an empty one leads nowhere. Code is left alone.
pub fn rewrite_destinations(markdown: &str, replace: &mut dyn FnMut(Destination<'_>) -> Option<String>) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut fence: Option<&str> = None;
    for line in markdown.split_inclusive('\n') {
        let trimmed = line.trim_start_matches([' ', '\t', '>']);
        let marker = ["```", "~~~"].into_iter().find(|marker| trimmed.starts_with(marker));
        match (fence, marker) {
            (None, Some(marker)) => fence = Some(marker),
            (Some(open), Some(marker))
                if open == marker && trimmed.trim_end().chars().all(|c| marker.starts_with(c)) =>
            {
                fence = None;
            }
            _ => {
                if fence.is_none() {
                    rewrite_line(line, replace, &mut text);
                    continue;
                }
            }
        }
        text.push_str(line);
    }
    text
}

fn rewrite_line(line: &str, replace: &mut dyn FnMut(Destination<'_>) -> Option<String>, text: &mut String) {
    let mut done = 0;
    let mut code: Option<usize> = None;
    let bytes = line.as_bytes();
    let mut at = 0;
    // A definition `[label]: destination`.
    let definition = line.trim_start();
    if definition.starts_with('[')
        && !definition.starts_with("[^")
        && let Some((label, rest)) = definition.split_once("]:")
        && !label.contains(']')
    {
        let start = line.len() - rest.len() + (rest.len() - rest.trim_start().len());
        let url = line[start..].split_whitespace().next().unwrap_or_default();
        // A definition of nothing is none, and its label would become text: it leads to the beginning of the page.
        put(line, &mut done, start, url, (Kind::Link, "#"), replace, text);
        text.push_str(&line[done..]);
        return;
    }
    while at < bytes.len() {
        match bytes[at] {
            b'`' => {
                let run = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
                match code {
                    None => code = line[at + run..].contains(&"`".repeat(run)).then_some(run),
                    Some(open) if open == run => code = None,
                    Some(_) => {}
                }
                at += run;
                continue;
            }
            b']' if code.is_none() && bytes.get(at + 1) == Some(&b'(') => {
                let angle = bytes.get(at + 2) == Some(&b'<');
                let start = at + 2 + usize::from(angle);
                let url = destination(&line[start..], angle);
                let kind = if is_image(&bytes[..at]) { Kind::Image } else { Kind::Link };
                put(line, &mut done, start, url, (kind, if angle { "" } else { "<>" }), replace, text);
                at = start + url.len();
                continue;
            }
            b'=' if code.is_none() && bytes.get(at + 1) == Some(&b'"') => {
                let before = line[..at].to_ascii_lowercase();
                let kind = if before.ends_with(" src") {
                    Some(Kind::Image)
                } else if before.ends_with(" href") {
                    Some(Kind::Link)
                } else {
                    None
                };
                let url = line[at + 2..].split('"').next().unwrap_or_default();
                if let Some(kind) = kind.filter(|_| before.contains('<')) {
                    put(line, &mut done, at + 2, url, (kind, ""), replace, text);
                }
                at += 2 + url.len();
                continue;
            }
            _ => at += 1,
        }
    }
    text.push_str(&line[done..]);
}

/// Adds the source up to a destination, and the destination or what replaces it; the kind comes with how nothing is
/// written there.
fn put(
    line: &str,
    done: &mut usize,
    start: usize,
    url: &str,
    (kind, nothing): (Kind, &str),
    replace: &mut dyn FnMut(Destination<'_>) -> Option<String>,
    text: &mut String,
) {
    if url.is_empty() || start < *done {
        return;
    }
    if let Some(other) = replace(Destination { kind, url }) {
        text.push_str(&line[*done..start]);
        text.push_str(if other.is_empty() { nothing } else { &other });
        *done = start + url.len();
    }
}

/// A destination up to its end: `>` in angle brackets, else white space or the closing parenthesis.
fn destination(text: &str, angle: bool) -> &str {
    if angle {
        return text.split(['>', '\n']).next().unwrap_or_default();
    }
    let mut open = 0_u32;
    for (at, character) in text.char_indices() {
        match character {
            '(' => open += 1,
            ')' if open == 0 => return &text[..at],
            ')' => open -= 1,
            _ if character.is_whitespace() => return &text[..at],
            _ => {}
        }
    }
    text
}

/// Whether the bracket that closes behind these bytes was opened by `![`.
fn is_image(before: &[u8]) -> bool {
    let mut open = 0_u32;
    for at in (0..before.len()).rev() {
        match before[at] {
            b']' => open += 1,
            b'[' if open == 0 => return at > 0 && before[at - 1] == b'!',
            b'[' => open -= 1,
            _ => {}
        }
    }
    false
}
