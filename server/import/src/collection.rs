//! Which files there are: in folders, in zip archives, alone, or by a list. Nothing is ever unpacked to disk.

use crate::manifest::{self, ManifestEntry};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use types::Timestamp;

/// The largest file, in bytes.
const MAX_FILE: u64 = 10 * 1024 * 1024;
/// Files that an archive may hold.
const MAX_ENTRIES: usize = 10_000;
/// Bytes that an archive may unpack to.
const MAX_TOTAL: u64 = 512 * 1024 * 1024;

/// Why nothing can be imported at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The path leads nowhere.
    #[error("{path} cannot be read")]
    Path {
        /// As given.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The list cannot be read.
    #[error("the manifest {path} cannot be read")]
    Manifest {
        /// As given.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A line of the list is no object of the right shape.
    #[error("line {line} of the manifest cannot be understood")]
    ManifestLine {
        /// From 1.
        line: usize,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The archive is damaged.
    #[error("the archive {path} cannot be read")]
    Archive {
        /// As given.
        path: String,
        /// Why.
        #[source]
        source: zip::result::ZipError,
    },
}

/// A file that becomes no article, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which.
    pub path: String,
    /// One sentence.
    pub reason: String,
}

/// Files to import.
#[derive(Debug, Default)]
pub struct Collection {
    /// In the order of their paths.
    pub entries: Vec<Entry>,
    /// What was refused by name.
    pub refused: Vec<Refusal>,
}

/// One file to import.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Relative to the folder or archive, with `/`; the same in every run.
    pub path: String,
    place: Place,
    listed: Option<ManifestEntry>,
}

#[derive(Clone, Debug)]
enum Place {
    Folder { root: PathBuf },
    Archive(Arc<BTreeMap<String, Vec<u8>>>),
}

impl Collection {
    /// Finds the Markdown files below the paths, or exactly those that the list names.
    ///
    /// # Errors
    /// When a path or the list cannot be read. Files are refused one by one.
    pub fn open(paths: &[PathBuf], list: Option<&Path>) -> Result<Self, ImportError> {
        let mut collection = Self::default();
        for path in paths {
            let failed = |source| ImportError::Path { path: path.display().to_string(), source };
            let kind = std::fs::metadata(path).map_err(failed)?;
            if kind.is_dir() {
                let root = path.canonicalize().map_err(failed)?;
                collection.folder(&root, &root);
            } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
                collection.archive(path)?;
            } else {
                let root = path.canonicalize().map_err(failed)?;
                let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let root = root.parent().map(Path::to_path_buf).unwrap_or_default();
                collection.entries.push(Entry { path: name, place: Place::Folder { root }, listed: None });
            }
        }
        if let Some(list) = list {
            collection.only(manifest::read(list)?);
        }
        collection.entries.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(collection)
    }

    /// Keeps what the list names; what it names and is not there is refused.
    fn only(&mut self, listed: Vec<ManifestEntry>) {
        let mut found: HashMap<String, Entry> =
            self.entries.drain(..).map(|entry| (entry.path.clone(), entry)).collect();
        for listed in listed {
            match found.remove(&listed.path) {
                Some(mut entry) => {
                    entry.listed = Some(listed);
                    self.entries.push(entry);
                }
                None if self.refused.iter().any(|refusal| refusal.path == listed.path) => {}
                None => self.refuse(&listed.path, "the manifest names it, but there is no such file"),
            }
        }
    }

    fn folder(&mut self, root: &Path, folder: &Path) {
        let Ok(children) = std::fs::read_dir(folder) else {
            self.refuse(&relative(root, folder), "the folder cannot be read");
            return;
        };
        for child in children.flatten() {
            let path = child.path();
            let name = child.file_name().to_string_lossy().into_owned();
            let Ok(kind) = child.file_type() else { continue };
            if name.starts_with('.') || name == "node_modules" {
                continue;
            }
            if kind.is_symlink() {
                let inside = path.canonicalize().is_ok_and(|target| target.starts_with(root));
                if !inside {
                    self.refuse(&relative(root, &path), "it is a link that leads out of the folder");
                }
            } else if kind.is_dir() {
                self.folder(root, &path);
            } else if is_markdown(&name) {
                let path = relative(root, &path);
                match child.metadata() {
                    Ok(data) if data.len() > MAX_FILE => self.refuse(&path, "it is larger than 10 MB"),
                    _ => {
                        self.entries.push(Entry { path, place: Place::Folder { root: root.to_owned() }, listed: None })
                    }
                }
            }
        }
    }

    /// Reads an archive into memory, counting what really comes out of it.
    fn archive(&mut self, path: &Path) -> Result<(), ImportError> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|source| ImportError::Path { path: name.clone(), source })?;
        let mut archive =
            zip::ZipArchive::new(file).map_err(|source| ImportError::Archive { path: name.clone(), source })?;
        let (mut files, mut total) = (BTreeMap::new(), 0_u64);
        for number in 0..archive.len() {
            if number >= MAX_ENTRIES {
                self.refuse(&name, "the archive holds more than 10,000 files; the others were left out");
                break;
            }
            let mut entry = match archive.by_index(number) {
                Ok(entry) => entry,
                Err(error) => {
                    self.refuse(&format!("{name}#{number}"), &format!("it cannot be read from the archive: {error}"));
                    continue;
                }
            };
            let path = match std::str::from_utf8(entry.name_raw()) {
                Ok(path) => path.to_owned(),
                Err(_) => encoding_rs::GBK.decode(entry.name_raw()).0.into_owned(),
            };
            let path = path.replace('\\', "/");
            if entry.is_dir() {
                continue;
            }
            if entry.is_symlink() {
                self.refuse(&path, "it is a link inside an archive");
            } else if !Path::new(&path).components().all(|part| matches!(part, Component::Normal(_))) {
                self.refuse(&path, "its name leads out of the archive");
            } else if entry.size() > MAX_FILE {
                self.refuse(&path, "it is larger than 10 MB");
            } else {
                let mut content = Vec::new();
                // The size that the archive states may lie: what comes out is counted.
                let read = entry.by_ref().take(MAX_FILE + 1).read_to_end(&mut content);
                total += content.len() as u64;
                if total > MAX_TOTAL {
                    self.refuse(&path, "the archive unpacks to more than 512 MB; the rest was left out");
                    break;
                }
                match read {
                    Ok(_) if content.len() as u64 > MAX_FILE => self.refuse(&path, "it is larger than 10 MB"),
                    Ok(_) => {
                        files.insert(path, content);
                    }
                    Err(error) => self.refuse(&path, &format!("it cannot be read from the archive: {error}")),
                }
            }
        }
        let files = Arc::new(files);
        let found = files.keys().filter(|path| is_markdown(path) && !path.split('/').any(|part| part.starts_with('.')));
        self.entries.extend(found.map(|path| Entry {
            path: path.clone(),
            place: Place::Archive(Arc::clone(&files)),
            listed: None,
        }));
        Ok(())
    }

    fn refuse(&mut self, path: &str, reason: &str) {
        self.refused.push(Refusal { path: path.to_owned(), reason: reason.to_owned() });
    }
}

impl Entry {
    /// The file's bytes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, Refusal> {
        let refusal = |reason: String| Refusal { path: self.path.clone(), reason };
        match &self.place {
            Place::Folder { root } => {
                std::fs::read(root.join(&self.path)).map_err(|error| refusal(format!("it cannot be read: {error}")))
            }
            Place::Archive(files) => files.get(&self.path).cloned().ok_or_else(|| refusal("it cannot be read".into())),
        }
    }

    /// What the list says of it.
    #[must_use]
    pub fn listed(&self) -> Option<&ManifestEntry> {
        self.listed.as_ref()
    }

    /// When the file was last changed.
    #[must_use]
    pub fn file_time(&self) -> Option<Timestamp> {
        let Place::Folder { root } = &self.place else { return None };
        let changed = std::fs::metadata(root.join(&self.path)).ok()?.modified().ok()?;
        let since = changed.duration_since(UNIX_EPOCH).ok()?;
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
        let address = percent_decoded(address);
        let folder =
            if address.starts_with('/') { "" } else { self.path.rsplit_once('/').map_or("", |(folder, _)| folder) };
        let path = crate::links::joined(folder, &address)?;
        match &self.place {
            Place::Folder { root } => {
                let file = root.join(&path).canonicalize().ok()?;
                if !file.starts_with(root) || std::fs::metadata(&file).ok()?.len() > most {
                    return None;
                }
                std::fs::read(file).ok()
            }
            Place::Archive(files) => files.get(&path).cloned(),
        }
    }
}

fn is_markdown(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("md" | "markdown" | "mdx"))
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The text with `%41` read as `A`.
pub(crate) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
