//! Articles: lists of them and the page of one.

pub mod api;
pub mod attachments;
pub mod card;
pub mod list;
pub mod outline;
pub mod page;
pub mod random;
pub mod recommended;
pub mod series;

pub use card::ArticleCard;
pub use list::{About, ArticleList, Listed};
pub use page::ArticlePage;
pub use random::RandomPicks;
pub use recommended::Recommended;
