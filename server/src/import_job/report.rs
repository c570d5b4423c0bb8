//! What became of each file: JSON Lines for machines, counts for people.

use super::Summary;
use anyhow::{Context, Result};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use store::Outcome;
use types::Slug;

/// Why a changed file was not taken over.
pub(super) const EDITED: &str =
    "the article has a newer text that was written on the site; it stays as it is, and the file was not taken over";

/// One file.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub path: String,
    slug: Option<String>,
    outcome: &'static str,
    warnings: Vec<String>,
    /// It names no category; said once for all files, because whole folders of articles do without.
    #[serde(skip)]
    unsorted: bool,
}

impl Line {
    pub fn refused(path: &str, reason: &str) -> Self {
        Self::new(path, None, "refused", vec![reason.to_owned()])
    }

    /// The file is well, and the database did not take it.
    pub fn failed(path: &str, reason: &str) -> Self {
        Self::new(path, None, "failed", vec![reason.to_owned()])
    }

    pub fn unchanged(path: &str, slug: &Slug, warnings: Vec<String>) -> Self {
        Self::new(path, Some(slug), "unchanged", warnings)
    }

    /// What will become of a file when it is stored, as far as can be said before.
    pub fn prepared(path: &str, slug: &Slug, warnings: Vec<String>, is_known: bool) -> Self {
        Self::new(path, Some(slug), if is_known { "updated" } else { "added" }, warnings)
    }

    pub fn unsorted(self, unsorted: bool) -> Self {
        Self { unsorted, ..self }
    }

    pub fn saved(mut self, slug: &Slug, outcome: Outcome) -> Self {
        let outcome = match outcome {
            Outcome::Added => "added",
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::Kept => {
                self.warnings.push(EDITED.to_owned());
                "unchanged"
            }
        };
        Self { slug: Some(slug.to_string()), outcome, ..self }
    }

    fn new(path: &str, slug: Option<&Slug>, outcome: &'static str, warnings: Vec<String>) -> Self {
        Self { path: path.to_owned(), slug: slug.map(Slug::to_string), outcome, warnings, unsorted: false }
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
            "failed" => summary.failed += 1,
            _ => summary.refused += 1,
        }
        summary.warnings += line.warnings.len();
        summary.unsorted += usize::from(line.unsorted);
        match line.outcome {
            "refused" => tracing::warn!("{} is refused: {}", line.path, line.warnings.join("; ")),
            "failed" => tracing::error!("{}: {}", line.path, line.warnings.join("; ")),
            _ => {}
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
