//! Builds the site: WASM, styles, scripts, hashes and compression; and checks what the build weighs.
//!
//! `cargo xtask build` is what `make build` calls; `--debug` builds quickly, for work on the site. Why not cargo-leptos: `docs/decisions/0001-build-with-xtask.md`.

mod budgets;
mod command;
mod compress;
mod keep;
mod names;
mod offline;
mod places;
mod site;
mod trim;

use anyhow::{Context, Result, bail};
use site::Build;
use std::path::PathBuf;

fn main() -> Result<()> {
    let root = root()?;
    std::env::set_current_dir(&root).context("entering the project's folder")?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build"] => site::build(Build::Release),
        ["build", "--debug"] => site::build(Build::Debug),
        ["budgets"] => budgets::check(),
        _ => bail!("there are `build`, `build --debug` and `budgets`, not `{}`", arguments.join(" ")),
    }
}

/// The folder of the workspace: the parent of this package. `cargo run` says where that is now; the place at compile time
/// is another one where the target folder was copied from another checkout.
fn root() -> Result<PathBuf> {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    Ok(package.parent().context("finding the project's folder")?.to_path_buf())
}
