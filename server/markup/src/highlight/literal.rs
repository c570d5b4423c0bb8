//! How far literals reach: numbers, strings, characters and regular expressions.

use super::syntax::Quote;

/// How far the end of what may be a string or a regular expression is looked for, in bytes. Without a bound, a line of
/// signs that begin something and end nothing would take time with the square of its length.
pub(super) const LOOK_AHEAD: usize = 400;
/// Characters of an escape such as `\u{1F600}`.
const MAX_ESCAPE: usize = 12;

/// The length of a number: digits, what bases and exponents are written with, and the unit or type behind.
pub(super) fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        let fraction = *byte == b'.' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let sign = matches!(byte, b'+' | b'-')
            && matches!(bytes[at - 1], b'e' | b'E')
            && !text.starts_with("0x")
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !(byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'%' || fraction || sign) {
            break;
        }
        at += 1;
    }
    at
}

/// The length of a string that starts at its quote. One that is never closed ends with its line, or is none.
pub(super) fn string_length(text: &str, quote: &Quote, raw: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = quote.open.len();
    while at < bytes.len() {
        if bytes[at] == b'\\' && quote.escapes && !raw {
            at += 2;
        } else if bytes[at..].starts_with(quote.close.as_bytes()) {
            return Some(at + quote.close.len());
        } else if quote.needs_end && at > LOOK_AHEAD {
            return None;
        } else if bytes[at] == b'\n' && !quote.lines {
            return (!quote.needs_end).then_some(at);
        } else {
            at += 1;
        }
    }
    (!quote.needs_end).then_some(bytes.len())
}

/// `'a'`, `'\n'`, `'中'`; nothing where the quote is that of a lifetime or a number.
pub(super) fn character(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().skip(1);
    let (_, first) = letters.next()?;
    if first == '\\' {
        letters.next()?;
        let (end, _) = letters.take(MAX_ESCAPE).find(|(_, letter)| matches!(letter, '\'' | '\n'))?;
        return text[end..].starts_with('\'').then_some(end + 1);
    }
    let (at, second) = letters.next()?;
    (second == '\'' && first != '\'').then_some(at + 1)
}

/// `/…/flags` on one line.
pub(super) fn regular_expression(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut class) = (1, false);
    loop {
        match bytes.get(at).filter(|_| at < LOOK_AHEAD)? {
            b'\n' => return None,
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            b'/' if !class => break,
            _ => {}
        }
        at += 1;
    }
    let flags = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    (at > 1).then_some(at + 1 + flags)
}
