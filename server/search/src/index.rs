//! The handle to the index: cheap to copy, for any number of searches at a time.

use crate::error::SearchError;
use crate::generation::{Generation, lock};
use crate::related::Answers;
use crate::writer::Writer;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use types::ArticleId;

/// The index as searches see it. Copies share everything; a rebuilt generation reaches all of them at once.
#[derive(Clone)]
pub struct Index {
    root: Arc<PathBuf>,
    current: Arc<RwLock<Arc<Generation>>>,
    related: Arc<Answers>,
}

impl Index {
    /// Opens the index in a folder for reading and writing.
    ///
    /// # Errors
    /// [`SearchError::Locked`] when another process writes to it, and those of which [`SearchError::needs_rebuild`] is
    /// true: then [`Index::create`] makes an empty one, to be filled from the database.
    pub fn open(folder: &Path) -> Result<(Self, Writer), SearchError> {
        let lock = lock(folder)?;
        let index = Self::with(folder, Generation::open(folder)?);
        let writer = Writer::new(index.clone(), lock)?;
        // What a process left behind that ended in the middle of a rebuild.
        index.generation().drop_others(folder);
        Ok((index, writer))
    }

    /// Makes an empty index in a folder, in place of what is there. Its cursor is `None` until a commit gives one.
    ///
    /// # Errors
    /// [`SearchError::Locked`] when another process writes to it, or why it could not be made.
    pub fn create(folder: &Path) -> Result<(Self, Writer), SearchError> {
        let lock = lock(folder)?;
        let generation = Generation::create(folder)?;
        let index = Self::with(folder, generation);
        let mut writer = Writer::new(index.clone(), lock)?;
        // The first commit stamps it.
        writer.commit(None)?;
        index.generation().make_current(folder)?;
        index.generation().drop_others(folder);
        Ok((index, writer))
    }

    /// Opens the index for reading only, beside a process that writes to it. It shows the last commit at this moment.
    ///
    /// # Errors
    /// Those of which [`SearchError::needs_rebuild`] is true.
    pub fn open_to_read(folder: &Path) -> Result<Self, SearchError> {
        Ok(Self::with(folder, Generation::open(folder)?))
    }

    fn with(folder: &Path, generation: Generation) -> Self {
        let current = Arc::new(RwLock::new(Arc::new(generation)));
        Self { root: Arc::new(folder.to_owned()), current, related: Arc::default() }
    }

    /// How far the change log is in the index; `None` when it was never filled completely.
    ///
    /// # Errors
    /// [`SearchError::Read`] when the last commit cannot be read.
    pub fn cursor(&self) -> Result<Option<i64>, SearchError> {
        Ok(self.generation().payload()?.cursor)
    }

    /// The number of the generation that searches read; every rebuild makes the next one.
    #[must_use]
    pub fn generation_number(&self) -> u64 {
        self.generation().number
    }

    /// Articles in the index.
    #[must_use]
    pub fn document_count(&self) -> u64 {
        self.generation().reader.searcher().num_docs()
    }

    /// Every article with its revision, to be compared with the database; in no order.
    ///
    /// # Errors
    /// [`SearchError::Read`].
    pub fn ids_and_revisions(&self) -> Result<Vec<(ArticleId, u32)>, SearchError> {
        let searcher = self.generation().reader.searcher();
        let mut articles = Vec::with_capacity(searcher.num_docs() as usize);
        for segment in searcher.segment_readers() {
            let ids = segment.fast_fields().i64("id").map_err(SearchError::Read)?;
            let revisions = segment.fast_fields().u64("revision").map_err(SearchError::Read)?;
            for document in segment.doc_ids_alive() {
                if let (Some(id), Some(revision)) = (ids.first(document), revisions.first(document)) {
                    articles.push((ArticleId(id), u32::try_from(revision).unwrap_or(u32::MAX)));
                }
            }
        }
        Ok(articles)
    }

    /// Reads every file and compares its checksum; takes seconds on a large index.
    ///
    /// # Errors
    /// [`SearchError::Damaged`] when one differs.
    pub fn verify(&self) -> Result<(), SearchError> {
        let generation = self.generation();
        let damaged = |source| SearchError::Damaged { folder: generation.folder.clone(), source };
        let files = generation.index.validate_checksum().map_err(damaged)?;
        match files.into_iter().next() {
            None => Ok(()),
            Some(file) => {
                Err(damaged(tantivy::error::DataCorruption::new(file, "the checksum differs".to_owned()).into()))
            }
        }
    }

    pub(crate) fn related_answers(&self) -> &Answers {
        &self.related
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn generation(&self) -> Arc<Generation> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn replace(&self, generation: Arc<Generation>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = generation;
    }
}
