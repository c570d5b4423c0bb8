//! Every word of the interface, in one place, so that another language can follow; one file for each feature.

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod admin;
mod amount;
mod article;
mod aside;
pub mod download;
#[cfg(feature = "ssr")]
pub mod editor;
mod failure;
#[cfg(feature = "ssr")]
pub mod feedback;
mod list;
mod search;
mod site;

pub use amount::*;
pub use article::*;
pub use aside::*;
pub use failure::*;
pub use list::*;
pub use search::*;
pub use site::*;
