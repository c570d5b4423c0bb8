//! Terminals of FastAPI's pages: code within `<div class="termy">` is coloured by tags, which no other page reads.

use super::Fence;

/// The text with the code of terminals as plain text.
pub(super) fn plain(text: &str) -> String {
    if !text.contains("class=\"termy\"") {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let (mut fence, mut inside) = (Fence::default(), false);
    for line in text.split_inclusive('\n') {
        let code = fence.is_code(line.trim_end_matches('\n'));
        if !code && line.contains("<div") {
            inside = line.contains("class=\"termy\"");
        } else if !code && line.contains("</div>") {
            inside = false;
        }
        if code && inside {
            plain.push_str(&without_tags(line, &["span", "font", "b", "u", "i"]));
        } else {
            plain.push_str(line);
        }
    }
    plain
}

/// A text without the tags of these names.
pub(crate) fn without_tags(text: &str, names: &[&str]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        left.push_str(&rest[..at]);
        rest = &rest[at..];
        let inside = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
        let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let end = rest.find('>').filter(|_| names.contains(&&inside[..length]));
        let end = end.filter(|_| inside[length..].starts_with([' ', '>', '/']));
        if end.is_none() {
            left.push('<');
        }
        rest = &rest[end.map_or(1, |end| end + 1)..];
    }
    left.push_str(rest);
    left
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn terminals_lose_their_colours_and_other_code_stays() {
        let terminal = "<div class=\"termy\">\n\n```console\n$ <font color=\"#4E9A06\">run</font> <u style=\"a\">x</u> <name> < y\n```\n\n</div>\n";
        let other = "```html\n<span style=\"color: red\">x</span>\n```\n";
        assert_eq!(
            plain(&format!("{terminal}{other}")),
            format!("<div class=\"termy\">\n\n```console\n$ run x <name> < y\n```\n\n</div>\n{other}")
        );
    }
}
