//! Markdown to safe HTML, outline, plain text and blocks. Knows nothing of databases, HTTP or files.
//!
//! One way for everything that is shown, from [`render`]: limits ([`limit`]), parsing and what we change in the tree
//! ([`tree`]), the sanitiser ([`sanitize`]) and then, put in by trusted code ([`trusted`]), highlighted code ([`highlight`])
//! formulas ([`math`]) and diagrams ([`diagram`]); at last what only the finished page shows ([`decorate`]).

#![allow(clippy::disallowed_methods, reason = "this crate is the sanitiser")]

mod decorate;
mod destination;
mod diagram;
mod error;
mod highlight;
mod limit;
mod math;
mod outline;
mod plain;
mod render;
mod sanitize;
mod tag;
mod tree;
mod trusted;
mod variants;

pub use destination::{Destination, rewrite_destinations};
pub use diagram::Diagram;
pub use error::MarkupError;
/// Which renderer this is. Goes up when rendering changes what is stored, so that the next import renders everything again.
pub const RENDER_VERSION: i64 = 5;

pub use render::{Rendered, Surroundings, render};
pub use variants::{Variant, with_variants};
