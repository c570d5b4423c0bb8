//! One of the files to import, and what lies beside it.

use crate::error::Refusal;
use crate::manifest::ManifestEntry;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use types::{Timestamp, percent};

/// The largest file, in bytes.
pub(crate) const MAX_FILE: u64 = 10 * 1024 * 1024;

/// One file to import.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Relative to the folder or archive, or to what all that is imported lies in, with `/`. That of a file in a
    /// folder or an archive is the same in every run.
    pub path: String,
    /// Whether it was named itself, instead of being found in a folder or an archive.
    pub alone: bool,
    pub(crate) place: Place,
    pub(crate) listed: Option<ManifestEntry>,
}

/// Where a file lies.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// A file below a folder that it may not look out of.
    Folder { root: PathBuf, inside: String },
    /// A file of an archive, which is in memory.
    Archive { name: Arc<str>, files: Arc<BTreeMap<String, Vec<u8>>> },
}

impl Entry {
    /// The file's bytes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, Refusal> {
        let refusal = |reason: String| Refusal { path: self.path.clone(), reason };
        match &self.place {
            Place::Folder { root, inside } => {
                std::fs::read(root.join(inside)).map_err(|error| refusal(format!("it cannot be read: {error}")))
            }
            Place::Archive { files, .. } => {
                files.get(&self.path).cloned().ok_or_else(|| refusal("it cannot be read".into()))
            }
        }
    }

    /// Where it lies on this machine; nothing for a file of an archive, and for a name that is no text.
    #[must_use]
    pub fn file(&self) -> Option<String> {
        let Place::Folder { root, inside } = &self.place else { return None };
        root.join(inside).into_os_string().into_string().ok()
    }

    /// Where it lies, for people; the same for the same file only.
    pub(crate) fn location(&self) -> String {
        match &self.place {
            Place::Folder { root, inside } => root.join(inside).display().to_string(),
            Place::Archive { name, .. } => format!("{} in {name}", self.path),
        }
    }

    /// What the list says of it.
    #[must_use]
    pub fn listed(&self) -> Option<&ManifestEntry> {
        self.listed.as_ref()
    }

    /// When the file was last changed; never a time to come, which a clock that was wrong may have left.
    #[must_use]
    pub fn file_time(&self) -> Option<Timestamp> {
        let Place::Folder { root, inside } = &self.place else { return None };
        let changed = std::fs::metadata(root.join(inside)).ok()?.modified().ok()?;
        let since = changed.min(SystemTime::now()).duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok().map(Timestamp)
    }

    /// A file beside this one, or below the root for a path with `/` at its beginning; never one outside.
    #[must_use]
    pub fn neighbour(&self, address: &str) -> Option<Vec<u8>> {
        self.neighbour_up_to(address, MAX_FILE)
    }

    /// As [`Entry::neighbour`], for files of up to so many bytes. Archives hold none above 10 MB.
    #[must_use]
    pub fn neighbour_up_to(&self, address: &str, most: u64) -> Option<Vec<u8>> {
        let address = address.split(['?', '#']).next()?;
        let address = percent::decode(address);
        let own = match &self.place {
            Place::Folder { inside, .. } => inside,
            Place::Archive { .. } => &self.path,
        };
        let folder = if address.starts_with('/') { "" } else { own.rsplit_once('/').map_or("", |(folder, _)| folder) };
        let path = crate::links::joined(folder, &address)?;
        match &self.place {
            Place::Folder { root, .. } => {
                let file = root.join(&path).canonicalize().ok()?;
                if !file.starts_with(root) || std::fs::metadata(&file).ok()?.len() > most {
                    return None;
                }
                std::fs::read(file).ok()
            }
            Place::Archive { files, .. } => files.get(&path).cloned(),
        }
    }
}
