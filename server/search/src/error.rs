//! What can go wrong with the index, and what to do about it.

use std::io;
use std::path::PathBuf;
use tantivy::TantivyError;

/// An operation on the index that failed; the source says why.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Another process has the index open for writing.
    #[error("the search index in {} is in use by another process; leave the indexing to it or stop it first", folder.display())]
    Locked {
        /// The index's folder.
        folder: PathBuf,
    },
    /// There is no index yet.
    #[error("there is no search index in {}; it must be built from the database", folder.display())]
    Missing {
        /// The index's folder.
        folder: PathBuf,
    },
    /// The index was made by another version of the program.
    #[error("the search index in {} was made by another version of the program; it must be rebuilt from the database", folder.display())]
    Outdated {
        /// The index's folder.
        folder: PathBuf,
    },
    /// The index cannot be read.
    #[error("the search index in {} is damaged; it must be rebuilt from the database", folder.display())]
    Damaged {
        /// The index's folder.
        folder: PathBuf,
        /// What is wrong with it.
        source: TantivyError,
    },
    /// A file or folder cannot be used.
    #[error("cannot use {} for the search index; check that it exists, that it may be written and that the disk is not full", path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A new index could not be made.
    #[error("cannot make a new search index in {}", folder.display())]
    Create {
        /// The generation's folder.
        folder: PathBuf,
        /// Why.
        source: TantivyError,
    },
    /// Changes could not be written; nothing of them was.
    #[error("cannot write to the search index")]
    Write(#[source] TantivyError),
    /// An article's parts could not be put down.
    #[error("cannot encode article {id} for the search index")]
    Encode {
        /// The article.
        id: i64,
        /// Why.
        source: postcard::Error,
    },
    /// The index could not be read while searching.
    #[error("cannot read the search index")]
    Read(#[source] TantivyError),
    /// The search took longer than it may.
    #[error("the search took too long; fewer or rarer words help")]
    TooSlow,
}

impl SearchError {
    /// Whether a new index, built from the database, is the remedy.
    #[must_use]
    pub fn needs_rebuild(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::Outdated { .. } | Self::Damaged { .. })
    }
}
