//! The site over HTTP, on a real database and a real index: pages, API, safety.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

mod account;
mod administration;
mod article;
mod bodies;
mod comparing;
mod diagrams;
mod downloads;
mod editor;
mod feedback;
mod feeds;
mod functions;
mod importing;
mod installed;
mod kill;
mod limits;
mod memory;
mod metadata;
mod operations;
mod outage;
mod pages;
mod pictures;
mod probes;
mod publishing;
mod review;
mod roles;
mod safety;
mod search;
mod series;
mod settings;
mod site;
mod terminal;
mod writing;
