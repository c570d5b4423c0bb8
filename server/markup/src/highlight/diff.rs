//! Differences: what came, what went, and where.

use super::{Class, writer::Writer};

pub(super) fn paint(writer: &mut Writer<'_>, code: &str) {
    for line in code.split_inclusive('\n') {
        let class = match line.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => Some(Class::Type),
            [b'+', ..] => Some(Class::String),
            [b'-', ..] => Some(Class::Keyword),
            [b'@', b'@', ..] => Some(Class::Function),
            _ if ["diff ", "index ", "Index: ", "new file", "deleted file"]
                .iter()
                .any(|word| line.starts_with(word)) =>
            {
                Some(Class::Comment)
            }
            _ => None,
        };
        writer.write(line, class);
    }
}
