//! The language of a text, for voices, fonts and line breaking.

/// `en` for a text with hardly any Han character, in pages that are Chinese; nothing for all others.
#[must_use]
pub fn language(text: &str) -> Option<&'static str> {
    (text.contains(' ') && !mostly_han(text)).then_some("en")
}

/// Bytes of prose that tell its language.
const TELLING: usize = 8_000;

/// The language of an article's text, by its prose. While a page is hydrated the browser does not have it, and keeps what
/// the server wrote; a text that is code alone is `en` when neither its title nor its summary is Chinese.
#[must_use]
pub fn language_of_text(title: &str, summary: &str, html: &str) -> Option<&'static str> {
    let prose = prose(html);
    if mostly_han(&prose) || prose.contains(' ') {
        return language(&prose);
    }
    let (telling, other) = if summary.contains(' ') { (summary, title) } else { (title, summary) };
    language(telling).filter(|_| !mostly_han(other))
}

/// What the HTML of an article says outside code and formulas, as far as it tells the language.
fn prose(html: &str) -> String {
    let mut prose = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<').filter(|_| prose.len() < TELLING) {
        prose.push_str(before.trim());
        let unread = [("pre", "</pre>"), ("code", "</code>"), ("math", "</math>"), ("figcaption", "</figcaption>")];
        let end = unread.iter().find(|(name, _)| tag.starts_with(name)).map_or(">", |(_, end)| end);
        rest = tag.split_once(end).map_or("", |(_, behind)| behind);
    }
    prose
}

/// One Han character in twenty is enough: Chinese texts are full of commands, and English ones quote a word at most.
fn mostly_han(text: &str) -> bool {
    let is_han = |character: &char| matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    text.chars().filter(is_han).count() * 20 > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::{language, language_of_text};

    #[test]
    fn only_sentences_without_han_are_english() {
        assert_eq!(language("PID 1 in a container"), Some("en"));
        assert_eq!(language("The name of this site, 流光, is a line of an old poem"), Some("en"));
        assert_eq!(language("容器里的 PID 1"), None);
        assert_eq!(language("MySQL"), None);
        assert_eq!(language(""), None);
    }

    #[test]
    fn the_prose_tells_the_language_of_a_text() {
        let code =
            "<figure class=\"code\"><pre tabindex=\"0\"><code>let the language be English here</code></pre></figure>";
        for (title, summary, html, expected) in [
            ("分片要多大", "分片要多大？", "<p>One shard is <em>enough</em>.</p>", Some("en")),
            ("Sizing shards", "One shard is enough.", "<p>一个分片就够。</p>", None),
            ("分片要多大", "一个就够。", &format!("<p>一个分片 就够。</p>{}", code.repeat(30)), None),
            ("Sizing shards", "How many.", code, Some("en")),
            ("分片要多大", "一个就够。", code, None),
        ] {
            assert_eq!(language_of_text(title, summary, html), expected, "{title}: {html}");
        }
    }

    #[test]
    fn a_text_is_english_when_neither_its_title_nor_its_summary_is_chinese() {
        for (title, summary, expected) in [
            ("Sizing shards", "One shard is enough.", Some("en")),
            ("MySQL", "Where the rows of a table are.", Some("en")),
            ("Sizing shards", "", Some("en")),
            ("Sizing shards", "分片要多大？先看 `GET _cluster/health`。", None),
            ("Sizing shards", "分片要多大？", None),
            ("分片要多大", "One shard is enough.", None),
            ("MySQL", "MySQL", None),
        ] {
            assert_eq!(language_of_text(title, summary, ""), expected, "{title}: {summary}");
        }
    }
}
