//! The archive by month.

pub mod api;
pub mod months;
pub mod page;

pub use months::MonthList;
pub use page::{ArchivePage, MonthPage};
