//! Settings: keys with values, as YAML, TOML, INI and property files write them.

use super::{Class, code, syntax::Syntax, writer::Writer};

/// How a kind of settings is written.
#[derive(Debug)]
pub(crate) struct Style {
    /// What stands between a key and its value.
    pub(crate) between: &'static [char],
    /// Whether `[section]` is a heading.
    pub(crate) sections: bool,
    /// What values are made of.
    pub(crate) values: &'static Syntax,
}

pub(super) fn paint(writer: &mut Writer<'_>, text: &str, style: &Style) {
    let mut rest = text;
    while !rest.is_empty() {
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        // The dashes of a list stand before the key.
        let dashes = line[indent..].len() - line[indent..].trim_start_matches("- ").trim_start_matches(' ').len();
        let start = indent + dashes;
        writer.write(&line[..start], None);
        let item = &line[start..];
        if style.sections && item.starts_with('[') {
            let end = item.rfind(']').map_or(item.trim_end().len(), |at| at + 1);
            writer.write(&item[..end], Some(Class::Keyword));
            rest = &rest[start + end..];
            continue;
        }
        let key = key_length(item, style.between);
        if key > 0 {
            writer.write(&item[..key], Some(Class::Type));
        }
        // A value may go on over lines, as strings in three quotes do.
        let behind = &rest[start + key..];
        let taken = code::paint_line(writer, behind, style.values);
        rest = &behind[taken..];
    }
}

/// How many bytes at the start of a line are a key; none where no key stands there.
fn key_length(item: &str, between: &[char]) -> usize {
    let line = item.trim_end_matches(['\n', '\r']);
    if line.starts_with(['#', ';', '!', '[', '{', '|', '>', '&', '*']) {
        return 0;
    }
    let quoted = line.chars().next().filter(|first| matches!(first, '"' | '\''));
    let from = match quoted {
        Some(quote) => line[1..].find(quote).map_or(0, |at| at + 2),
        None => 0,
    };
    let mut position = from;
    while let Some(at) = line[position..].find(between) {
        let at = position + at;
        let behind = line[at + 1..].chars().next();
        // `http://…` and `12:30` have a colon too; a key's is followed by a space or nothing.
        if !line[at..].starts_with(':') || behind.is_none_or(char::is_whitespace) {
            let key = line[..at].trim_end().len();
            // Words behind a quote, or a comment before the sign, make no key.
            return if line[from..at].contains([' ', '"', '#']) && quoted.is_some() || line[..at].contains(" #") {
                0
            } else {
                key
            };
        }
        position = at + 1;
    }
    0
}
