//! What keeps an import, or one file of it, from being done.

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
