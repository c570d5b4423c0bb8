//! What was most likely meant by a query with words that no article holds.

use crate::error::SearchError;
use crate::readings::readings;
use crate::vocabulary::Vocabulary;
use analysis::Normalized;
use analysis::runs::{Run, Script, runs};

/// Letters of the shortest word that is corrected.
const SHORTEST: usize = 4;

/// The query with every unknown word replaced by a known one; `None` where nothing is unknown or nothing better is known.
///
/// Misspelt English becomes the word it is nearest to, and pinyin the word it is read as. Where nothing at all was found,
/// Chinese becomes what sounds the same. Quoted texts, restrictions, numbers and error codes are meant as they stand.
pub(crate) fn correct(
    typed: &str,
    nothing_found: bool,
    vocabulary: &Vocabulary<'_>,
) -> Result<Option<String>, SearchError> {
    let normalized = Normalized::new(typed);
    let text = normalized.text();
    if text.contains(['"', '“', '”', '「']) {
        return Ok(None);
    }
    let mut corrected = String::new();
    let mut at = 0;
    for Run { script, range } in runs(text) {
        let word = text[range.clone()].to_lowercase();
        let better = match script {
            Script::Technical if text[..range.start].ends_with('-') => None,
            Script::Technical => english(&word, vocabulary)?,
            Script::Han if nothing_found => chinese(&word, vocabulary)?,
            _ => None,
        };
        if let Some(better) = better.filter(|better| *better != word) {
            corrected.push_str(&text[at..range.start]);
            corrected.push_str(&better);
            at = range.end;
        }
    }
    if at > 0 {
        corrected.push_str(&text[at..]);
        return Ok(Some(corrected));
    }
    // `ji qun`: one word, typed as input methods show it.
    let letters: String = text.split_whitespace().collect();
    if text.contains(' ') && letters.len() >= SHORTEST {
        return vocabulary.read(&letters.to_lowercase());
    }
    Ok(None)
}

fn english(word: &str, vocabulary: &Vocabulary<'_>) -> Result<Option<String>, SearchError> {
    if word.len() < SHORTEST || !word.bytes().all(|byte| byte.is_ascii_lowercase()) || vocabulary.knows(word)? {
        return Ok(None);
    }
    match vocabulary.read(word)? {
        Some(read) => Ok(Some(read)),
        None => vocabulary.similar(word),
    }
}

fn chinese(word: &str, vocabulary: &Vocabulary<'_>) -> Result<Option<String>, SearchError> {
    for reading in readings(word) {
        if let Some(read) = vocabulary.read(&reading)? {
            return Ok(Some(read));
        }
    }
    Ok(None)
}
