//! What a file is, by its content and never by its name.

/// Kinds of content that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A ZIP archive, and what is made of one, such as JAR and DOCX.
    Zip,
    /// One file packed by gzip, often a TAR archive.
    Gzip,
    /// A TAR archive.
    Tar,
    /// A 7z archive.
    SevenZip,
    /// A RAR archive.
    Rar,
    /// One file packed by xz.
    Xz,
    /// One file packed by bzip2.
    Bzip2,
    /// One file packed by Zstandard.
    Zstd,
    /// A PDF document.
    Pdf,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A GIF picture.
    Gif,
    /// A WebP picture.
    Webp,
    /// Text in UTF-8.
    Text,
    /// Something else.
    Other,
}

impl Kind {
    /// The kind of a content.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            [0x1f, 0x8b, 8, ..] => Self::Gzip,
            [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => Self::SevenZip,
            [b'R', b'a', b'r', b'!', 0x1a, 7, ..] => Self::Rar,
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Self::Bzip2,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            [b'%', b'P', b'D', b'F', b'-', ..] => Self::Pdf,
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Self::Png,
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::Webp,
            _ if bytes.get(257..262) == Some(b"ustar") => Self::Tar,
            _ if is_text(bytes) => Self::Text,
            _ => Self::Other,
        }
    }

    /// The kind that a name's ending promises; none for endings that promise nothing.
    #[must_use]
    pub(crate) fn promised(ending: &str) -> Option<Self> {
        Some(match ending {
            "zip" | "jar" | "war" | "docx" | "xlsx" | "pptx" | "epub" => Self::Zip,
            "gz" | "tgz" => Self::Gzip,
            "tar" => Self::Tar,
            "7z" => Self::SevenZip,
            "rar" => Self::Rar,
            "xz" | "txz" => Self::Xz,
            "bz2" | "tbz2" => Self::Bzip2,
            "zst" => Self::Zstd,
            "pdf" => Self::Pdf,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "txt" | "md" | "csv" | "json" | "yml" | "yaml" | "toml" | "xml" | "html" | "svg" | "conf" | "ini"
            | "sql" | "sh" | "py" | "js" | "ts" | "css" | "rs" | "go" | "java" | "c" | "h" | "cpp" => Self::Text,
            _ => return None,
        })
    }

    /// The media type under which it is sent. Text is plain text, whatever it says, so that no browser runs it.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Zip => "application/zip",
            Self::Gzip => "application/gzip",
            Self::Tar => "application/x-tar",
            Self::SevenZip => "application/x-7z-compressed",
            Self::Rar => "application/vnd.rar",
            Self::Xz => "application/x-xz",
            Self::Bzip2 => "application/x-bzip2",
            Self::Zstd => "application/zstd",
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Text => "text/plain; charset=utf-8",
            Self::Other => "application/octet-stream",
        }
    }

    /// How it is called in a sentence.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Zip => "ZIP",
            Self::Gzip => "gzip",
            Self::Tar => "TAR",
            Self::SevenZip => "7z",
            Self::Rar => "RAR",
            Self::Xz => "xz",
            Self::Bzip2 => "bzip2",
            Self::Zstd => "Zstandard",
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Text => "text",
            Self::Other => "binary",
        }
    }
}

/// UTF-8 without the control characters that texts do not hold.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.iter().any(|byte| matches!(byte, 0..=6 | 14..=26 | 28..=31)) && std::str::from_utf8(bytes).is_ok()
}
