//! The site over HTTP, on a real database and a real index: pages, API, safety.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

mod account;
mod administration;
mod downloads;
mod editor;
mod feeds;
mod installed;
mod kill;
mod limits;
mod metadata;
mod operations;
mod pages;
mod pictures;
mod probes;
mod publishing;
mod roles;
mod safety;
mod search;
mod settings;
mod site;
mod writing;
