//! What a ZIP archive holds, by its central directory; nothing is unpacked.

use crate::tree::{MAX_ENTRIES, Tree};
use crate::{Refusal, is_bomb};
use std::io::Cursor;
use types::Listing;
use zip::ZipArchive;

/// Entries that a directory may have to be read at all.
const MOST_ENTRIES: usize = 50_000;

/// The list of an archive.
///
/// # Errors
/// When the archive is damaged or a bomb.
pub(crate) fn listing(bytes: &[u8]) -> Result<Listing, Refusal> {
    // Reading the directory takes memory for each entry, and every entry begins with this mark.
    if bytes.windows(4).filter(|part| part == b"PK\x01\x02").count() > MOST_ENTRIES {
        return Err(Refusal::TooManyFiles);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let mut tree = Tree::default();
    let mut stated = 0_u64;
    for number in 0..archive.len() {
        // Raw: the entry's header is read, its content is not.
        let Ok(entry) = archive.by_index_raw(number) else {
            tree.cut();
            continue;
        };
        stated = stated.saturating_add(entry.size());
        if number >= MAX_ENTRIES {
            tree.cut();
            continue;
        }
        let path = match std::str::from_utf8(entry.name_raw()) {
            Ok(path) => path.to_owned(),
            // What Chinese Windows writes.
            Err(_) => encoding_rs::GBK.decode(entry.name_raw()).0.into_owned(),
        };
        tree.add(&path, entry.size(), path.ends_with(['/', '\\']));
    }
    if is_bomb(stated, bytes.len()) {
        return Err(Refusal::Bomb);
    }
    Ok(tree.finish())
}
