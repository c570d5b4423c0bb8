//! Markdown to safe HTML, outline, plain text and blocks. Knows nothing of databases, HTTP or files.
//!
//! One way for everything that is shown: limits ([`limit`]), parsing and what we add to the tree ([`render`]), the
//! sanitiser ([`sanitize`]) and then, put in by trusted code, highlighted code ([`highlight`]) and formulas ([`math`]).

#![allow(clippy::disallowed_methods, reason = "this crate is the sanitiser")]

mod destination;
mod error;
mod highlight;
mod limit;
mod math;
mod outline;
mod plain;
mod render;
mod sanitize;
mod tag;
mod variants;

pub use destination::{Destination, rewrite_destinations};
pub use error::MarkupError;
/// Which renderer this is. Goes up when rendering changes what is stored, so that the next import renders everything again.
pub const RENDER_VERSION: i64 = 3;

pub use render::{Rendered, Surroundings, render};
pub use variants::{Variant, with_variants};
