//! One generation of the index: a folder that is made once, filled, and replaced as a whole.
//!
//! The root folder holds `CURRENT`, the number of the generation that is read, a folder of that name, and `LOCK`, which
//! the one writing process holds.

use crate::columns::{Table, Tables};
use crate::error::SearchError;
use crate::schema::{Fields, register_tokenizers, schema, stamp};
use serde::Deserialize;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tantivy::directory::MmapDirectory;
use tantivy::error::DataCorruption;
use tantivy::{IndexReader, ReloadPolicy, Searcher, TantivyError};

const CURRENT: &str = "CURRENT";
const LOCK: &str = "LOCK";
/// Blocks of stored documents kept unpacked per segment; each is 16 KB or one large article.
const STORE_CACHE_BLOCKS: usize = 16;

/// An open generation.
pub(crate) struct Generation {
    pub number: u64,
    pub folder: PathBuf,
    pub index: tantivy::Index,
    pub reader: IndexReader,
    pub fields: Fields,
    tables: Mutex<Tables>,
}

/// What a commit says about itself.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Payload {
    /// The change log up to which everything is in the index; `None` while it is filled for the first time.
    pub cursor: Option<i64>,
    /// See [`stamp`].
    pub stamp: String,
}

impl Payload {
    /// The text that is committed.
    pub fn to_text(&self) -> String {
        serde_json::json!({ "cursor": self.cursor, "stamp": self.stamp }).to_string()
    }
}

impl Generation {
    /// Opens the current generation.
    pub fn open(root: &Path) -> Result<Self, SearchError> {
        let missing = || SearchError::Missing { folder: root.to_owned() };
        let number = current(root)?.ok_or_else(missing)?;
        let folder = root.join(number.to_string());
        if !folder.is_dir() {
            return Err(missing());
        }
        let damaged = |source| SearchError::Damaged { folder: folder.clone(), source };
        let directory = MmapDirectory::open(&folder).map_err(|source| damaged(source.into()))?;
        let index = tantivy::Index::open(directory).map_err(damaged)?;
        let payload = payload(&index).map_err(damaged)?;
        let (schema, fields) = schema();
        if payload.stamp != stamp(&schema) || index.schema() != schema {
            return Err(SearchError::Outdated { folder: root.to_owned() });
        }
        // tantivy panics where a file is shorter than its footer; that is damage like any other.
        let opened = catch_unwind(AssertUnwindSafe(|| Self::with(number, folder.clone(), index, fields)));
        let cut_short = |_| Err(DataCorruption::comment_only("a file of a segment is cut short".to_owned()).into());
        opened.unwrap_or_else(cut_short).map_err(damaged)
    }

    /// Makes an empty generation after the current one. It is not current before [`Generation::make_current`].
    pub fn create(root: &Path) -> Result<Self, SearchError> {
        let number = current(root).ok().flatten().unwrap_or(0) + 1;
        let folder = root.join(number.to_string());
        // What an interrupted rebuild left behind.
        remove(&folder)?;
        fs::create_dir_all(&folder).map_err(|source| SearchError::Folder { path: folder.clone(), source })?;
        let create = |source| SearchError::Create { folder: folder.clone(), source };
        let (schema, fields) = schema();
        let index = tantivy::Index::create_in_dir(&folder, schema).map_err(create)?;
        Self::with(number, folder.clone(), index, fields).map_err(create)
    }

    fn with(number: u64, folder: PathBuf, index: tantivy::Index, fields: Fields) -> Result<Self, TantivyError> {
        register_tokenizers(&index);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORE_CACHE_BLOCKS)
            .try_into()?;
        Ok(Self { number, folder, index, reader, fields, tables: Mutex::default() })
    }

    /// Makes this the generation that is opened from now on.
    pub fn make_current(&self, root: &Path) -> Result<(), SearchError> {
        let error = |path: &Path| {
            let path = path.to_owned();
            move |source| SearchError::Folder { path, source }
        };
        let (written, current) = (root.join("CURRENT.new"), root.join(CURRENT));
        let mut file = File::create(&written).map_err(error(&written))?;
        writeln!(file, "{}", self.number).and_then(|()| file.sync_all()).map_err(error(&written))?;
        fs::rename(&written, &current).map_err(error(&current))?;
        File::open(root).and_then(|folder| folder.sync_all()).map_err(error(root))?;
        Ok(())
    }

    /// Removes all other generations. Nobody may write to them any more; searches that still read one keep its files
    /// alive until they are done. What cannot be removed now is removed the next time.
    pub fn drop_others(&self, root: &Path) {
        for entry in fs::read_dir(root).into_iter().flatten().flatten() {
            let number = entry.file_name().to_str().and_then(|name| name.parse::<u64>().ok());
            if number.is_some_and(|number| number != self.number) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// The columns of what a searcher sees.
    pub fn table(&self, searcher: &Searcher) -> Result<Table, SearchError> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner).of(searcher)
    }

    /// Shows the last commit to searches, which find its columns unpacked.
    pub fn reload(&self) -> Result<(), SearchError> {
        self.reader.reload().map_err(SearchError::Write)?;
        let searcher = self.reader.searcher();
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        tables.of(&searcher)?;
        tables.keep(&searcher);
        Ok(())
    }

    /// What the last commit says.
    pub fn payload(&self) -> Result<Payload, SearchError> {
        payload(&self.index).map_err(SearchError::Read)
    }
}

fn payload(index: &tantivy::Index) -> Result<Payload, TantivyError> {
    let payload = index.load_metas()?.payload;
    // A generation that was made and never committed to has none.
    Ok(payload.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// The number in `CURRENT`; `None` where there is no such file or no number in it.
fn current(root: &Path) -> Result<Option<u64>, SearchError> {
    let path = root.join(CURRENT);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.trim().parse().ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(SearchError::Folder { path, source }),
    }
}

fn remove(folder: &Path) -> Result<(), SearchError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(SearchError::Folder { path: folder.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

/// Takes the right to write for this process; it ends with the file, at the latest with the process.
pub(crate) fn lock(root: &Path) -> Result<File, SearchError> {
    let path = root.join(LOCK);
    let error = |path: &Path, source| SearchError::Folder { path: path.to_owned(), source };
    fs::create_dir_all(root).map_err(|source| error(root, source))?;
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).map_err(|source| error(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SearchError::Locked { folder: root.to_owned() }),
        Err(TryLockError::Error(source)) => Err(error(&path, source)),
    }
}
