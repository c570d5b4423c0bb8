//! Who writes: what the editor needs to know of the person that asks.

use app::account::{Role, Viewer};
use app::error::AppError;

/// A person who may write.
#[derive(Clone, Debug)]
pub struct Writer {
    /// In addresses, and under saved versions.
    pub handle: String,
    /// The author whose articles are this person's own.
    pub author: i64,
    /// May publish, own texts or everybody's.
    pub may_publish: bool,
    /// May open and change everybody's texts.
    pub may_edit_all: bool,
}

impl Writer {
    /// The person, if somebody is signed in who may write.
    ///
    /// # Errors
    /// Nobody is signed in, or somebody who only reads.
    pub fn of(viewer: &Viewer) -> Result<Self, AppError> {
        let person = viewer.0.as_ref().ok_or(AppError::SignedOut)?;
        if person.role < Role::Author {
            return Err(AppError::Forbidden);
        }
        let edits = person.role >= Role::Editor;
        Ok(Self { handle: person.handle.clone(), author: person.author, may_publish: edits, may_edit_all: edits })
    }

    /// Whether this person may open and change an article.
    #[must_use]
    pub fn may_edit(&self, author: i64) -> bool {
        self.may_edit_all || self.author == author
    }
}
