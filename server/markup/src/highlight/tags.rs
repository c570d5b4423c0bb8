//! HTML, XML and what is built like them: tags, attributes, and the scripts and styles inside.

use super::{Class, code, languages, writer::Writer};

pub(super) fn paint(writer: &mut Writer<'_>, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        writer.write(&rest[..at], None);
        rest = &rest[at..];
        let marked =
            [("<!--", "-->", Class::Comment), ("<![CDATA[", "]]>", Class::String), ("<!", ">", Class::Keyword)];
        if let Some((open, close, class)) = marked.into_iter().find(|(open, ..)| rest.starts_with(open)) {
            let end = rest[open.len()..].find(close).map_or(rest.len(), |end| open.len() + end + close.len());
            writer.write(&rest[..end], Some(class));
            rest = &rest[end..];
            continue;
        }
        let head = if rest.starts_with("</") || rest.starts_with("<?") { 2 } else { 1 };
        let name = name_length(&rest[head..]);
        if name == 0 {
            writer.write(&rest[..head], None);
            rest = &rest[head..];
            continue;
        }
        let element = rest[head..head + name].to_ascii_lowercase();
        writer.write(&rest[..head], None);
        writer.write(&rest[head..head + name], Some(Class::Type));
        let (after, closed) = attributes(writer, &rest[head + name..]);
        rest = after;
        let inside = match element.as_str() {
            "script" => Some(languages::javascript()),
            "style" => Some(languages::css()),
            _ => None,
        };
        if let Some(syntax) = inside.filter(|_| head == 1 && closed) {
            let end = rest.find("</").map_or(rest.len(), |mut end| {
                while !starts_with_name(&rest[end + 2..], &element) {
                    match rest[end + 2..].find("</") {
                        Some(next) => end += 2 + next,
                        None => return rest.len(),
                    }
                }
                end
            });
            code::paint(writer, &rest[..end], syntax);
            rest = &rest[end..];
        }
    }
    writer.write(rest, None);
}

fn starts_with_name(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

fn name_length(text: &str) -> usize {
    if !text.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        return 0;
    }
    text.find(|character: char| !(character.is_alphanumeric() || "-_:.".contains(character))).unwrap_or(text.len())
}

/// Writes what stands in a tag behind its name; returns what comes after it, and whether the tag stays open.
fn attributes<'t>(writer: &mut Writer<'_>, text: &'t str) -> (&'t str, bool) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, class) = match first {
            '>' => {
                writer.write(">", None);
                return (&rest[1..], true);
            }
            // The tag was never closed: what follows is another one.
            '<' => return (rest, false),
            '/' if rest[1..].starts_with('>') => {
                writer.write("/>", None);
                return (&rest[2..], false);
            }
            '"' | '\'' => (rest[1..].find(first).map_or(rest.len(), |end| end + 2), Some(Class::String)),
            _ if first.is_alphabetic() || "@:#_*[(v-".contains(first) => {
                let end = rest.find(|character: char| character.is_whitespace() || "=>\"'/<".contains(character));
                (end.unwrap_or(rest.len()).max(first.len_utf8()), Some(Class::Function))
            }
            _ => (first.len_utf8(), None),
        };
        writer.write(&rest[..length], class);
        rest = &rest[length..];
    }
    (rest, false)
}
