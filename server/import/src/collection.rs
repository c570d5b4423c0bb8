//! Which files there are: in folders, in zip archives, alone, or by a list. Nothing is ever unpacked to disk.

use crate::entry::{Entry, MAX_FILE, Place};
use crate::error::{ImportError, Refusal};
use crate::manifest::{self, ManifestEntry};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Files that an archive may hold.
const MAX_ENTRIES: usize = 10_000;
/// Bytes that an archive may unpack to.
const MAX_TOTAL: u64 = 512 * 1024 * 1024;

/// Files to import.
#[derive(Debug, Default)]
pub struct Collection {
    /// In the order of their paths.
    pub entries: Vec<Entry>,
    /// What was refused by name.
    pub refused: Vec<Refusal>,
}

impl Collection {
    /// Finds the Markdown files below the paths, or exactly those that the list names.
    ///
    /// # Errors
    /// When a path or the list cannot be read. Files are refused one by one.
    pub fn open(paths: &[PathBuf], list: Option<&Path>) -> Result<Self, ImportError> {
        let mut collection = Self::default();
        let common = common_folder(paths);
        for path in paths {
            let failed = |source| ImportError::Path { path: path.display().to_string(), source };
            let kind = std::fs::metadata(path).map_err(failed)?;
            if kind.is_dir() {
                let root = path.canonicalize().map_err(failed)?;
                collection.folder(&root, &root);
            } else if is_archive(path) {
                collection.archive(path)?;
            } else {
                let file = path.canonicalize().map_err(failed)?;
                let inside = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let root = file.parent().map(Path::to_path_buf).unwrap_or_default();
                let path = relative(&common, &file);
                let place = Place::Folder { root, inside };
                collection.entries.push(Entry { path, alone: true, place, listed: None });
            }
        }
        collection.each_path_once();
        if let Some(list) = list {
            collection.only(manifest::read(list)?);
        }
        collection.entries.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(collection)
    }

    /// A file that comes twice is one file. Of different files with one path the first stays: under its path an article is
    /// known again.
    fn each_path_once(&mut self) {
        let mut first: HashMap<String, String> = HashMap::new();
        let mut seen = HashSet::new();
        for entry in std::mem::take(&mut self.entries) {
            let here = entry.location();
            if !seen.insert(here.clone()) {
                continue;
            }
            match first.get(&entry.path) {
                None => {
                    first.insert(entry.path.clone(), here);
                    self.entries.push(entry);
                }
                Some(other) => self.refuse(
                    &entry.path,
                    &format!("{here} has the path of {other}, and a path stands for one article; rename one of them, or import a folder that holds both"),
                ),
            }
        }
    }

    /// Keeps what the list names; what it names and is not there is refused.
    fn only(&mut self, listed: Vec<ManifestEntry>) {
        let mut found: HashMap<String, Entry> =
            self.entries.drain(..).map(|entry| (entry.path.clone(), entry)).collect();
        let mut names = HashSet::new();
        let refused = std::mem::take(&mut self.refused);
        for listed in listed {
            if !names.insert(listed.path.clone()) {
                self.refuse(&listed.path, "the manifest lists it twice; the first line counts");
                continue;
            }
            match found.remove(&listed.path) {
                Some(mut entry) => {
                    entry.listed = Some(listed);
                    self.entries.push(entry);
                }
                None if refused.iter().any(|refusal| refusal.path == listed.path) => {}
                None => self.refuse(&listed.path, "the manifest names it, but there is no such file"),
            }
        }
        self.refused.extend(refused.into_iter().filter(|refusal| names.contains(&refusal.path)));
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
                        let place = Place::Folder { root: root.to_owned(), inside: path.clone() };
                        self.entries.push(Entry { path, alone: false, place, listed: None });
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
        let (name, files): (Arc<str>, _) = (name.into(), Arc::new(files));
        let found = files.keys().filter(|path| is_markdown(path) && !path.split('/').any(|part| part.starts_with('.')));
        self.entries.extend(found.map(|path| Entry {
            path: path.clone(),
            alone: false,
            place: Place::Archive { name: Arc::clone(&name), files: Arc::clone(&files) },
            listed: None,
        }));
        Ok(())
    }

    fn refuse(&mut self, path: &str, reason: &str) {
        self.refused.push(Refusal { path: path.to_owned(), reason: reason.to_owned() });
    }
}

fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// The folder that holds all folders and single files: single files are named from there. What archives hold has paths
/// of its own.
fn common_folder(paths: &[PathBuf]) -> PathBuf {
    let folders = paths.iter().filter_map(|path| {
        let whole = path.canonicalize().ok()?;
        if whole.is_dir() { Some(whole) } else { (!is_archive(path)).then(|| whole.parent().map(Path::to_path_buf))? }
    });
    let shared = |one: PathBuf, other: PathBuf| {
        one.components().zip(other.components()).take_while(|(one, other)| one == other).map(|(part, _)| part).collect()
    };
    folders.reduce(shared).unwrap_or_default()
}

fn is_markdown(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("md" | "markdown" | "mdx"))
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
