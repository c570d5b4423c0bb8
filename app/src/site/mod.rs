//! The frame around every page: document, routes, top bar, side column and foot.

pub mod api;
#[cfg(feature = "ssr")]
pub mod assets;
pub mod brand;
pub mod columns;
pub mod foot;
pub mod home;
pub mod layout;
pub mod names;
#[cfg(feature = "ssr")]
pub mod pauses;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;

pub use columns::Columns;
pub use layout::use_frame;
pub use names::{SiteNames, site_names};
pub use routes::App;
