//! Tags: the cloud, a tag's page, and the tags of an article.

pub mod api;
pub mod cloud;
pub mod links;
pub mod page;

pub use cloud::TagCloud;
pub use links::TagLinks;
pub use page::TagPage;
