//! Cuts a text where the script changes.

use crate::technical;
use std::ops::Range;

/// What a run is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Chinese characters.
    Han,
    /// Hiragana and katakana.
    Kana,
    /// Korean syllables.
    Hangul,
    /// Letters, digits and what joins them: one technical token.
    Technical,
    /// Operators between the words.
    Symbols,
}

/// A stretch of a normalised text in one script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it is written in.
    pub script: Script,
    /// Its bytes.
    pub range: Range<usize>,
}

/// The runs of a text; white space and the punctuation of sentences belong to none.
#[derive(Clone, Debug)]
pub struct Runs<'a> {
    text: &'a str,
    at: usize,
}

/// Cuts a normalised text into runs.
#[must_use]
pub fn runs(text: &str) -> Runs<'_> {
    Runs { text, at: 0 }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        loop {
            let start = self.at;
            let first = self.text[start..].chars().next()?;
            let script = script(first);
            self.at = match script {
                // The commonest case first: nothing technical starts with these.
                Some(script @ (Script::Han | Script::Kana | Script::Hangul)) => {
                    self.end_of(start, |_, other| self::script(other) == Some(script))
                }
                _ => match technical::scan(self.text, start) {
                    Some(end) => {
                        self.at = end;
                        return Some(Run { script: Script::Technical, range: start..end });
                    }
                    None if script == Some(Script::Symbols) => self.end_of(start, |at, other| {
                        self::script(other) == Some(Script::Symbols)
                            && (at == start || !technical::starts(self.text, at))
                    }),
                    None => start + first.len_utf8(),
                },
            };
            if let Some(script) = script.filter(|&script| script != Script::Technical) {
                return Some(Run { script, range: start..self.at });
            }
        }
    }
}

impl Runs<'_> {
    /// The first byte at or after `start` whose character does not belong.
    fn end_of(&self, start: usize, belongs: impl Fn(usize, char) -> bool) -> usize {
        let rest = self.text[start..].char_indices();
        rest.map(|(at, character)| (start + at, character))
            .find(|&(at, character)| !belongs(at, character))
            .map_or(self.text.len(), |(at, _)| at)
    }
}

/// The script of a character by itself, where it has one.
#[must_use]
pub fn script(character: char) -> Option<Script> {
    match character {
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '_' => Some(Script::Technical),
        '!' | '#' | '$' | '%' | '&' | '*' | '+' | '-' | '.' | '/' | ':' | '<' | '=' | '>' | '?' | '@' | '\\' | '^'
        | '|' | '~' => Some(Script::Symbols),
        '\0'..='\u{7f}' => None,
        // Punctuation, which is asked for at every second word and would be looked for in the table of all letters.
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => None,
        '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => None,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '々' | '〇' | '\u{20000}'..='\u{323af}' => {
            Some(Script::Han)
        }
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー' => Some(Script::Kana),
        '\u{ac00}'..='\u{d7a3}' => Some(Script::Hangul),
        _ if character.is_alphabetic() => Some(Script::Technical),
        _ => None,
    }
}

/// Whether words of the script are not separated by spaces.
#[must_use]
pub fn is_unspaced(character: char) -> bool {
    matches!(script(character), Some(Script::Han | Script::Kana | Script::Hangul))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(Script, &str)> {
        runs(text).map(|run| (run.script, &text[run.range])).collect()
    }

    #[test]
    fn cuts_at_changes_of_script() {
        use Script::{Han, Hangul, Kana, Symbols, Technical};
        assert_eq!(
            cut("Kibana监控，Elasticsearch 集群"),
            [(Technical, "Kibana"), (Han, "监控"), (Technical, "Elasticsearch"), (Han, "集群")]
        );
        assert_eq!(cut("用 .NET 写"), [(Han, "用"), (Technical, ".NET"), (Han, "写")]);
        assert_eq!(
            cut("x => x?.y && !z"),
            [
                (Technical, "x"),
                (Symbols, "=>"),
                (Technical, "x"),
                (Symbols, "?."),
                (Technical, "y"),
                (Symbols, "&&"),
                (Symbols, "!"),
                (Technical, "z")
            ]
        );
        assert_eq!(cut("カタカナ한국"), [(Kana, "カタカナ"), (Hangul, "한국")]);
        assert_eq!(cut("，。 （）🦀"), []);
    }
}
