//! The folder of articles with judged queries.

use crate::Settings;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that holds all that is needed.
pub struct Corpus {
    /// The folder.
    pub folder: PathBuf,
    /// The judged queries, in the order of the file.
    pub queries: Vec<Judged>,
}

/// A query, and the articles that answer it.
#[derive(Deserialize)]
pub struct Judged {
    /// As somebody would type it.
    pub query: String,
    /// Paths as in the manifest.
    pub relevant: Vec<String>,
    /// How the query was made; figures are told by kind.
    pub kind: String,
}

impl Corpus {
    /// Reads the queries and checks that the articles are there.
    ///
    /// # Errors
    /// One sentence that says what is missing.
    pub fn open(settings: &Settings) -> Result<Self> {
        let Some(folder) = settings.corpus.as_deref().filter(|folder| !folder.as_os_str().is_empty()) else {
            bail!(
                "CORPUS is not set; give the folder that holds manifest.jsonl and relevance.jsonl: make relevance CORPUS=FOLDER"
            )
        };
        for name in ["manifest.jsonl", "relevance.jsonl"] {
            if !folder.join(name).is_file() {
                bail!("CORPUS is {}, but there is no {name} in it", folder.display());
            }
        }
        if !settings.program.is_file() {
            bail!("{} is missing; build it with `make build`", settings.program.display());
        }
        Ok(Self { folder: folder.to_path_buf(), queries: read(&folder.join("relevance.jsonl"))? })
    }
}

fn read(path: &Path) -> Result<Vec<Judged>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, number)| {
            serde_json::from_str(line).with_context(|| format!("reading line {number} of {}", path.display()))
        })
        .collect()
}
