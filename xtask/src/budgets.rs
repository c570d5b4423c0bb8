//! The budgets that a build alone can break: what the client weighs and what it depends on.
//! `make budgets` adds those that need a running site.

use crate::command::output;
use crate::compress::brotli_11;
use crate::site::{Build, CLIENT};
use anyhow::{Context, Result, ensure};
use std::fs;

/// WASM and glue together, compressed, in bytes.
const CLIENT_BYTES: usize = 210_000;
/// The editor's module, compressed, in bytes; loaded only where somebody writes.
const EDITOR_BYTES: usize = 110_000;
/// The service worker, compressed, in bytes.
const SERVICE_WORKER_BYTES: usize = 3_000;
/// The WASM of the search without the network, compressed, in bytes.
const OFFLINE_SEARCH_BYTES: usize = 100_000;
/// Stands in Leptos' dependencies for the server's settings; in the client it counts only if its code is linked.
const BROUGHT_BY_LEPTOS: &str = "regex";
/// Packages that must never reach the browser: they belong to the server or weigh too much.
const SERVER_ONLY: [&str; 10] =
    ["tantivy", "sqlx", "sqlx-core", "comrak", "syntect", "tokio", "regex", "jieba-rs", "ammonia", "axum"];

/// Measures and compares.
///
/// # Errors
/// When a budget is passed or a figure cannot be had.
pub fn check() -> Result<()> {
    let assets = fs::read_to_string("target/site/assets.json")
        .context("reading target/site/assets.json; run `make build` first")?;
    let assets: serde_json::Value = serde_json::from_str(&assets)?;
    let mut bytes = 0;
    for kind in ["module", "wasm"] {
        let address = assets[kind].as_str().context("reading an address in assets.json")?;
        let size = brotli_11(&fs::read(format!("target/site{address}"))?)?.len();
        println!("{kind:<8} {size:>8} bytes compressed  {address}");
        bytes += size;
    }
    println!("client   {bytes:>8} of {CLIENT_BYTES} bytes");
    ensure!(bytes <= CLIENT_BYTES, "the client weighs {bytes} bytes, the budget is {CLIENT_BYTES}");

    let editor = assets["editor"].as_str().context("reading an address in assets.json")?;
    let editor = brotli_11(&fs::read(format!("target/site{editor}"))?)?.len();
    println!("editor   {editor:>8} of {EDITOR_BYTES} bytes");
    ensure!(editor <= EDITOR_BYTES, "the editor's module weighs {editor} bytes, the budget is {EDITOR_BYTES}");
    for (name, path, budget) in [
        ("sw.js", "/sw.js", SERVICE_WORKER_BYTES),
        (
            "offline search",
            assets["offline_wasm"].as_str().context("reading an address in assets.json")?,
            OFFLINE_SEARCH_BYTES,
        ),
    ] {
        let size = brotli_11(&fs::read(format!("target/site{path}"))?)?.len();
        println!("{name:<14} {size:>8} of {budget} bytes compressed");
        ensure!(size <= budget, "{name} weighs {size} bytes, the budget is {budget}");
    }

    let tree = output(
        "cargo",
        &[
            "tree",
            "--package",
            "frontend",
            "--package",
            "offline_search",
            "--target",
            "wasm32-unknown-unknown",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ],
    )?;
    let in_tree = |name: &str| tree.lines().any(|line| line.split_whitespace().next() == Some(name));
    let linked = names_of_functions()?;
    let found: Vec<_> = SERVER_ONLY
        .into_iter()
        .filter(|&name| in_tree(name) && (name != BROUGHT_BY_LEPTOS || linked.contains(&mangled(name))))
        .collect();
    println!("packages that must stay on the server: {} found in the client", found.len());
    ensure!(found.is_empty(), "the client depends on {}", found.join(", "));
    Ok(())
}

/// The client's modules as cargo left them: the names of their functions stand in them.
fn names_of_functions() -> Result<String> {
    let mut modules = String::new();
    for package in ["frontend", "offline_search"] {
        let module = format!("{CLIENT}/{}/{package}.wasm", Build::Release.client_profile());
        modules += &String::from_utf8_lossy(&fs::read(&module).with_context(|| format!("reading {module}"))?);
    }
    ensure!(modules.contains(&mangled("tachys")), "the client holds no names of functions; run `make build` again");
    Ok(modules)
}

/// A crate in the name of a function: its length and its name.
fn mangled(package: &str) -> String {
    format!("{}{}", package.len(), package.replace('-', "_"))
}
