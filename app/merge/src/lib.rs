//! Two texts side by side, and three merged into one: by lines for merging, by words for reading.
//!
//! Pure functions over texts; they build for the server and for the browser. [`three`] never drops a line: what one side
//! changed is taken, what both changed differently stands in a [`Part::Conflict`] with both wordings.

mod diff;
mod three;
mod words;

pub use diff::{Change, Line, lines};
pub use three::{Merged, Part, three};
pub use words::{Span, words};
