//! The store on both databases: every test runs on a fresh SQLite file and in a fresh PostgreSQL database.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]
#![allow(clippy::disallowed_methods, reason = "made-up articles need no renderer")]

mod account;
mod administration;
mod article;
mod attachment;
mod draft;
mod feed;
mod feedback;
mod opening;
mod outage;
mod picture;
mod schedule;
mod series;
mod support;
mod views;
