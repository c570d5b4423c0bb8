//! Text where HTML is written by hand, because Leptos does not escape it there.

/// Escapes a text for the content of an element, or for an attribute in double quotes.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(&mut html, text);
    html
}

/// Writes a text as [`escaped`] does.
pub fn push_escaped(html: &mut String, text: &str) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[written..at]);
        html.push_str(reference);
        written = at + 1;
    }
    html.push_str(&text[written..]);
}
