//! Takes plural, `-ing` and `-ed` endings off plain English words.

/// Words that end like an inflected one and are none, or that would meet another word.
const WHOLE: [&str; 14] = [
    "https",
    "windows",
    "embed",
    "news",
    "postgres",
    "pandas",
    "jenkins",
    "during",
    "nothing",
    "something",
    "anything",
    "everything",
    "always",
    "series",
];

/// Writes the stem of a lower-case word and tells whether it differs from the word. Only words of four or more letters
/// `a` to `z` have one.
///
/// The plural rules are Donna Harman's S-stemmer ("How effective is suffixing?", JASIS 42, 1991); the endings `-ing` and
/// `-ed` follow step 1b of M. F. Porter ("An algorithm for suffix stripping", Program 14, 1980) and give a dropped `e`
/// back where the letter before almost always had one.
#[must_use]
pub fn stem(word: &str, buffer: &mut String) -> bool {
    buffer.clear();
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) || WHOLE.contains(&word) {
        return false;
    }
    if let Some(singular) = singular(word) {
        buffer.push_str(&word[..singular.0]);
        buffer.push_str(singular.1);
    } else if let Some(root) = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")) {
        if root.len() < 3 || !root.bytes().any(is_vowel) || root.ends_with('e') {
            return false;
        }
        buffer.push_str(root);
        repair(buffer);
    } else {
        return false;
    }
    true
}

fn singular(word: &str) -> Option<(usize, &'static str)> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if word.ends_with("ies") && !ends(&["eies", "aies"]) && word.len() > 4 {
        Some((word.len() - 3, "y"))
    } else if ends(&["sses", "ches", "shes", "xes", "zes"]) {
        // `caches` is the plural of `cache`, `matches` that of `match`.
        Some((word.len() - if word.ends_with("aches") { 1 } else { 2 }, ""))
    } else if word.ends_with('s') && !ends(&["us", "ss", "is", "as", "os", "js"]) {
        Some((word.len() - 1, ""))
    } else {
        None
    }
}

/// Gives `runn` its `run` back, `cach` its `cache` and `merg` its `merge`.
fn repair(root: &mut String) {
    let bytes = root.as_bytes();
    let [.., before, last] = bytes else { return };
    let (before, last) = (*before, *last);
    if before == last && !matches!(last, b'l' | b's' | b'z') {
        root.pop();
        return;
    }
    let dropped = match last {
        b'c' | b'v' | b'u' | b'z' => true,
        b'g' => before != b'n' || root.ends_with("ang"),
        b's' => before != b's' && before != b'u',
        b't' => matches!(before, b'a' | b'u'),
        b'h' => root.ends_with("ach") && !root.ends_with("each"),
        b'l' => matches!(before, b'b' | b'd' | b'g' | b'p' | b't'),
        b'r' => matches!(before, b'u' | b'a' | b'i') && bytes.len() > 3 && !is_vowel(bytes[bytes.len() - 3]),
        _ => false,
    };
    if dropped {
        root.push('e');
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (word, expected) in [
            ("clusters", "cluster"),
            ("queries", "query"),
            ("indexes", "index"),
            ("matches", "match"),
            ("caches", "cache"),
            ("cached", "cache"),
            ("caching", "cache"),
            ("running", "run"),
            ("mapped", "map"),
            ("merging", "merge"),
            ("replaced", "replace"),
            ("parsing", "parse"),
            ("logging", "log"),
            ("updated", "update"),
            ("processing", "process"),
            ("processes", "process"),
            ("configuring", "configure"),
            ("enabled", "enable"),
            ("distributed", "distribute"),
            ("indexed", "index"),
        ] {
            let mut stemmed = String::new();
            assert!(stem(word, &mut stemmed), "{word}");
            assert_eq!(stemmed, expected, "{word}");
        }
    }

    #[test]
    fn other_words_stay() {
        for word in [
            "redis", "nodejs", "https", "string", "spring", "speed", "need", "class", "status", "node", "less", "css",
            "was", "Users", "c++", "embed",
        ] {
            assert!(!stem(word, &mut String::new()), "{word}");
        }
    }
}
