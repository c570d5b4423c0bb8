//! Percent-encoding of one part of an address, and back.

/// The text with everything but unreserved characters (RFC 3986 §2.3) percent-encoded.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(byte as char);
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The text of which [`encode`] made this; what no encoding can have made stays as it stands.
#[must_use]
pub fn decode(encoded: &str) -> String {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((before, behind)) = rest.split_once('%') {
        decoded.extend_from_slice(before.as_bytes());
        let byte = behind.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let byte = byte.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    decoded.extend_from_slice(rest.as_bytes());
    String::from_utf8(decoded).unwrap_or_else(|_| encoded.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding_undoes_encoding_once() {
        for text in ["c++", "锁", "%41", "100%", "a/b", "%25%", "", "%e9"] {
            assert_eq!(decode(&encode(text)), text);
        }
        for (encoded, text) in [("c++", "c++"), ("%2541", "%41"), ("%zz%4", "%zz%4"), ("%FF", "%FF"), ("%é", "%é")] {
            assert_eq!(decode(encoded), text);
        }
    }
}
