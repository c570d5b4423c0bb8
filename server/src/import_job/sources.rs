//! Which article a file is: the one that was imported from the place where it lies, else the one that is known under its path.
//!
//! The path of a file in a folder or an archive is the same in every run. That of a single file depends on what is imported
//! with it, so that the place where it lies on this machine says more.

use super::parse::Parsed;
use crate::site::Site;
use anyhow::{Context, Result};
use import::Entry;
use std::collections::{HashMap, HashSet};
use std::path::{MAIN_SEPARATOR, Path};
use store::Source;
use types::{ArticleId, Slug};

/// What was imported before, and which of the files of this import it is.
pub struct Sources {
    /// Imported articles by the paths under which they are known.
    known: HashMap<String, Source>,
    /// The articles of files by the places where they lie.
    places: HashMap<String, ArticleId>,
    /// The paths of this import for which articles are known under other ones.
    other: HashMap<String, String>,
}

impl Sources {
    /// Reads them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(site: &Site, entries: &[Entry], files: &[Parsed]) -> Result<Self> {
        let known = site.store.sources().await.context("reading what was imported before")?;
        let places = site.store.source_files().await.context("reading where imported files lay")?;
        let mut new = Self { known, places, other: HashMap::new() };
        new.other = new.assigned(&own(entries, files).collect::<Vec<_>>());
        Ok(new)
    }

    /// The path under which the article of a file is known, or will be.
    pub fn path<'a>(&'a self, entry: &'a Entry) -> &'a str {
        self.other.get(&entry.path).unwrap_or(&entry.path)
    }

    /// The article that a file became before.
    pub fn article(&self, entry: &Entry) -> Option<&Source> {
        self.known.get(self.path(entry))
    }

    /// The article that is known under a path.
    pub fn known(&self, path: &str) -> Option<&Source> {
        self.known.get(path)
    }

    /// The slugs of all imported articles.
    pub fn slugs(&self) -> impl Iterator<Item = &Slug> {
        self.known.values().map(|source| &source.slug)
    }

    /// Notes where the files lie that are articles now.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn note_places(&self, site: &Site, entries: &[Entry], files: &[Parsed]) -> Result<()> {
        let known = site.store.sources().await.context("reading what was imported")?;
        let lie = own(entries, files).filter_map(|entry| Some((entry.file()?, known.get(self.path(entry))?.id)));
        let moved: HashMap<_, _> = lie.filter(|(place, article)| self.places.get(place) != Some(article)).collect();
        if moved.is_empty() {
            return Ok(());
        }
        site.store.note_source_files(&moved).await.context("noting where imported files lie")
    }

    /// For the paths of files whose articles are known under other ones: those. No two files are one article.
    fn assigned(&self, entries: &[&Entry]) -> HashMap<String, String> {
        let paths: HashMap<ArticleId, &str> =
            self.known.iter().map(|(path, source)| (source.id, path.as_str())).collect();
        let mut lay: HashMap<ArticleId, Vec<&str>> = HashMap::new();
        for (place, article) in &self.places {
            lay.entry(*article).or_default().push(place);
        }
        let mut taken: HashSet<&str> = HashSet::new();
        let mut other = HashMap::new();
        let mut left = Vec::new();
        for entry in entries {
            let path = entry.file().and_then(|file| paths.get(self.places.get(&file)?).copied());
            match path {
                Some(path) if taken.insert(path) => {
                    if path != entry.path {
                        other.insert(entry.path.clone(), path.to_owned());
                    }
                }
                _ => left.push(*entry),
            }
        }
        for entry in left {
            let same = self.known.get_key_value(&entry.path);
            let another = same.is_some_and(|(path, source)| {
                // The file of that article, which is another one, is still there.
                let there = |places: &Vec<&str>| places.iter().any(|place| Path::new(place).is_file());
                taken.contains(path.as_str()) || entry.alone && lay.get(&source.id).is_some_and(there)
            });
            if !another {
                taken.extend(same.map(|(path, _)| path.as_str()));
                continue;
            }
            let used = |path: &String| {
                self.known.contains_key(path)
                    || entries.iter().any(|entry| entry.path == *path)
                    || other.values().any(|other| other == path)
            };
            if let Some(path) = longer(entry).find(|path| !used(path)) {
                other.insert(entry.path.clone(), path);
            }
        }
        other
    }
}

/// The files that are known by where they lie and by their paths; exported ones say themselves which articles they are.
fn own<'a>(entries: &'a [Entry], files: &'a [Parsed]) -> impl Iterator<Item = &'a Entry> {
    let own = |file: &Parsed| file.as_ref().is_ok_and(|(source, _)| source.exported.is_none());
    entries.iter().zip(files).filter(move |(_, file)| own(file)).map(|(entry, _)| entry)
}

/// The path of a file with one more, two more … of the folders that it lies in.
fn longer(entry: &Entry) -> impl Iterator<Item = String> {
    let file = entry.file().unwrap_or_default();
    let parts: Vec<String> = file.split(MAIN_SEPARATOR).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let known = entry.path.split('/').count();
    (known + 1..=parts.len()).map(move |count| parts[parts.len() - count..].join("/"))
}
