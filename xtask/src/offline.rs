//! The scripts of reading offline, each of which must know the addresses of those made before it.

use crate::site::{SITE, WORK, bundle_with, hash, publish};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;

/// Pictures and other files without a hash in their name that belong to the installed site.
const SHELL: [&str; 2] = ["/favicon.svg", "/icons/192.png"];

/// Built files that readers never need.
const AUTHORS_ONLY: [&str; 4] = ["desk", "editor", "workshop", "workshop_script"];

/// Publishes the search's WASM, the worker around it and the library of saved articles, adds them to the list of built
/// files, and writes `sw.js`, which keeps all of them.
///
/// # Errors
/// The first step that fails.
pub fn publish_scripts(assets: &mut Value) -> Result<()> {
    let wasm = publish("offline_search.wasm", "offline_search")?;
    bundle_with("frontend/scripts/offline/worker.ts", "worker.js", &[("SEARCH_WASM", json!(wasm))])?;
    let worker = publish("worker.js", "worker")?;
    bundle_with("frontend/scripts/offline/main.ts", "offline.js", &[("SEARCH_WORKER", json!(worker))])?;
    let offline = publish("offline.js", "offline")?;
    assets["offline"] = json!(offline);
    assets["offline_worker"] = json!(worker);
    assets["offline_wasm"] = json!(wasm);
    let built = assets.as_object().context("reading the list of built files")?.iter();
    let built =
        built.filter(|(name, _)| !AUTHORS_ONLY.contains(&name.as_str())).filter_map(|(_, address)| address.as_str());
    let files: Vec<&str> = built.chain(SHELL).collect();
    let build = &hash(files.join(" ").as_bytes())[..16];
    bundle_with("frontend/scripts/sw.ts", "sw.js", &[("BUILD", json!(build)), ("FILES", json!(files))])?;
    fs::copy(format!("{WORK}/sw.js"), format!("{SITE}/sw.js")).context("copying sw.js")?;
    Ok(())
}
