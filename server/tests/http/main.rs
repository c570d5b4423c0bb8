//! The site over HTTP, on a real database and a real index: pages, API, safety.

mod editor;
mod feeds;
mod installed;
mod limits;
mod operations;
mod pages;
mod safety;
mod search;
mod site;
