//! Anchors of headings: readable, stable, and each only once.

use std::collections::HashMap;

/// Makes anchors for the headings of one text, in order.
#[derive(Default)]
pub(crate) struct Anchors(HashMap<String, u32>);

impl Anchors {
    /// The anchor of a heading: what its writer chose, else its text in lower case with hyphens, as GitHub does it.
    pub fn anchor(&mut self, text: &str, chosen: Option<&str>) -> String {
        let mut base = String::new();
        for character in chosen.unwrap_or(text).chars() {
            if character.is_alphanumeric() || matches!(character, '-' | '_') {
                base.extend(character.to_lowercase());
            } else if character.is_whitespace() && !base.ends_with('-') {
                base.push('-');
            }
        }
        let base: String = base.trim_matches('-').chars().take(80).collect();
        // Our own elements have ids too.
        let base = if base.is_empty() || matches!(base.as_str(), "main" | "menu" | "find") {
            format!("s-{base}")
        } else {
            base
        };
        let count = self.0.entry(base.clone()).and_modify(|count| *count += 1).or_default();
        let anchor = if *count == 0 { base } else { format!("{base}-{count}") };
        if anchor.starts_with("fn-") || anchor.starts_with("fnref-") { format!("s-{anchor}") } else { anchor }
    }
}

/// A heading's text and the id that its writer gave it at the end: `标题 {#id}`, also with blanks in the braces.
pub(crate) fn chosen_id(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    let chosen = text.strip_suffix('}').and_then(|rest| rest.rsplit_once('{'));
    match chosen.and_then(|(before, inside)| Some((before, inside.trim().strip_prefix('#')?))) {
        Some((before, id)) if !id.is_empty() && !id.contains(char::is_whitespace) => (before.trim_end(), Some(id)),
        _ => (text, None),
    }
}
