//! Authors: the page of one, and the link to it.

pub mod api;
pub mod page;

pub use page::{AuthorLink, AuthorPage};
