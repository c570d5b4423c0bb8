//! Files for download: known by their content, bounded, listed without being unpacked. Knows no database and no HTTP.
//!
//! In reading order: a harmless name ([`name`]), the kind by content ([`kind`]), the tree that archives are listed into
//! ([`tree`]), and the two forms of archive ([`zipped`], [`tarred`]).

mod kind;
mod name;
mod tarred;
mod tree;
mod zipped;

pub use kind::Kind;
pub use name::cleaned;

use sha2::{Digest, Sha256};
use types::Listing;

/// The largest file in bytes.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Below this many bytes nothing that is unpacked is called a bomb.
const HARMLESS_BYTES: u64 = 100 * 1024 * 1024;
/// Logs pack to a hundredth; what grows more than this is made to.
const MOST_GROWTH: u64 = 200;
/// No archive of [`MAX_BYTES`] holds more than this for a good reason.
const MOST_UNPACKED: u64 = 8 * 1024 * 1024 * 1024;

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file is larger than 32 MB")]
    TooLarge,
    /// The content is of another kind than the name says.
    #[error("its name ends with .{ending}, but its content is {}", content.label())]
    NotWhatItSays {
        /// How the name ends.
        ending: String,
        /// What it is.
        content: Kind,
    },
    /// Unpacked, it would fill disks.
    #[error("it would unpack to far more than it is")]
    Bomb,
    /// An archive of more files than anybody needs.
    #[error("the archive holds more than 50,000 files")]
    TooManyFiles,
    /// An archive whose list cannot be read.
    #[error("the archive is damaged")]
    Damaged,
}

/// A file that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Harmless wherever it is saved.
    pub name: String,
    /// By content.
    pub kind: Kind,
    /// In hexadecimal.
    pub sha256: String,
    /// What the archive holds.
    pub listing: Option<Listing>,
}

/// Looks at a file.
///
/// # Errors
/// When it is not taken.
pub fn accept(name: &str, bytes: &[u8]) -> Result<Accepted, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let name = cleaned(name);
    let kind = Kind::of(bytes);
    let ending = name::ending(&name);
    if Kind::promised(&ending).is_some_and(|promised| promised != kind) {
        return Err(Refusal::NotWhatItSays { ending, content: kind });
    }
    let listing = match kind {
        Kind::Zip => Some(zipped::listing(bytes)?),
        Kind::Tar => Some(tarred::listing(bytes)?),
        Kind::Gzip => tarred::listing_inside_gzip(bytes)?,
        _ => None,
    };
    Ok(Accepted { name, kind, sha256: sha256(bytes), listing })
}

/// The SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether so many bytes are a bomb, when they come out of so many.
fn is_bomb(unpacked: u64, packed: usize) -> bool {
    unpacked > MOST_UNPACKED || (unpacked > HARMLESS_BYTES && unpacked / (packed as u64).max(1) > MOST_GROWTH)
}
