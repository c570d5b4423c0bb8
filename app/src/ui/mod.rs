//! Small parts with no data of their own.

pub mod erase;
pub mod failure;
#[cfg(feature = "ssr")]
pub mod foreign;
pub mod json_ld;
pub mod language;
pub mod page_title;
pub mod pager;
pub mod prose;

pub use erase::Erase;
pub use failure::Failure;
#[cfg(feature = "ssr")]
pub use foreign::{Foreign, Lines, TextArea};
pub use json_ld::{JsonLd, StructuredData};
pub use page_title::PageTitle;
pub use pager::Pager;
pub use prose::Prose;
