//! A list of files with metadata that wins over their front matter: JSON Lines, one object a file.

use crate::error::ImportError;
use serde::{Deserialize, Deserializer};
use std::path::Path;

/// What some editors put before a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What a list says of one file.
#[derive(Clone, Debug, Deserialize)]
pub struct ManifestEntry {
    /// Relative to the list's folder.
    pub path: String,
    /// The article's title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Whom to credit.
    pub attribution: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// Where it stands in the tree.
    pub category: Option<ListedCategory>,
    /// In order.
    #[serde(default, deserialize_with = "or_nothing")]
    pub tags: Vec<String>,
    /// Where the original is.
    pub source_url: Option<String>,
    /// The licence it was given under.
    pub licence: Option<String>,
    /// Whether it waits to be published. Who lists a file wants it shown, whatever its front matter says.
    #[serde(default, deserialize_with = "or_nothing")]
    pub draft: bool,
}

/// A place in the tree, by names.
#[derive(Clone, Debug, Deserialize)]
pub struct ListedCategory {
    /// The group.
    pub parent: Option<String>,
    /// The leaf; none for the group itself.
    pub leaf: Option<String>,
}

/// A field that says `null` says as little as one that is not there.
fn or_nothing<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(field: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(field)?.unwrap_or_default())
}

/// Reads a list.
pub(crate) fn read(path: &Path) -> Result<Vec<ManifestEntry>, ImportError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ImportError::Manifest { path: path.display().to_string(), source })?;
    text.lines()
        .map(|line| line.trim_start_matches(BYTE_ORDER_MARK))
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|source| ImportError::ManifestLine { line: number + 1, source })
        })
        .collect()
}
