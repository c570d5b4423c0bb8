//! The site over HTTP, on a real database and a real index: pages, API, safety.

mod account;
mod editor;
mod installed;
mod pages;
mod safety;
mod search;
mod site;
