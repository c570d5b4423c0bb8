//! Sentences, and how wide they are on a screen.

use std::ops::Range;

/// The sentences of a text, each with the white space after it; together they are the text.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let mut at = start;
        while let Some(ahead) = text.as_bytes()[at..].iter().position(|&byte| may_close(byte)) {
            at += ahead;
            let mut rest = text[at..].chars();
            let character = rest.next()?;
            let next = rest.clone().next();
            let closes = match character {
                '。' | '！' | '？' | '；' | '…' => {
                    !next.is_some_and(|next| is_closing(next) || next == character)
                }
                '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
                '\n' => true,
                // A quotation or bracket belongs to the sentence that ends inside it.
                _ => {
                    is_closing(character)
                        && text[..at].ends_with(['。', '！', '？', '；', '…'])
                        && !next.is_some_and(is_closing)
                }
            };
            at += character.len_utf8();
            if closes {
                let sentence = start..text.len() - rest.as_str().trim_start().len();
                start = sentence.end;
                return Some(sentence);
            }
        }
        let rest = start..text.len();
        start = text.len();
        (!rest.is_empty()).then_some(rest)
    })
}

/// Whether a character that may end a sentence begins with this byte. Most of a text is passed over by a look at its bytes.
fn may_close(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | b'\n' | b')' | b']' | 0xe2 | 0xe3 | 0xef)
}

fn is_closing(character: char) -> bool {
    matches!(character, '”' | '’' | '」' | '』' | '）' | '】' | '》' | ')' | ']')
}

/// Columns that a text takes where a Chinese character takes two and a Latin letter one
/// (Unicode Standard Annex 11, simplified).
#[must_use]
pub fn columns(text: &str) -> usize {
    let (mut at, mut columns) = (0, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        let (width, length) = match byte {
            0..0x80 => (1, 1),
            // Most Chinese characters, and nothing else: U+4000 to U+9FFF.
            0xe4..0xea => (2, 3),
            _ => text[at..].chars().next().map_or((0, 1), |character| (width(character), character.len_utf8())),
        };
        at += length;
        columns += width;
    }
    columns
}

/// Columns of one character.
#[must_use]
pub fn width(character: char) -> usize {
    match character {
        '\0'..='\u{2ff}' => 1,
        // The commonest first.
        '\u{4e00}'..='\u{9fff}' => 2,
        _ if continues_character(character) => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}'
        | '…'
        | '—'
        | '“'
        | '”' => 2,
        _ => 1,
    }
}

/// Whether a character must not be parted from the one before it: combining marks, joiners, selectors, skin tones.
#[must_use]
pub fn continues_character(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
            | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200d}' | '\u{20d0}'..='\u{20ff}'
            | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
            | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Whether a text may be cut at this byte without parting what is seen as one character.
#[must_use]
pub fn may_cut(text: &str, at: usize) -> bool {
    let parts_character =
        text.is_char_boundary(at) && (text[at..].starts_with(continues_character) || text[..at].ends_with('\u{200d}'));
    let parts_line_end = text.as_bytes().get(at) == Some(&b'\n') && text.as_bytes()[..at].ends_with(b"\r");
    text.is_char_boundary(at) && !parts_character && !parts_line_end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cuts_after_full_stops() {
        let cut = |text: &'static str| sentences(text).map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(cut("一。二！三"), ["一。", "二！", "三"]);
        assert_eq!(cut("Use 1.5 of node.js. Then stop."), ["Use 1.5 of node.js. ", "Then stop."]);
        assert_eq!(cut("他说：“好。”然后走了……"), ["他说：“好。”", "然后走了……"]);
        assert_eq!(cut("a\nb"), ["a\n", "b"]);
    }

    #[test]
    fn counts_columns() {
        assert_eq!(columns("中文ab"), 6);
        assert_eq!(columns("e\u{301}🦀，"), 5);
    }

    #[test]
    fn every_character_that_may_close_is_looked_at() {
        for character in
            ('\0'..='\u{ffff}').filter(|&character| is_closing(character) || "。！？；….!?\n".contains(character))
        {
            assert!(may_close(character.to_string().as_bytes()[0]), "{character}");
        }
    }

    #[test]
    fn columns_are_the_widths_of_all_characters() {
        for character in '\0'..='\u{3ffff}' {
            assert_eq!(columns(&format!("a{character}中")), 3 + width(character), "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn sentences_tile_the_text(text in ".{0,200}|[a。！”\n\\. 中]{0,80}") {
            let mut at = 0;
            for sentence in sentences(&text) {
                prop_assert!(sentence.start == at && sentence.end > at);
                prop_assert!(text.is_char_boundary(sentence.end));
                at = sentence.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
