//! The build, step by step; every step does nothing when its input is the same as before.

use crate::command::run;
use crate::trim::trim;
use crate::{compress, keep, names, offline, places};
use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// Where the site is put together, as `[[workspace.metadata.leptos]]` says.
pub(crate) const SITE: &str = "target/site";
/// Where steps leave what the next step takes.
pub(crate) const WORK: &str = "target/xtask";
/// Where cargo leaves the WASM client, in a folder named by the profile.
pub(crate) const CLIENT: &str = "target/wasm32-unknown-unknown";
/// npm's programs of this package.
const TOOLS: &str = "xtask/node_modules/.bin";

/// What a build is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// To be used: small, fast, precompressed.
    Release,
    /// To be worked on: compiled quickly, neither optimised nor compressed.
    Debug,
}

impl Build {
    /// The profile of the client.
    pub(crate) fn client_profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Debug => "wasm-debug",
        }
    }
}

/// Builds server and site: `target/release/liuguang` (or `target/debug/liuguang`) and `target/site`, both at once: each
/// has stretches where only one processor has work.
///
/// # Errors
/// The first step that fails.
pub fn build(build: Build) -> Result<()> {
    std::thread::scope(|scope| {
        let server = scope.spawn(|| server(build));
        site(build)?;
        step("building the server");
        server.join().map_err(|_| anyhow!("building the server panicked"))?
    })
}

/// Compiles the server.
fn server(build: Build) -> Result<()> {
    let mut arguments = vec!["build", "--package", "server"];
    if build == Build::Release {
        arguments.push("--release");
    }
    run("cargo", &arguments)
}

/// Puts `target/site` together.
fn site(build: Build) -> Result<()> {
    fs::create_dir_all(WORK)?;
    fs::create_dir_all(format!("{SITE}/pkg"))?;
    tools()?;
    libraries()?;
    step("building the client");
    wasm("frontend", "liuguang", "default, hydrate", build)?;
    step("building the offline search");
    wasm("offline_search", "offline_search", "default, index, Library", build)?;
    step("bundling styles and scripts");
    bundle("style/main.css", "style.css")?;
    bundle("style/workshop.css", "workshop.css")?;
    bundle("frontend/scripts/page.ts", "page.js")?;
    bundle("frontend/scripts/editor/main.ts", "editor.js")?;
    bundle("frontend/scripts/search.ts", "search.js")?;
    bundle("frontend/scripts/desk.ts", "desk.js")?;
    bundle("frontend/scripts/workshop.ts", "workshop.js")?;
    let mut assets = json!({
        "style": publish("style.css", "liuguang")?,
        "script": publish("page.js", "page")?,
        "search": publish("search.js", "search")?,
        "module": publish("liuguang.js", "liuguang")?,
        "wasm": publish("liuguang.wasm", "liuguang")?,
        "workshop": publish("workshop.css", "workshop")?,
        "editor": publish("editor.js", "editor")?,
        "desk": publish("desk.js", "desk")?,
        "workshop_script": publish("workshop.js", "workshop")?,
    });
    offline::publish_scripts(&mut assets)?;
    fs::write(format!("{SITE}/assets.json"), serde_json::to_string_pretty(&assets)?)?;
    keep::prune(&assets)?;
    copy(Path::new("public"), Path::new(SITE))?;
    if build == Build::Release {
        step("compressing");
        // Files of earlier builds keep the copies that they have.
        for address in
            assets.as_object().into_iter().flat_map(|files| files.values()).filter_map(|address| address.as_str())
        {
            compress::file(Path::new(&format!("{SITE}{address}")))?;
        }
        compress::folder(Path::new(SITE), "pkg")?;
    }
    Ok(())
}

fn step(name: &str) {
    eprintln!("· {name}");
}

/// Installs the npm tools at the versions of the lock file.
fn tools() -> Result<()> {
    let lock = fs::read("xtask/package-lock.json").context("reading xtask/package-lock.json")?;
    if unchanged("tools", &lock)? && Path::new(TOOLS).exists() {
        return Ok(());
    }
    step("installing build tools");
    run("npm", &["ci", "--prefix", "xtask", "--no-audit", "--no-fund", "--loglevel=error"])?;
    remember("tools", &lock)
}

/// Installs what the editor's script is made of, at the versions of the lock file.
fn libraries() -> Result<()> {
    let lock = fs::read("frontend/package-lock.json").context("reading frontend/package-lock.json")?;
    if unchanged("libraries", &lock)? && Path::new("frontend/node_modules").exists() {
        return Ok(());
    }
    step("installing the editor's libraries");
    run("npm", &["ci", "--prefix", "frontend", "--no-audit", "--no-fund", "--loglevel=error"])?;
    remember("libraries", &lock)
}

/// Compiles a package for the browser, makes its bindings and optimises it: `NAME.wasm` and `NAME.js`.
/// What follows cargo is done only when cargo made something else than before. Of the script only the `used` exports stay.
fn wasm(package: &str, name: &str, used: &str, build: Build) -> Result<()> {
    let profile = build.client_profile();
    run(
        "cargo",
        &["build", "--package", package, "--lib", "--target", "wasm32-unknown-unknown", "--profile", profile],
    )?;
    let source = format!("{CLIENT}/{profile}/{package}.wasm");
    let mut made = fs::read(&source).with_context(|| format!("reading {source}"))?;
    // What follows depends on this program too.
    made.extend(fs::read(std::env::current_exe()?).context("reading this program")?);
    if unchanged(name, &made)? && Path::new(WORK).join(format!("{name}.wasm")).exists() {
        return Ok(());
    }
    step("optimising");
    let bindings = format!("{WORK}/bindings");
    let mut output = Bindgen::new()
        .input_path(&source)
        .web(true)
        .context("choosing modules for the browser")?
        .typescript(false)
        .omit_default_module_path(true)
        .out_name(name)
        .generate_output()
        .with_context(|| format!("making the bindings of {package}"))?;
    let mut short = HashMap::new();
    if build == Build::Release {
        trim(output.wasm_mut());
        places::forget(output.wasm_mut());
        short = names::shorten(output.wasm_mut(), name);
    }
    output.emit(&bindings).with_context(|| format!("writing the bindings of {package}"))?;
    let (bound, finished) = (format!("{bindings}/{name}_bg.wasm"), format!("{WORK}/{name}.wasm"));
    match build {
        Build::Debug => {
            fs::copy(&bound, &finished).with_context(|| format!("copying {bound}"))?;
        }
        Build::Release => optimise(&bound, &finished)?,
    }
    let glue = format!("{bindings}/{name}.js");
    let script = fs::read_to_string(&glue).with_context(|| format!("reading {glue}"))?;
    fs::write(&glue, names::rename(&script, name, &short)).with_context(|| format!("writing {glue}"))?;
    let entry = format!("{bindings}/{name}.entry.js");
    fs::write(&entry, format!("export {{ {used} }} from \"./{name}.js\";\n"))
        .with_context(|| format!("writing {entry}"))?;
    bundle(&entry, &format!("{name}.js"))?;
    remember(name, &made)
}

/// Makes WASM smaller.
fn optimise(source: &str, target: &str) -> Result<()> {
    run(
        &format!("{TOOLS}/wasm-opt"),
        &[
            // Compressed, this is smaller than `-Oz`.
            "-Os",
            "--converge",
            "--enable-bulk-memory",
            "--enable-nontrapping-float-to-int",
            "--enable-sign-ext",
            "--enable-mutable-globals",
            "--enable-reference-types",
            "--enable-multivalue",
            source,
            "-o",
            target,
        ],
    )
}

/// One file of all that `source` imports.
fn bundle(source: &str, name: &str) -> Result<()> {
    bundle_with(source, name, &[])
}

/// As [`bundle`], with values for names that the source declares.
pub(crate) fn bundle_with(source: &str, name: &str, values: &[(&str, Value)]) -> Result<()> {
    let target = format!("--outfile={WORK}/{name}");
    let defined: Vec<String> = values.iter().map(|(name, value)| format!("--define:{name}={value}")).collect();
    let mut arguments = vec![
        source,
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022,safari16.4",
        "--log-level=warning",
        &target,
    ];
    arguments.extend(defined.iter().map(String::as_str));
    run(&format!("{TOOLS}/esbuild"), &arguments)
}

/// Copies a made file under a name that holds the hash of its content, and returns its address.
/// Files of earlier builds stay, so that an open page finds what it was made with.
pub(crate) fn publish(made: &str, name: &str) -> Result<String> {
    let content = fs::read(Path::new(WORK).join(made)).with_context(|| format!("reading {made}"))?;
    let ending = Path::new(made).extension().and_then(|ending| ending.to_str()).context("reading the file's ending")?;
    let address = format!("/pkg/{name}.{}.{ending}", &hash(&content)[..16]);
    let target = PathBuf::from(format!("{SITE}{address}"));
    if !target.exists() {
        fs::write(&target, content).with_context(|| format!("writing {}", target.display()))?;
    }
    Ok(address)
}

/// Copies what changed.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let source = entry?.path();
        let target = to.join(source.file_name().context("reading a file's name")?);
        if source.is_dir() {
            copy(&source, &target)?;
        } else if fs::read(&source)? != fs::read(&target).unwrap_or_default() {
            fs::copy(&source, &target).with_context(|| format!("copying {}", source.display()))?;
        }
    }
    Ok(())
}

/// Whether a step's input is what it was when the step was last done.
fn unchanged(step: &str, input: &[u8]) -> Result<bool> {
    let stamp = fs::read_to_string(format!("{WORK}/{step}.stamp")).unwrap_or_default();
    Ok(stamp == hash(input))
}

fn remember(step: &str, input: &[u8]) -> Result<()> {
    Ok(fs::write(format!("{WORK}/{step}.stamp"), hash(input))?)
}

pub(crate) fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}
