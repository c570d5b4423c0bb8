//! The language of a text, for voices, fonts and line breaking.

/// `en` for a text without any Han character, in pages that are Chinese; nothing for all others.
#[must_use]
pub fn language(text: &str) -> Option<&'static str> {
    let han = text.chars().any(|character| matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'));
    (!han && text.contains(' ')).then_some("en")
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn only_sentences_without_han_are_english() {
        assert_eq!(language("PID 1 in a container"), Some("en"));
        assert_eq!(language("容器里的 PID 1"), None);
        assert_eq!(language("MySQL"), None);
    }
}
