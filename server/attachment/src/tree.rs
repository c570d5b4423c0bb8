//! The tree that an archive's entries make, with as much of it as a page can show.

use crate::name::is_invisible;
use types::{Listed, Listing};

/// Entries that are looked at.
pub(crate) const MAX_ENTRIES: usize = 10_000;
/// Lines that are kept.
const MAX_LINES: usize = 300;
/// Folders in folders that are kept apart.
const MAX_DEPTH: usize = 12;
/// Characters of one name.
const MAX_NAME: usize = 120;

/// A listing in the making.
#[derive(Default)]
pub(crate) struct Tree {
    listing: Listing,
    lines: usize,
}

impl Tree {
    /// Adds an entry by its path. What leads out of the archive is shown as it is written: nothing ever follows it.
    pub fn add(&mut self, path: &str, size: u64, folder: bool) {
        let drive = path.get(1..2) == Some(":");
        if path.starts_with(['/', '\\']) || drive || path.split(['/', '\\']).any(|part| part == "..") {
            self.listing.leads_out = true;
        }
        if !folder {
            self.listing.files += 1;
            self.listing.unpacked = self.listing.unpacked.saturating_add(size);
        }
        let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
        let Some((name, folders)) = parts.split_last() else { return };
        if folders.len() > MAX_DEPTH {
            self.listing.cut = true;
            return;
        }
        let mut place = &mut self.listing.tree;
        for part in folders {
            let Some(inside) = folder_in(place, &shown(part), &mut self.lines) else {
                self.listing.cut = true;
                return;
            };
            place = inside;
        }
        let name = shown(name);
        if folder {
            if folder_in(place, &name, &mut self.lines).is_none() {
                self.listing.cut = true;
            }
        } else if self.lines < MAX_LINES {
            self.lines += 1;
            place.push(Listed { name, size: Some(size), inside: Vec::new() });
        } else {
            self.listing.cut = true;
        }
    }

    /// Not everything was looked at.
    pub fn cut(&mut self) {
        self.listing.cut = true;
    }

    /// The listing: folders first, then names in order.
    pub fn finish(mut self) -> Listing {
        sort(&mut self.listing.tree);
        self.listing
    }
}

/// The folder of this name, made where there is none; nothing when the listing is full.
fn folder_in<'t>(place: &'t mut Vec<Listed>, name: &str, lines: &mut usize) -> Option<&'t mut Vec<Listed>> {
    let found = place.iter().position(|listed| listed.size.is_none() && listed.name == name);
    let at = match found {
        Some(at) => at,
        None if *lines < MAX_LINES => {
            *lines += 1;
            place.push(Listed { name: name.to_owned(), size: None, inside: Vec::new() });
            place.len() - 1
        }
        None => return None,
    };
    place.get_mut(at).map(|listed| &mut listed.inside)
}

fn sort(tree: &mut [Listed]) {
    tree.sort_by(|one, other| (one.size.is_some(), &one.name).cmp(&(other.size.is_some(), &other.name)));
    for listed in tree {
        sort(&mut listed.inside);
    }
}

/// A name as a page can show it.
fn shown(name: &str) -> String {
    let mut shown: String = name
        .chars()
        .take(MAX_NAME)
        .map(|character| if is_invisible(character) { '\u{fffd}' } else { character })
        .collect();
    if name.chars().nth(MAX_NAME).is_some() {
        shown.push('…');
    }
    shown
}
