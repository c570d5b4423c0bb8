//! Search: the box, the page of results, and one hit. The box that opens with `/` or a tap is `frontend/scripts/palette.ts`.

pub mod address;
pub mod api;
pub mod facets;
pub mod field;
pub mod form;
pub mod hit;
pub mod nothing;
pub mod page;
pub mod results;
pub mod search_box;

pub use page::SearchPage;
pub use search_box::SearchBox;
