//! Reading without the network: the page of saved articles, and the places where something can be saved.
//!
//! Both are empty boxes here. The script `frontend/scripts/offline` fills them once the page is hydrated; without
//! scripts nothing can be saved, and the boxes take no room.

pub mod page;
pub mod save;

pub use page::OfflinePage;
pub use save::SaveOffline;
