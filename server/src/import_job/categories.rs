//! The category of an imported file, by the names that it gives.

use crate::site::Site;
use anyhow::{Context, Result};
use import::SourceArticle;
use std::collections::HashMap;
use types::Slug;

/// The category of articles whose own is unknown.
const UNSORTED: &str = "systems";

/// Categories by the names and slugs under which files may know them.
pub struct Categories(HashMap<String, Slug>);

impl Categories {
    /// Reads them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(site: &Site) -> Result<Self> {
        let mut names = HashMap::new();
        for group in site.store.categories().await.context("reading the categories")? {
            for leaf in group.leaves {
                names.insert(leaf.name.to_lowercase(), leaf.slug.clone());
                names.insert(leaf.slug.to_string(), leaf.slug);
            }
            names.insert(group.name.to_lowercase(), group.slug.clone());
            names.insert(group.slug.to_string(), group.slug);
        }
        Ok(Self(names))
    }

    /// The first category of the file that there is, and the first name that is unknown when there is none.
    pub fn find<'a>(&self, source: &'a SourceArticle) -> (Slug, Option<&'a str>) {
        let names = source.categories.iter().chain(&source.group).chain(&source.tags);
        let known = names.filter_map(|name| self.0.get(&name.trim().to_lowercase())).next();
        match known {
            Some(slug) => (slug.clone(), None),
            None => {
                let unsorted = self.0.get(UNSORTED).or_else(|| self.0.values().next()).cloned();
                let unknown = source.categories.first().map_or("", String::as_str);
                (unsorted.unwrap_or_else(|| Slug::from_text(UNSORTED).expect("a literal slug")), Some(unknown))
            }
        }
    }
}
