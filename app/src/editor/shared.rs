//! What other applications share with the installed site, as the beginning of a text (`share_target` of the manifest).

use crate::parameters::Parameters;
use types::DraftFields;

/// The fields of a new text, when the address of the editor carries something: a reprint where there is a link, of which
/// title and source are known then; otherwise a text of one's own.
#[must_use]
pub fn shared(parameters: &Parameters) -> Option<DraftFields> {
    let given = |name| parameters.get(name).unwrap_or_default().trim();
    let (title, text) = (given("title"), given("text"));
    // Android hands the link over inside the text.
    let link = [given("url")].into_iter().chain(text.split_whitespace()).find(|word| is_link(word)).unwrap_or_default();
    let words = if link.is_empty() { text.to_owned() } else { text.replacen(link, "", 1).trim().to_owned() };
    let body = if words == title { String::new() } else { words };
    if [title, link, &body].iter().all(|part| part.is_empty()) {
        return None;
    }
    let (kind, source_title) = if link.is_empty() { ("original", "") } else { ("reprint", title) };
    let fields = DraftFields {
        title: title.to_owned(),
        body,
        kind: kind.to_owned(),
        source_title: source_title.to_owned(),
        source_url: link.to_owned(),
        ..DraftFields::default()
    };
    Some(fields.cleaned())
}

fn is_link(word: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| word.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(query: &str) -> Option<[String; 5]> {
        let fields = shared(&Parameters::read(query))?;
        Some([fields.kind, fields.title, fields.source_title, fields.source_url, fields.body])
    }

    #[test]
    fn a_link_becomes_a_reprint() {
        let reprint =
            |title: &str, url: &str, body: &str| Some(["reprint", title, title, url, body].map(str::to_owned));
        assert_eq!(
            fields("title=%E7%B4%A2%E5%BC%95&url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1%26c"),
            reprint("索引", "https://example.org/a?b=1&c", "")
        );
        // As browsers on Android share a page, and as other applications do.
        assert_eq!(fields("title=t&text=https%3A%2F%2Fexample.org%2F"), reprint("t", "https://example.org/", ""));
        assert_eq!(
            fields("title=t&text=see+https%3A%2F%2Fexample.org%2F+now"),
            reprint("t", "https://example.org/", "see  now")
        );
        assert_eq!(fields("title=t&text=t&url=HTTP%3A%2F%2Fexample.org"), reprint("t", "HTTP://example.org", ""));
    }

    #[test]
    fn words_without_a_link_are_a_text_of_ones_own() {
        assert_eq!(fields("text=a%0Ab"), Some(["original", "", "", "", "a\nb"].map(str::to_owned)));
        assert_eq!(fields("title=t&url=javascript%3Aalert(1)"), Some(["original", "t", "", "", ""].map(str::to_owned)));
        for nothing in ["", "title=&text=&url=", "view=side&q=x"] {
            assert_eq!(fields(nothing), None);
        }
    }
}
