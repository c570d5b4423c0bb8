//! Search: the box, the page of results, and one hit.

pub mod api;
pub mod facets;
pub mod hit;
pub mod page;
pub mod search_box;

pub use page::SearchPage;
pub use search_box::SearchBox;
