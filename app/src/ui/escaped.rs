//! Text where HTML is written by hand, because Leptos does not escape it there.

/// Escapes a text for the content of an element; not for an attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
