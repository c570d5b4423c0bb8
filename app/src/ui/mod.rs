//! Small parts with no data of their own.

pub mod base_url;
pub mod erase;
pub mod escaped;
pub mod failure;
#[cfg(feature = "ssr")]
pub mod foreign;
mod head;
pub mod json_ld;
pub mod language;
pub mod page_title;
pub mod pager;
pub mod prose;
pub mod wait;

pub use base_url::{BaseUrl, absolute};
pub use erase::Erase;
pub use escaped::{escaped, push_escaped};
pub use failure::Failure;
#[cfg(feature = "ssr")]
pub use foreign::{Foreign, Lines, TextArea};
pub use json_ld::{JsonLd, StructuredData, breadcrumbs};
pub use page_title::{PageTitle, Part};
pub use pager::Pager;
pub use prose::Prose;
pub use wait::{EraseEach, wait, wait_telling};
