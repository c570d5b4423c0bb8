//! What became of each file: JSON Lines for machines, counts for people.

use super::Summary;
use anyhow::{Context, Result};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use store::Outcome;
use types::Slug;

/// One file.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub path: String,
    slug: Option<String>,
    outcome: &'static str,
    warnings: Vec<String>,
}

impl Line {
    pub fn refused(path: &str, reason: &str) -> Self {
        Self { path: path.to_owned(), slug: None, outcome: "refused", warnings: vec![reason.to_owned()] }
    }

    pub fn unchanged(path: &str, slug: &Slug, warnings: Vec<String>) -> Self {
        Self { path: path.to_owned(), slug: Some(slug.to_string()), outcome: "unchanged", warnings }
    }

    pub fn prepared(path: &str, slug: &Slug, warnings: Vec<String>) -> Self {
        Self { path: path.to_owned(), slug: Some(slug.to_string()), outcome: "added", warnings }
    }

    pub fn saved(self, slug: &Slug, outcome: Outcome) -> Self {
        Self { slug: Some(slug.to_string()), ..self.decided(Some(outcome)) }
    }

    pub fn decided(self, outcome: Option<Outcome>) -> Self {
        let outcome = match outcome {
            Some(Outcome::Added) => "added",
            Some(Outcome::Updated) => "updated",
            Some(Outcome::Unchanged) => "unchanged",
            None => self.outcome,
        };
        Self { outcome, ..self }
    }
}

/// Writes lines and counts them.
pub(super) struct Report {
    file: Option<BufWriter<File>>,
    summary: Summary,
}

impl Report {
    pub fn create(path: Option<&Path>) -> Result<Self> {
        let file = match path {
            Some(path) => {
                let file = File::create(path).with_context(|| format!("creating the report {}", path.display()))?;
                Some(BufWriter::new(file))
            }
            None => None,
        };
        Ok(Self { file, summary: Summary::default() })
    }

    pub fn write(&mut self, line: &Line) -> Result<()> {
        let summary = &mut self.summary;
        match line.outcome {
            "added" => summary.added += 1,
            "updated" => summary.updated += 1,
            "unchanged" => summary.unchanged += 1,
            _ => summary.refused += 1,
        }
        summary.warnings += line.warnings.len();
        if line.outcome == "refused" {
            tracing::warn!("{} is refused: {}", line.path, line.warnings.join("; "));
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        serde_json::to_writer(&mut *file, line).context("writing the report")?;
        file.write_all(b"\n").context("writing the report")
    }

    pub fn finish(mut self) -> Result<Summary> {
        if let Some(file) = &mut self.file {
            file.flush().context("writing the report")?;
        }
        Ok(self.summary)
    }
}
