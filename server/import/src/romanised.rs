//! Names for addresses, in Latin letters, of texts in any script.

use pinyin::ToPinyin;
use types::{Handle, Slug};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The handle that belongs to a pen name: its letters, and the pinyin of its characters.
#[must_use]
pub fn handle_for(name: &str) -> Handle {
    romanised(name).into()
}

/// A slug for a text of any script.
pub(crate) fn romanised(text: &str) -> Slug {
    let mut letters = String::new();
    for character in text.chars() {
        match character.to_pinyin() {
            Some(sound) => {
                letters.push(' ');
                letters.push_str(sound.plain());
                letters.push(' ');
            }
            None => character.to_lowercase().for_each(|character| push_bare(character, &mut letters)),
        }
    }
    let fallback = || {
        // No letter is left, as for kana: the sum of the text names it.
        let sum = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Slug::from_text(&format!("a-{sum:x}"))
    };
    Slug::from_text(&letters).or_else(|_| fallback()).unwrap_or_else(|_| unreachable_slug())
}

/// Adds a small letter without what stands above or below it.
fn push_bare(letter: char, letters: &mut String) {
    match letter {
        'æ' => letters.push_str("ae"),
        'œ' => letters.push_str("oe"),
        'ß' => letters.push_str("ss"),
        'ø' => letters.push('o'),
        'đ' | 'ð' => letters.push('d'),
        'ł' => letters.push('l'),
        'ı' => letters.push('i'),
        'þ' => letters.push_str("th"),
        _ => decompose_canonical(letter, |part| {
            if !is_combining_mark(part) {
                letters.push(part);
            }
        }),
    }
}

/// `a` is a slug whatever happens to the rules.
fn unreachable_slug() -> Slug {
    #[allow(clippy::unwrap_used, reason = "a literal")]
    "a".parse().unwrap()
}

#[cfg(test)]
mod tests {
    use super::handle_for;

    #[test]
    fn letters_keep_their_places_without_their_accents() {
        for (name, handle) in [
            ("Sebastián Ramírez", "sebastian-ramirez"),
            ("Łukasz Køhler-Straße", "lukasz-kohler-strasse"),
            ("Nguyễn Đức", "nguyen-duc"),
            ("阮一峰", "ruan-yi-feng"),
            ("İnce", "ince"),
        ] {
            assert_eq!(handle_for(name).as_str(), handle, "{name}");
        }
    }
}
