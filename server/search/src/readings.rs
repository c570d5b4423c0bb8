//! How Chinese is read: pinyin, for people who type letters where they mean characters.
//!
//! Pinyin is never a way to compare texts, only a way to find words: half of all words sound like another one.

use analysis::stop::is_stop_word;
use analysis::{Tokens, View};
use pinyin::{Pinyin, ToPinyinMulti};
use std::collections::BTreeSet;

/// The most readings of one text; characters that could make it more are read in the most frequent way.
const MAX_READINGS: usize = 8;
/// Between a reading and its word in a term of the index.
pub(crate) const SEPARATOR: char = ' ';

/// The readings of a text in letters, the likeliest first; Latin letters and digits stand for themselves, everything else
/// is left out.
pub(crate) fn readings(text: &str) -> Vec<String> {
    let mut readings = vec![String::new()];
    for character in text.chars() {
        let syllables = syllables(character);
        let kept = if readings.len() * syllables.len() > MAX_READINGS { 1 } else { syllables.len() };
        if let Some((first, others)) = syllables[..kept].split_first() {
            let before = readings.clone();
            readings.iter_mut().for_each(|reading| reading.push_str(first));
            readings.extend(
                others.iter().flat_map(|syllable| before.iter().map(move |reading| format!("{reading}{syllable}"))),
            );
        }
    }
    readings.retain(|reading| !reading.is_empty());
    readings
}

/// The first letters of a text's syllables; Latin words stand with their first letter too.
pub(crate) fn initials(text: &str) -> String {
    let mut initials = String::new();
    let mut in_word = false;
    for character in text.chars() {
        let is_latin = character.is_ascii_alphanumeric();
        if !(is_latin && in_word) {
            initials.extend(syllables(character).first().and_then(|syllable| syllable.chars().next()));
        }
        in_word = is_latin;
    }
    initials
}

/// The ways to read a character, without tones, each once; `ü` is typed as `v`.
fn syllables(character: char) -> Vec<String> {
    if character.is_ascii_alphanumeric() {
        return vec![character.to_ascii_lowercase().into()];
    }
    let mut syllables: Vec<String> = Vec::new();
    for reading in character.to_pinyin_multi().into_iter().flatten().map(Pinyin::plain) {
        let letters = reading.replace('ü', "v");
        if letters.bytes().all(|byte| byte.is_ascii_lowercase()) && !syllables.contains(&letters) {
            syllables.push(letters);
        }
    }
    syllables
}

/// The terms that the index keeps of an article's names: for each Chinese word `reading word`, under every reading.
pub(crate) fn terms(normalized: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for text in normalized {
        let mut tokens = Tokens::new(&text, View::Words);
        while let Some(token) = tokens.next() {
            let is_chinese = token.text.starts_with(analysis::runs::is_unspaced);
            if is_chinese && !is_stop_word(token.text) {
                let word = token.text;
                terms.extend(readings(word).into_iter().map(|reading| format!("{reading}{SEPARATOR}{word}")));
            }
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_read_in_every_way() {
        assert_eq!(readings("集群"), ["jiqun"]);
        assert!(readings("重复").contains(&"chongfu".to_owned()) && readings("重复").contains(&"zhongfu".to_owned()));
        assert_eq!(readings("绿")[0], "lv");
        assert_eq!(
            readings("数据ku"),
            readings("数据").iter().map(|reading| format!("{reading}ku")).collect::<Vec<_>>()
        );
        assert!(readings("，！").is_empty());
        assert!(readings(&"重长行乐".repeat(20)).len() <= MAX_READINGS);
        assert_eq!(initials("用 Kibana 监控集群"), "ykjkjq");
    }

    #[test]
    fn words_stand_under_their_readings() {
        let terms = terms(["集群的状态".to_owned()].into_iter());
        assert_eq!(terms.into_iter().collect::<Vec<_>>(), ["jiqun 集群", "zhuangtai 状态"]);
    }
}
