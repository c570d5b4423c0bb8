//! Files of earlier builds: an open page may still ask for what it was made with, so they stay for thirty days.

use crate::site::{SITE, WORK};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// How long a file is kept after the first build that no longer has it, in seconds.
const KEPT_SECONDS: u64 = 30 * 24 * 3600;

/// Removes files of `pkg` that no build of the last thirty days had. When a file fell out of use is kept in
/// `target/xtask/superseded.json`: its own time would say when it was made.
///
/// # Errors
/// When the folder or the list cannot be read or written.
pub fn prune(assets: &Value) -> Result<()> {
    let list = Path::new(WORK).join("superseded.json");
    let known: BTreeMap<String, u64> =
        fs::read_to_string(&list).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).context("reading the clock")?.as_secs();
    let current: Vec<&str> =
        assets.as_object().context("reading the list of built files")?.values().filter_map(Value::as_str).collect();
    let mut superseded = BTreeMap::new();
    for entry in fs::read_dir(format!("{SITE}/pkg")).context("reading the folder of built files")? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let plain = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz")).unwrap_or(name);
        if current.contains(&format!("/pkg/{plain}").as_str()) {
            continue;
        }
        let since = known.get(plain).copied().unwrap_or(now);
        if expired(since, now) {
            fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        } else {
            superseded.insert(plain.to_owned(), since);
        }
    }
    fs::write(&list, serde_json::to_string_pretty(&superseded)?).with_context(|| format!("writing {}", list.display()))
}

/// A clock that was set back keeps the file.
fn expired(since: u64, now: u64) -> bool {
    now.saturating_sub(since) > KEPT_SECONDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_days_count_from_the_build_that_replaced_a_file() {
        assert!(!expired(1_000, 1_000 + KEPT_SECONDS));
        assert!(expired(1_000, 1_001 + KEPT_SECONDS));
        assert!(!expired(2_000, 1_000));
    }
}
