//! Small parts with no data of their own.

pub mod failure;
pub mod json_ld;
pub mod page_title;
pub mod pager;
pub mod prose;

pub use failure::Failure;
pub use json_ld::JsonLd;
pub use page_title::PageTitle;
pub use pager::Pager;
pub use prose::Prose;
