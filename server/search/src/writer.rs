//! The one writer of the index, and the rebuilding of a whole generation beside the one that is read.

use crate::document::Document;
use crate::error::SearchError;
use crate::generation::{Generation, Payload};
use crate::index::Index;
use crate::schema::stamp;
use std::fs::File;
use std::sync::Arc;
use tantivy::indexer::{LogMergePolicy, NoMergePolicy};
use tantivy::{IndexWriter, Term};
use types::ArticleId;

/// Memory for documents that are not written yet. It is taken while documents come in and given back with the commit;
/// when it is full a segment is written, so more makes fewer merges.
const MEMORY: usize = 64_000_000;

/// What happens to one article.
#[derive(Clone, Debug)]
pub enum Change {
    /// It is new, or another revision takes its place.
    Put(Box<Document>),
    /// It is no longer published.
    Delete(ArticleId),
}

/// The right to change the index; there is one for each folder.
pub struct Writer {
    index: Index,
    generation: Arc<Generation>,
    writer: IndexWriter,
    /// Held as long as the writer lives.
    _lock: File,
}

impl Writer {
    pub(crate) fn new(index: Index, lock: File) -> Result<Self, SearchError> {
        let generation = index.generation();
        let writer = tantivy_writer(&generation, &index)?;
        Ok(Self { index, generation, writer, _lock: lock })
    }

    /// Applies changes, commits them together with the cursor, and shows them to searches. Repeating it is harmless.
    ///
    /// # Errors
    /// [`SearchError::Write`] or [`SearchError::Encode`]; then nothing of the batch is in the index.
    pub fn apply(&mut self, batch: impl IntoIterator<Item = Change>, cursor: Option<i64>) -> Result<(), SearchError> {
        for change in batch {
            if let Err(error) = self.add(&change) {
                self.writer.rollback().map_err(SearchError::Write)?;
                return Err(error);
            }
        }
        self.commit(cursor)
    }

    /// Takes a change in, to be seen after the next commit.
    ///
    /// # Errors
    /// [`SearchError::Write`] or [`SearchError::Encode`].
    pub fn add(&mut self, change: &Change) -> Result<(), SearchError> {
        add(&self.writer, &self.generation, change)
    }

    /// Writes everything taken in so far to the disk, together with the cursor, and shows it to searches.
    ///
    /// # Errors
    /// [`SearchError::Write`].
    pub fn commit(&mut self, cursor: Option<i64>) -> Result<(), SearchError> {
        commit(&mut self.writer, &self.generation, cursor)?;
        self.generation.reload()
    }

    /// Waits until merges under way are done and shows their result. Takes the writer, as tantivy does.
    ///
    /// # Errors
    /// [`SearchError::Write`].
    pub fn finish(self) -> Result<(), SearchError> {
        self.writer.wait_merging_threads().map_err(SearchError::Write)?;
        self.generation.reload()
    }

    /// Begins a new, empty generation. Searches and this writer go on with the old one until [`Rebuild::finish`].
    ///
    /// # Errors
    /// Why it could not be made.
    pub fn rebuild(&self) -> Result<Rebuild, SearchError> {
        let generation = Arc::new(Generation::create(self.index.root())?);
        let writer = tantivy_writer(&generation, &self.index)?;
        // Everything is merged once, at the end.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Rebuild { generation, writer })
    }
}

/// A generation that is being filled. Dropped before it is finished, it leaves the index as it was.
pub struct Rebuild {
    generation: Arc<Generation>,
    writer: IndexWriter,
}

impl Rebuild {
    /// Takes a change in.
    ///
    /// # Errors
    /// [`SearchError::Write`] or [`SearchError::Encode`].
    pub fn add(&mut self, change: &Change) -> Result<(), SearchError> {
        add(&self.writer, &self.generation, change)
    }

    /// Commits with the cursor that the filling corresponds to, merges everything into one segment, and puts the new
    /// generation in the place of the old: searches and the writer use it from now on.
    ///
    /// # Errors
    /// [`SearchError::Write`] or [`SearchError::Folder`]; then the old generation stays.
    pub fn finish(mut self, writer: &mut Writer, cursor: Option<i64>) -> Result<(), SearchError> {
        commit(&mut self.writer, &self.generation, cursor)?;
        let segments = self.generation.index.searchable_segment_ids().map_err(SearchError::Write)?;
        if segments.len() > 1 {
            self.writer.merge(&segments).wait().map_err(SearchError::Write)?;
        }
        self.generation.reload()?;
        self.writer.set_merge_policy(Box::new(merge_policy()));
        self.generation.make_current(writer.index.root())?;
        writer.index.replace(Arc::clone(&self.generation));
        writer.generation = self.generation;
        let before = std::mem::replace(&mut writer.writer, self.writer);
        // Merges that are under way would go on writing into the folder while it is being removed; what becomes of them
        // does not matter any more.
        let _ = before.wait_merging_threads();
        writer.generation.drop_others(writer.index.root());
        Ok(())
    }
}

fn tantivy_writer(generation: &Generation, index: &Index) -> Result<IndexWriter, SearchError> {
    // One thread: the articles of a site come one at a time, and an import must leave cores to the readers.
    let writer = generation.index.writer_with_num_threads(1, MEMORY).map_err(|source| match source {
        tantivy::TantivyError::LockFailure(..) => SearchError::Locked { folder: index.root().to_owned() },
        source => SearchError::Damaged { folder: generation.folder.clone(), source },
    })?;
    writer.set_merge_policy(Box::new(merge_policy()));
    Ok(writer)
}

fn merge_policy() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(6);
    // Deleted documents still count in the statistics and bend the ranking; the default never takes them out.
    policy.set_del_docs_ratio_before_merge(0.1);
    policy
}

fn add(writer: &IndexWriter, generation: &Generation, change: &Change) -> Result<(), SearchError> {
    let (ArticleId(id), document) = match change {
        Change::Put(document) => (document.id, Some(document.encode(&generation.fields)?)),
        Change::Delete(id) => (*id, None),
    };
    writer.delete_term(Term::from_field_i64(generation.fields.id, id));
    match document {
        Some(document) => writer.add_document(document).map(drop).map_err(SearchError::Write),
        None => Ok(()),
    }
}

fn commit(writer: &mut IndexWriter, generation: &Generation, cursor: Option<i64>) -> Result<(), SearchError> {
    let payload = Payload { cursor, stamp: stamp(&generation.index.schema()) }.to_text();
    let mut prepared = writer.prepare_commit().map_err(SearchError::Write)?;
    prepared.set_payload(&payload);
    prepared.commit().map(drop).map_err(SearchError::Write)
}
