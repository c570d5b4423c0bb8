//! The Liuguang server: HTTP, services, import and command line.
//!
//! In reading order: what can be asked of the program ([`command`], [`config`]), what it is made of ([`site`]), how it
//! answers ([`http`], [`services`]), what it does beside that ([`indexer`], [`reindex`], [`suggestions`], [`views`], [`import_job`], [`seed`]).

// Views are types inside types; the deepest page passes the compiler's usual depth of 128.
#![recursion_limit = "512"]

pub mod address;
pub mod backup;
pub mod command;
pub mod config;
pub mod doctor;
pub mod export;
pub mod fetch;
pub mod housekeeping;
pub mod http;
pub mod import_job;
pub mod indexer;
pub mod kept;
pub mod passwords;
pub mod pictures;
pub mod publishing;
pub mod reindex;
pub mod render;
pub mod rendering;
pub mod restore;
pub mod seed;
pub mod services;
pub mod serving;
pub mod site;
pub mod suggestions;
pub mod telemetry;
pub mod throttle;
pub mod users;
pub mod variants;
pub mod views;
