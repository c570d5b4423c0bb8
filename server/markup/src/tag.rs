//! Tags in HTML that came out of the sanitiser and our own code: values stand in `"`, which they hold only as a reference.

/// How our pictures begin.
pub(crate) const PICTURE: &str = "<img loading=\"lazy\" decoding=\"async\"";

/// The tag with which a text begins, up to its `>`.
pub(crate) fn tag(html: &str) -> &str {
    let mut quoted = false;
    let end = html.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.map_or(html, |end| &html[..end])
}

/// The value of an attribute of a tag, as it is written.
pub(crate) fn value<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, behind) = after.split_once('"')?;
        if before.rsplit(' ').next() == Some(name) {
            return Some(value);
        }
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_values_end_no_tag() {
        let html = "<img alt=\"a > b src=x width=3\" src=\"/y\" title=\"\">text\">";
        let tag = tag(html);
        assert_eq!(tag, "<img alt=\"a > b src=x width=3\" src=\"/y\" title=\"\"");
        assert_eq!((value(tag, "src"), value(tag, "title"), value(tag, "width")), (Some("/y"), Some(""), None));
    }
}
