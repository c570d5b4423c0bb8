//! The store on both databases: every test runs on a fresh SQLite file and in a fresh PostgreSQL database.

mod account;
mod administration;
mod article;
mod attachment;
mod draft;
mod support;
mod views;
