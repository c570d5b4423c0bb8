//! How an import goes: who is told of each file, and what came of all of them.

/// How many files had which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// New articles.
    pub added: usize,
    /// Articles with a new revision.
    pub updated: usize,
    /// Articles that were the same.
    pub unchanged: usize,
    /// Files that became no article.
    pub refused: usize,
    /// Articles that the database did not take.
    pub failed: usize,
    /// Warnings over all files.
    pub warnings: usize,
    /// Articles that were to be stored and name no category.
    pub unsorted: usize,
}

/// Is told how the job goes on.
pub trait Progress: Sync {
    /// So many files there are.
    fn total(&self, _files: usize) {}
    /// Another file is done.
    fn step(&self, _path: &str) {}
}

/// Tells nobody.
pub struct Silent;

impl Progress for Silent {}

impl Progress for indicatif::ProgressBar {
    fn total(&self, files: usize) {
        self.set_length(files as u64);
    }

    fn step(&self, _path: &str) {
        self.inc(1);
    }
}
