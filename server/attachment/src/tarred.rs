//! What a TAR archive holds, alone or inside gzip: headers are read, contents are passed over.

use crate::tree::{MAX_ENTRIES, Tree};
use crate::{MOST_GROWTH, Refusal};
use flate2::read::MultiGzDecoder;
use std::io::{self, Read};
use types::Listing;

/// A header and the unit of everything.
const BLOCK: usize = 512;
/// Bytes that are unpacked to read headers, and no more.
const MAX_UNPACKED: u64 = 32 * 1024 * 1024;
/// A long name at most.
const MAX_NAME: u64 = 4096;

/// The list of an archive.
///
/// # Errors
/// When its first header is none.
pub(crate) fn listing(bytes: &[u8]) -> Result<Listing, Refusal> {
    let mut reader = Counting { inner: bytes, read: 0 };
    headers(&mut reader).ok_or(Refusal::Damaged)
}

/// The list of an archive inside gzip; nothing when gzip holds something else.
///
/// # Errors
/// When it is damaged, or a bomb.
pub(crate) fn listing_inside_gzip(bytes: &[u8]) -> Result<Option<Listing>, Refusal> {
    let mut reader = Counting { inner: MultiGzDecoder::new(bytes), read: 0 };
    let listing = headers(&mut reader);
    // What is left is counted as well: a bomb may stand behind a harmless beginning.
    let finished = io::copy(&mut reader, &mut io::sink());
    if reader.read > MAX_UNPACKED {
        return if reader.read / (bytes.len() as u64).max(1) > MOST_GROWTH { Err(Refusal::Bomb) } else { Ok(listing) };
    }
    match finished {
        Ok(_) => Ok(listing),
        Err(_) => Err(Refusal::Damaged),
    }
}

/// Counts what comes out and ends after [`MAX_UNPACKED`].
struct Counting<R> {
    inner: R,
    read: u64,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read > MAX_UNPACKED {
            return Ok(0);
        }
        let read = self.inner.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

/// Reads header after header; nothing when the first one is none.
fn headers(reader: &mut impl Read) -> Option<Listing> {
    let mut tree = Tree::default();
    let mut long_name: Option<String> = None;
    let mut first = true;
    for number in 0.. {
        let mut header = [0; BLOCK];
        let whole = reader.read_exact(&mut header).is_ok();
        if whole && header.iter().all(|byte| *byte == 0) && !first {
            break;
        }
        if !whole || &header[257..262] != b"ustar" {
            if first {
                return None;
            }
            tree.cut();
            break;
        }
        first = false;
        let Some(size) = octal(&header[124..136]) else {
            tree.cut();
            break;
        };
        let kind = header[156];
        let padded = size.div_ceil(BLOCK as u64).saturating_mul(BLOCK as u64);
        // GNU and POSIX write long names as an entry of their own before the file.
        if matches!(kind, b'L' | b'x') && size <= MAX_NAME {
            let mut content = Vec::new();
            if reader.by_ref().take(padded).read_to_end(&mut content).is_err() {
                tree.cut();
                break;
            }
            content.truncate(usize::try_from(size).unwrap_or_default());
            long_name = if kind == b'L' { Some(text(&content)) } else { pax_path(&content) };
            continue;
        }
        if matches!(kind, b'0' | 0 | b'1' | b'2' | b'5' | b'7') {
            if number >= MAX_ENTRIES {
                tree.cut();
                break;
            }
            let path = long_name.take().unwrap_or_else(|| named(&header));
            let folder = kind == b'5' || path.ends_with('/');
            tree.add(&path, size, folder);
        }
        if io::copy(&mut reader.by_ref().take(padded), &mut io::sink()).is_ok_and(|passed| passed < padded) {
            tree.cut();
            break;
        }
    }
    Some(tree.finish())
}

/// The name of a header, with its prefix.
fn named(header: &[u8; BLOCK]) -> String {
    let name = text(&header[..100]);
    // In GNU's own form other things stand in the place of the prefix.
    let prefix = if &header[257..263] == b"ustar\0" { text(&header[345..500]) } else { String::new() };
    if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
}

/// Bytes up to the first zero, as UTF-8 or as what Chinese Windows writes.
fn text(bytes: &[u8]) -> String {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GBK.decode(bytes).0.into_owned(),
    }
}

/// A number in octal digits, or in GNU's binary form when it is too large for them.
fn octal(field: &[u8]) -> Option<u64> {
    if field.first() == Some(&0x80) {
        return Some(u64::from_be_bytes(field[field.len() - 8..].try_into().ok()?));
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// The path in POSIX's extended header: lines of `length key=value`.
fn pax_path(content: &[u8]) -> Option<String> {
    text(content).lines().find_map(|line| line.split_once(" path=").map(|(_, path)| path.to_owned()))
}
