//! The dialects of generators as plain GFM: what they mean stays, their tags go. Code is never touched,
//! but for the colours of terminals.

mod comments;
mod containers;
mod joined;
mod tags;
mod terminal;

/// The text in plain GFM.
pub(crate) fn plain(text: &str) -> String {
    let text = comments::dropped(text);
    let text = terminal::plain(&text);
    let text = joined::tags(&text);
    let text = containers::converted(&text);
    outside_code(&text, tags::converted)
}

/// A summary as text: without tags of its generator, of HTML, and marks of Markdown.
pub(crate) fn summary(text: &str) -> String {
    let text = tags::converted(text).unwrap_or_default();
    let text = terminal::without_tags(&text, &["a", "b", "br", "code", "em", "i", "p", "span", "strong"]);
    crate::title::without_markup(&text)
}

/// Changes lines outside fenced code; `None` drops the line.
pub(super) fn outside_code(text: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut fence = Fence::default();
    for line in text.split('\n') {
        if fence.is_code(line) {
            changed.push_str(line);
        } else {
            match change(line) {
                Some(line) => changed.push_str(&line),
                None => continue,
            }
        }
        changed.push('\n');
    }
    changed
}

/// Follows fences of code from line to line.
#[derive(Default)]
pub(super) struct Fence(Option<(char, usize)>);

impl Fence {
    /// Whether a line belongs to fenced code, its fences included.
    pub fn is_code(&mut self, line: &str) -> bool {
        let trimmed = line.trim_start_matches([' ', '\t', '>']);
        let mark = trimmed.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let length = mark.map_or(0, |mark| trimmed.chars().take_while(|character| *character == mark).count());
        match (self.0, mark) {
            (None, Some(mark)) if length >= 3 && !(mark == '`' && trimmed[length..].contains('`')) => {
                self.0 = Some((mark, length));
                true
            }
            (None, _) => false,
            (Some((open, opened)), Some(mark))
                if open == mark && length >= opened && trimmed[length..].trim().is_empty() =>
            {
                self.0 = None;
                true
            }
            (Some(_), _) => true,
        }
    }
}
