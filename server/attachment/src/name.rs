//! Names of files that are harmless on every system, in headers and on the screen.

/// Bytes of a name at most; file systems take 255, and an export puts a folder before it.
const MAX_BYTES: usize = 150;
/// Bytes of an ending that is kept when a name is cut.
const MAX_ENDING: usize = 16;
/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];

/// The last part of a path, without what a system or a reader could take for something else.
#[must_use]
pub fn cleaned(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last
        .chars()
        .filter(|character| !is_invisible(*character))
        .map(|character| if matches!(character, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { character })
        .collect();
    let trimmed = visible.trim_matches(|character: char| character == '.' || character.is_whitespace());
    if trimmed.is_empty() {
        return "file".to_owned();
    }
    let stem = trimmed.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let name = if DEVICES.contains(&stem.as_str()) { format!("_{trimmed}") } else { trimmed.to_owned() };
    shortened(&name)
}

/// The ending in small letters; empty where there is none.
pub(crate) fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// Characters that show nothing, or that turn the order of what is shown around.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn shortened(name: &str) -> String {
    if name.len() <= MAX_BYTES {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= MAX_ENDING => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut end = (MAX_BYTES - ending.len()).min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", &stem[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_harmless() {
        for (given, kept) in [
            ("配置 示例.zip", "配置 示例.zip"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.zip", "a.zip"),
            ("..", "file"),
            ("", "file"),
            (" .hidden. ", "hidden"),
            ("a\r\nSet-Cookie: b.zip", "aSet-Cookie_ b.zip"),
            ("invoice\u{202e}piz.exe", "invoicepiz.exe"),
            ("a\"b<c>.zip", "a_b_c_.zip"),
            ("NUL.txt", "_NUL.txt"),
            ("\u{0}\u{200b}", "file"),
        ] {
            assert_eq!(cleaned(given), kept, "{given:?}");
        }
        let long = cleaned(&format!("{}.tar.gz", "长".repeat(200)));
        assert!(long.len() <= MAX_BYTES && long.ends_with(".gz"), "{long}");
        assert!(cleaned(&".".repeat(1000)).len() <= MAX_BYTES);
    }
}
