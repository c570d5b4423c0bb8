//! Builds the site: WASM, styles, scripts, hashes and compression; and checks what the build weighs.
//!
//! `cargo xtask build` is what `make build` calls. Why not cargo-leptos: `docs/decisions/0001-build-with-xtask.md`.

mod budgets;
mod command;
mod compress;
mod site;

use anyhow::{Context, Result, bail};
use std::path::PathBuf;

fn main() -> Result<()> {
    let root = root()?;
    std::env::set_current_dir(&root).context("entering the project's folder")?;
    match std::env::args().nth(1).as_deref() {
        Some("build") => site::build(),
        Some("budgets") => budgets::check(),
        other => bail!("unknown task {other:?}; there are `build` and `budgets`"),
    }
}

/// The folder of the workspace: the parent of this package.
fn root() -> Result<PathBuf> {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    Ok(package.parent().context("finding the project's folder")?.to_path_buf())
}
