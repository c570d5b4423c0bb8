//! The tree of categories: the menu, a category's page, and where an article stands.

pub mod api;
pub mod menu;
pub mod page;
pub mod trail;

pub use menu::{CategoryMenu, Groups};
pub use page::CategoryPage;
pub use trail::CategoryTrail;
