//! The site over HTTP, on a real database and a real index: pages, API, safety.

mod account;
mod downloads;
mod administration;
mod editor;
mod feeds;
mod installed;
mod kill;
mod limits;
mod metadata;
mod operations;
mod pages;
mod probes;
mod safety;
mod roles;
mod search;
mod settings;
mod site;
