//! Checks beside the judged queries: the same query in another spelling must give the same hits, and a slip of the
//! keyboard must not hide the article that was meant.

use crate::corpus::Judged;
use crate::http::Client;
use crate::relevance::ask;
use anyhow::{Result, ensure};
use std::collections::{BTreeMap, HashMap};

/// Queries that are asked in every spelling.
const QUERIES: usize = 50;
/// Words that are misspelt.
const WORDS: usize = 100;
/// Letters of the shortest word that is misspelt.
const SHORTEST: usize = 5;
/// A word in more titles than this means no article in particular.
const MOST_TITLES: usize = 3;
/// Of the misspelt words so many must lead to the article.
const FOUND: f64 = 0.9;

/// Asks and prints.
///
/// # Errors
/// When a spelling changes the hits, or too many slips hide the article.
pub fn run(client: &mut Client, queries: &[Judged], titles: &[String]) -> Result<()> {
    spellings(client, queries)?;
    slips(client, titles)
}

fn spellings(client: &mut Client, queries: &[Judged]) -> Result<()> {
    let traditional = traditional();
    let (mut asked, mut variants, mut differ) = (0, 0, Vec::new());
    for query in queries.iter().map(|judged| judged.query.as_str()) {
        let is_letter = |character: char| character.is_ascii_alphabetic();
        let changed: String =
            query.chars().map(|character| *traditional.get(&character).unwrap_or(&character)).collect();
        if changed == query || !query.contains(is_letter) {
            continue;
        }
        let wide = |character: char| match character {
            // Full-width punctuation is that of sentences and no spelling of a name.
            'a'..='z' | 'A'..='Z' | '0'..='9' => char::from_u32(u32::from(character) + 0xfee0).unwrap_or(character),
            other => other,
        };
        let expected = top_ten(client, query)?;
        // Capitals inside a word separate its parts, so case is changed only where there are none.
        let has_capitals = query.chars().any(|character| character.is_ascii_uppercase());
        let upper = (!has_capitals).then(|| query.to_uppercase());
        for variant in [Some(changed), Some(query.chars().map(wide).collect()), upper].into_iter().flatten() {
            variants += 1;
            if top_ten(client, &variant)? != expected {
                differ.push(variant);
            }
        }
        asked += 1;
        if asked == QUERIES {
            break;
        }
    }
    println!("\n{asked} queries in {variants} other spellings: {} give other hits", differ.len());
    ensure!(differ.is_empty(), "these spellings change the hits: {}", differ.join("; "));
    Ok(())
}

fn slips(client: &mut Client, titles: &[String]) -> Result<()> {
    let mut words: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for title in titles {
        let mut seen: Vec<String> = title
            .split(|character: char| {
                !character.is_ascii_alphanumeric() && !matches!(character, '.' | '-' | '_' | '#' | '+' | '/')
            })
            .map(str::to_lowercase)
            .collect();
        seen.sort_unstable();
        seen.dedup();
        for word in seen {
            if word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                words.entry(word).or_default().push(title);
            }
        }
    }
    words.retain(|_, titles| titles.len() <= MOST_TITLES);
    let step = (words.len() / WORDS).max(1);
    let (mut asked, mut found, mut lost) = (0, 0, Vec::new());
    for (number, (word, meant)) in words.iter().step_by(step).take(WORDS).enumerate() {
        let typed = slip(word, number);
        let hits = ask(client, &typed)?.hits;
        asked += 1;
        if hits.iter().take(3).any(|hit| meant.contains(&hit.title.as_str())) {
            found += 1;
        } else {
            lost.push(format!("{typed} ({word})"));
        }
    }
    println!("{asked} words with one slip: {found} lead to an article of the word in the first three");
    if !lost.is_empty() {
        println!("  not found: {}", lost.join(", "));
    }
    ensure!(f64::from(found) >= f64::from(asked) * FOUND, "too many slips hide the article");
    Ok(())
}

fn top_ten(client: &mut Client, query: &str) -> Result<Vec<String>> {
    Ok(ask(client, query)?.hits.into_iter().map(|hit| hit.slug).collect())
}

/// One slip of the keyboard after the first letter: two letters in the wrong order, one left out, one twice, another one.
fn slip(word: &str, number: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + number % (letters.len() - 2);
    match number % 4 {
        0 if letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = if letters[at] == 'x' { 'y' } else { 'x' },
    }
    letters.into_iter().collect()
}

/// A traditional form for each simplified character that has one.
fn traditional() -> HashMap<char, char> {
    let characters = ('\u{4e00}'..='\u{9fff}').filter_map(|character| {
        let folded = analysis::normalize::fold(character)?;
        (folded != character).then_some((folded, character))
    });
    characters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_changes_a_word_but_not_its_first_letter() {
        for number in 0..40 {
            for word in ["redis", "kubernetes", "xxxxx"] {
                let typed = slip(word, number);
                assert!(typed != word && typed.starts_with(&word[..1]), "{word} {typed}");
            }
        }
    }

    #[test]
    fn traditional_forms_are_read_as_the_simplified_ones() {
        let traditional = traditional();
        assert!(traditional.len() > 1000);
        assert_eq!(traditional.get(&'缓'), Some(&'緩'));
    }
}
