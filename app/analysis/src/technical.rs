//! Reads what technical texts write in Latin letters: `c++`, `.net`, `node.js`, `http/2`, `getUserById`, paths,
//! error codes and versions. A token is found whole, longest match first; its useful parts come after it.

use crate::normalize::lower;
use crate::runs::{Script, script};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A token longer than this many bytes is cut: nobody searches for a whole data URL.
const MAX_SCAN: usize = 200;
/// Longer forms than this many bytes are not worth a term; their parts are.
const MAX_FORM: usize = 64;

/// The end of the technical token that starts at this byte of a normalised text, if one does.
#[must_use]
pub fn scan(text: &str, start: usize) -> Option<usize> {
    if !starts(text, start) {
        return None;
    }
    let mut at = start;
    // What `starts` allows before the first letter or digit.
    at += text[at..].bytes().take_while(|byte| matches!(byte, b'.' | b'/')).count();
    loop {
        let atom = at;
        at += text[at..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        if text.as_bytes().get(at).is_some_and(|byte| !byte.is_ascii()) {
            let mut rest = text[at..].char_indices();
            at += rest.find(|&(_, character)| !is_atom(character)).map_or(text.len() - at, |(end, _)| end);
        }
        at = sharps(text, atom, at);
        if at - start >= MAX_SCAN {
            return Some(text.floor_char_boundary(start + MAX_SCAN));
        }
        match connector(text, at) {
            0 => return Some(at),
            length => at += length,
        }
    }
}

/// Whether a technical token starts at this byte.
#[must_use]
pub fn starts(text: &str, at: usize) -> bool {
    let mut following = text[at..].chars();
    let Some(first) = following.next() else { return false };
    if !matches!(first, '.' | '/') {
        return is_atom(first);
    }
    let (second, third) = (following.next(), following.next());
    let before = text[..at].chars().next_back();
    let free = !before.is_some_and(is_atom);
    match first {
        '.' => {
            second.is_some_and(char::is_alphabetic)
                && second.is_some_and(is_atom)
                && free
                && !before.is_some_and(is_symbol)
        }
        '/' => {
            let named = second.is_some_and(is_atom) || (second == Some('.') && third.is_some_and(is_atom));
            named && free && !before.is_some_and(|before| matches!(before, '<' | '/' | '.' | '*' | '\\'))
        }
        _ => is_atom(first),
    }
}

/// The forms under which a technical token is known, with their bytes in `text`: the whole first, then its parts.
/// Forms are in lower case, at most 64 bytes long, and none is given twice.
pub fn forms(text: &str, range: Range<usize>, mut emit: impl FnMut(&str, Range<usize>)) {
    let token = &text[range.clone()];
    // Most tokens are a plain word or a number.
    let capitals = token.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    if token.bytes().all(|byte| byte.is_ascii_digit())
        || (!capitals && token.bytes().all(|byte| byte.is_ascii_alphabetic()))
    {
        let mut lowered = [0; MAX_FORM];
        if let Some(lowered) = lowered.get_mut(..token.len()) {
            lowered.copy_from_slice(token.as_bytes());
            lowered.make_ascii_lowercase();
            emit(std::str::from_utf8(lowered).unwrap_or_default(), range);
        }
        return;
    }
    let mut forms = Forms { seen: Vec::new(), emit: &mut emit };
    forms.add(token, range.start);
    for (piece_start, piece) in split(token, |character| matches!(character, '/' | ':' | '@')) {
        let piece_at = range.start + piece_start;
        if piece.contains(['.', '-', '_']) {
            forms.add(piece, piece_at);
        }
        if versions(piece, piece_at, &mut forms) {
            continue;
        }
        for (start, segment) in split(piece, |character| matches!(character, '.' | '-' | '_')) {
            segment_forms(segment, piece_at + start, &mut forms);
        }
    }
    joined(token, range, &mut forms);
}

struct Forms<'e> {
    seen: Vec<Box<str>>,
    emit: &'e mut dyn FnMut(&str, Range<usize>),
}

impl Forms<'_> {
    fn add(&mut self, form: &str, start: usize) {
        self.add_as(form, start..start + form.len());
    }

    fn add_as(&mut self, form: &str, range: Range<usize>) {
        if form.is_empty() || form.len() > MAX_FORM || form.bytes().all(|byte| byte == b'_') {
            return;
        }
        let lowered: Box<str> = form.chars().map(lower).collect::<String>().into();
        if !self.seen.contains(&lowered) {
            (self.emit)(&lowered, range);
            self.seen.push(lowered);
        }
    }
}

/// `v1.2.3` is also `1.2.3` and `1.2`.
fn versions(piece: &str, start: usize, forms: &mut Forms<'_>) -> bool {
    let letter = usize::from(piece.starts_with(['v', 'V']));
    let number = &piece[letter..];
    let mut points = number.match_indices('.').map(|(at, _)| at);
    let digits = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let Some(_) = points.next().filter(|_| digits) else { return false };
    forms.add(number, start + letter);
    forms.add(&number[..points.next().unwrap_or(number.len())], start + letter);
    true
}

fn segment_forms(segment: &str, start: usize, forms: &mut Forms<'_>) {
    let bytes = segment.as_bytes();
    if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) {
        // One or two digits of a longer token say nothing by themselves.
        if bytes.len() >= 3 {
            forms.add(segment, start);
        }
        return;
    }
    forms.add(segment, start);
    let digits = bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let name = &segment[..segment.len() - digits];
    // `Vue3` and `Python27` are also looked for without their version; `E0308`, `S3` and `ES2015` mean something else.
    if (1..=2).contains(&digits) && name.len() >= 3 && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        forms.add(name, start);
    }
    // `C++17` and `C#8`.
    if digits > 0 && name.ends_with(['+', '#']) {
        forms.add(name, start);
    }
    capitals(segment, start, forms);
}

/// `getUserById` is get, user, by, id; `XMLHttpRequest` is xml, http, request. Names such as `JavaScript` stay whole.
fn capitals(segment: &str, start: usize, forms: &mut Forms<'_>) {
    let is_mixed = segment.bytes().any(|byte| byte.is_ascii_lowercase())
        && segment.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    if !is_mixed || segment.len() > MAX_FORM || NAMES.contains(segment.to_ascii_lowercase().as_str()) {
        return;
    }
    let characters: Vec<(usize, char)> = segment.char_indices().collect();
    let mut word = 0;
    for index in 1..characters.len() {
        let (at, character) = characters[index];
        let after_small = !characters[index - 1].1.is_uppercase();
        let before_small = characters.get(index + 1).is_some_and(|&(_, next)| next.is_lowercase());
        if character.is_uppercase() && (after_small || before_small) {
            forms.add(&segment[word..at], start + word);
            word = at;
        }
    }
    if word > 0 {
        forms.add(&segment[word..], start + word);
    }
}

/// `Node.js` is also written `nodejs`, `HTTP/2` also `http2`, `UTF-8` also `utf8`.
fn joined(token: &str, range: Range<usize>, forms: &mut Forms<'_>) {
    let Some((first, second)) = token.split_once(['.', '/', '-']) else { return };
    let letters = first.len() >= 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let suffix = token[first.len()..].starts_with('.')
        && ["js", "net", "io"].iter().any(|known| second.eq_ignore_ascii_case(known));
    let number = (1..=3).contains(&second.len()) && second.bytes().all(|byte| byte.is_ascii_digit());
    if letters && (suffix || number) {
        forms.add_as(&format!("{first}{second}"), range);
    }
}

fn split(text: &str, is_separator: impl Fn(char) -> bool) -> impl Iterator<Item = (usize, &str)> {
    text.split(is_separator)
        .map(|part| (part.as_ptr() as usize - text.as_ptr() as usize, part))
        .filter(|(_, part)| !part.is_empty())
}

/// The end of an atom with what makes it another word: `c++`, `g++`, `c++17`, `c#`, `f#`.
fn sharps(text: &str, start: usize, end: usize) -> usize {
    let atom = &text[start..end];
    let rest = &text[end..];
    let length = if !atom.is_empty() && rest.starts_with("++") && atom.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        2
    } else if atom.len() == 1 && rest.starts_with('#') && atom.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        1
    } else {
        return end;
    };
    let after = &rest[length..];
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let free = !after[digits..].chars().next().is_some_and(is_atom);
    if free { end + length + digits } else { end }
}

/// Bytes at this place that join one atom to the next.
fn connector(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let continues = |length: usize| rest[length..].chars().next().is_some_and(is_atom);
    let candidates: &[&str] = match rest.as_bytes().first() {
        Some(b'.') => &["."],
        Some(b'-') => &["-"],
        Some(b'@') => &["@"],
        Some(b'/') => &["/.", "/"],
        Some(b':') => &["://", "::", ":"],
        _ => return 0,
    };
    for candidate in candidates {
        let joins = rest.starts_with(candidate) && continues(candidate.len());
        // A single colon joins a host and a port, a time; elsewhere it is punctuation.
        if joins && (*candidate != ":" || rest[1..].starts_with(|character: char| character.is_ascii_digit())) {
            return candidate.len();
        }
    }
    0
}

/// Whether a technical token can hold this character as a letter or a digit.
pub(crate) fn is_atom(character: char) -> bool {
    // Combining marks belong to the letter before them.
    script(character) == Some(Script::Technical) || matches!(character, '\u{300}'..='\u{36f}')
}

fn is_symbol(character: char) -> bool {
    script(character) == Some(Script::Symbols)
}

/// Names whose capitals do not separate words of their own: an article on JavaScript is not one on Java.
static NAMES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/names.txt").lines().filter(|line| !line.starts_with('#')).collect());

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<String> {
        let end = scan(text, 0).unwrap_or(0);
        assert_eq!(end, text.len(), "{text} is one token");
        let mut found = Vec::new();
        forms(text, 0..end, |form, _| found.push(form.to_owned()));
        found
    }

    #[test]
    fn reads_technical_tokens() {
        for (text, expected) in [
            ("C++", "c++"),
            ("c#", "c#"),
            ("F#", "f#"),
            ("C++17", "c++17 c++"),
            ("C", "c"),
            (".NET", ".net net"),
            ("Objective-C", "objective-c objective c"),
            ("Node.js", "node.js node js nodejs"),
            ("Vue3", "vue3 vue"),
            ("ES2015", "es2015"),
            ("K8s", "k8s"),
            ("i18n", "i18n"),
            ("HTTP/2", "http/2 http http2"),
            ("TCP/IP", "tcp/ip tcp ip"),
            ("CI/CD", "ci/cd ci cd"),
            ("C/C++", "c/c++ c c++"),
            ("getUserById", "getuserbyid get user by id"),
            ("XMLHttpRequest", "xmlhttprequest xml http request"),
            ("JavaScript", "javascript"),
            ("my_function_name", "my_function_name my function name"),
            ("kebab-case", "kebab-case kebab case"),
            ("/etc/nginx/nginx.conf", "/etc/nginx/nginx.conf etc nginx nginx.conf conf"),
            ("std::vec::Vec", "std::vec::vec std vec"),
            ("ORA-00942", "ora-00942 ora 00942"),
            ("E0308", "e0308"),
            ("0x7fff", "0x7fff"),
            ("v1.2.3", "v1.2.3 1.2.3 1.2"),
            ("404", "404"),
            ("UTF-8", "utf-8 utf utf8"),
            ("localhost:8080", "localhost:8080 localhost 8080"),
            ("https://example.com/a", "https://example.com/a https example.com example com a"),
            ("__init__.py", "__init__.py init py"),
            ("café", "café"),
        ] {
            assert_eq!(read(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn stops_where_a_sentence_goes_on() {
        for (text, token) in [
            ("end. Next", "end"),
            ("c, d", "c"),
            ("C#语言", "C#"),
            ("C++，Java", "C++"),
            ("a#anchor", "a"),
            ("title#anchor", "title"),
            ("key: value", "key"),
            ("a+b", "a"),
            ("i++b", "i"),
            ("x/", "x"),
            ("--", ""),
            ("./run", ""),
            ("</div>", ""),
        ] {
            assert_eq!(&text[..scan(text, 0).unwrap_or(0)], token, "{text}");
        }
    }

    proptest! {
        #[test]
        fn forms_lie_inside_the_text(text in "[a-zA-Z0-9éİſ./:@#+_\\-]{0,260}") {
            let mut at = 0;
            while at < text.len() {
                if let Some(end) = scan(&text, at) {
                    prop_assert!(end > at && text.is_char_boundary(end));
                    forms(&text, at..end, |form, range| {
                        assert!(!form.is_empty() && form.len() <= MAX_FORM + 2);
                        assert!(text.get(range).is_some());
                    });
                    at = end;
                } else {
                    at += text[at..].chars().next().map_or(1, char::len_utf8);
                }
            }
        }
    }
}
