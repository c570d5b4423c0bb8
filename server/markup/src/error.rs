//! Why a text is refused.

/// A text that is not rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkupError {
    /// The Markdown is too long.
    #[error("the text has {bytes} bytes; at most {limit} are rendered")]
    TooLong {
        /// What it has.
        bytes: usize,
        /// What it may have.
        limit: usize,
    },
    /// The HTML would be out of proportion, as many footnote references to one note, or many formulas, make it.
    #[error("the text would become {bytes} bytes of HTML, more than {limit}; use fewer footnotes, links or formulas")]
    TooLarge {
        /// What it would have.
        bytes: usize,
        /// What it may have.
        limit: usize,
    },
}
