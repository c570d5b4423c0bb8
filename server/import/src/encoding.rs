//! From bytes to clean text: UTF-8, UTF-16 with its mark, and GBK.

/// The text, with line feeds only and no control characters, and a warning when it was converted.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Option<String>), String> {
    let (text, warning) = match bytes {
        [0xff, 0xfe, rest @ ..] => (encoding_rs::UTF_16LE.decode(rest).0.into_owned(), Some("converted from UTF-16")),
        [0xfe, 0xff, rest @ ..] => (encoding_rs::UTF_16BE.decode(rest).0.into_owned(), Some("converted from UTF-16")),
        _ => {
            let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => (text.to_owned(), None),
                Err(_) => {
                    let (text, _, damaged) = encoding_rs::GB18030.decode(bytes);
                    if damaged {
                        return Err("its text is neither UTF-8 nor GBK; convert it to UTF-8".into());
                    }
                    (text.into_owned(), Some("converted from GBK"))
                }
            }
        }
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text
        .chars()
        .filter(|character| {
            !(character.is_control() && !matches!(character, '\n' | '\t')
                || matches!(character, '\u{feff}' | '\u{200b}' | '\u{2060}'))
        })
        .collect();
    Ok((text, warning.map(str::to_owned)))
}
