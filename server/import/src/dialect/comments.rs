//! HTML comments: some projects keep the whole original of a translation in them.

use super::Fence;

/// The text without comments; those inside code stay.
pub(super) fn dropped(text: &str) -> String {
    if !text.contains("<!--") {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut fence = Fence::default();
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        if !inside && fence.is_code(line.trim_end_matches('\n')) {
            kept.push_str(line);
            continue;
        }
        let before = kept.len();
        let mut dropped_here = inside;
        loop {
            if inside {
                match rest.split_once("-->") {
                    Some((_, behind)) => {
                        inside = false;
                        rest = behind;
                    }
                    None => break,
                }
            } else {
                match start(rest) {
                    Some(at) => {
                        kept.push_str(&rest[..at]);
                        rest = &rest[at + 4..];
                        inside = true;
                        dropped_here = true;
                    }
                    None => {
                        kept.push_str(rest);
                        break;
                    }
                }
            }
        }
        if inside && kept.len() > before && !kept.ends_with('\n') {
            kept.push('\n');
        }
        // A line of which only white space is left would split a list or a table.
        if dropped_here && kept[before..].trim().is_empty() {
            kept.truncate(before);
        }
    }
    kept
}

/// Where a comment begins, outside code spans.
fn start(line: &str) -> Option<usize> {
    line.match_indices("<!--").map(|(at, _)| at).find(|at| line[..*at].matches('`').count().is_multiple_of(2))
}

#[cfg(test)]
mod tests {
    use super::dropped;

    #[test]
    fn drops_comments_and_keeps_code() {
        for (text, kept) in [
            ("a<!-- b -->c\n", "ac\n"),
            ("<!--\nEnglish\n\nmore -->\n中文\n", "中文\n"),
            ("```\n<!-- kept -->\n```\n", "```\n<!-- kept -->\n```\n"),
            ("`<!-- kept -->` <!-- gone -->\n", "`<!-- kept -->` \n"),
            ("<!-- one --> <!-- two -->text <!-- three\nmore --> end\n", " text \n end\n"),
            ("<!--\n```\ncode in a comment\n-->\nafter\n", "after\n"),
        ] {
            assert_eq!(dropped(text), kept, "{text:?}");
        }
    }
}
