//! Views and server functions by feature, and the service traits that they call.
//!
//! In reading order: the frame around every page ([`site`]), what is read ([`article`]), the ways to it
//! ([`category`], [`tag`], [`archive`], [`author`], [`search`]), the small things beside it ([`learning`]),
//! parts without data of their own ([`ui`]), every word of the interface ([`words`]), and the three pieces that
//! tie views to the server: [`error`], [`reply`] and, on the server only, `services`.
//!
//! This package knows no database, no index and no renderer: `server` implements the traits.

// Views are types inside types; the deepest page passes the compiler's usual depth of 128.
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod admin;
pub mod archive;
pub mod article;
pub mod author;
pub mod category;
#[cfg(feature = "ssr")]
pub mod editor;
pub mod error;
#[cfg(feature = "ssr")]
pub mod feedback;
#[cfg(not(feature = "ssr"))]
mod fetch;
#[cfg(feature = "ssr")]
pub mod form;
pub mod json;
pub mod learning;
pub mod offline;
pub mod parameters;
pub mod reply;
pub mod resource;
pub mod search;
#[cfg(feature = "ssr")]
pub mod services;
pub mod site;
pub mod tag;
pub mod ui;
pub mod without_text;
pub mod words;
#[cfg(feature = "ssr")]
pub mod workshop;

pub use site::App;
