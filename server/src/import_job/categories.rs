//! The category of an imported file, by the names that it gives: those of today, and those from before a category was
//! renamed or merged.

use super::parse::Parsed;
use crate::site::Site;
use anyhow::{Context, Result};
use import::SourceArticle;
use std::collections::{HashMap, HashSet};
use types::{CategoryNode, CategoryRef, Slug};

/// The category of articles whose own is unknown.
const UNSORTED: &str = "systems";
/// Slugs that the database is asked for at once.
const BATCH: usize = 1000;

/// Categories by the names and slugs under which files may know them.
pub struct Categories {
    names: HashMap<String, Slug>,
    /// Slugs that were, and what they are now.
    now: HashMap<Slug, Slug>,
    /// By names that they had before.
    former: HashMap<String, Slug>,
    /// Those that stand in no menu.
    hidden: HashSet<Slug>,
    unsorted: Slug,
}

/// Where a file stands in the tree.
pub enum Found<'a> {
    /// Where it says.
    Known(Slug),
    /// Where it says, which no menu shows.
    Hidden(Slug),
    /// Its name for it is unknown.
    Unknown { name: &'a str, stands_in: Slug },
    /// It does not say.
    NotGiven { stands_in: Slug },
}

impl Categories {
    /// Reads them. What exported files stand in is made before, where there is none.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn read(site: &Site, files: &[Parsed], dry_run: bool) -> Result<Self> {
        let given = files.iter().flatten().flat_map(|(source, _)| given(source)).map(String::as_str);
        let asked: HashSet<Slug> = given.chain([UNSORTED]).filter_map(as_slug).collect();
        let mut new = Self {
            names: HashMap::new(),
            now: HashMap::new(),
            former: HashMap::new(),
            hidden: HashSet::new(),
            unsorted: Slug::from_text(UNSORTED).expect("a literal slug"),
        };
        for slugs in Vec::from_iter(asked).chunks(BATCH) {
            new.now.extend(site.store.categories_now(slugs).await.context("reading what categories are called now")?);
        }
        if !dry_run {
            new.make_missing(site, files).await?;
        }
        let former = site.store.former_category_names().await.context("reading what categories were called before")?;
        new.former = former.into_iter().map(|(name, slug)| (folded(&name), slug)).collect();
        new.take_in(&site.store.category_tree().await.context("reading the categories")?);
        Ok(new)
    }

    /// Takes the tree in. A name that a shown and a hidden category have stands for the shown one.
    fn take_in(&mut self, tree: &[CategoryNode]) {
        let mut shown = Vec::new();
        for group in tree {
            for node in group.leaves.iter().chain([group]) {
                if group.hidden || node.hidden {
                    self.hidden.insert(node.slug.clone());
                    self.take_in_one(node);
                } else {
                    shown.push(node);
                }
            }
        }
        for node in &shown {
            self.take_in_one(node);
        }
        let usual = self.known(UNSORTED).filter(|slug| !self.hidden.contains(slug));
        let first = || tree.iter().find(|group| !group.hidden).map(|group| &group.slug);
        if let Some(unsorted) = usual.or_else(first).cloned() {
            self.unsorted = unsorted;
        }
    }

    fn take_in_one(&mut self, node: &CategoryNode) {
        self.names.insert(folded(&node.name), node.slug.clone());
        self.names.insert(node.slug.to_string(), node.slug.clone());
    }

    async fn make_missing(&self, site: &Site, files: &[Parsed]) -> Result<()> {
        let exported = files.iter().flatten().filter_map(|(source, _)| source.exported.as_ref());
        let mut seen = HashSet::new();
        for place in exported.map(|exported| self.place(&exported.category)) {
            if seen.insert(place.slug.clone()) {
                site.store.ensure_category(&place).await.context("making a category")?;
            }
        }
        Ok(())
    }

    /// The first category of the file that there is.
    pub fn find<'a>(&self, source: &'a SourceArticle) -> Found<'a> {
        if let Some(slug) = given(source).find_map(|name| self.known(name)) {
            let slug = slug.clone();
            return if self.hidden.contains(&slug) { Found::Hidden(slug) } else { Found::Known(slug) };
        }
        let stands_in = self.unsorted.clone();
        match source.categories.first().or(source.group.as_ref()) {
            Some(name) => Found::Unknown { name, stands_in },
            None => Found::NotGiven { stands_in },
        }
    }

    /// The place of an exported file in the tree of today.
    pub fn place(&self, exported: &CategoryRef) -> CategoryRef {
        let now = |slug: &Slug| self.now.get(slug).unwrap_or(slug).clone();
        CategoryRef { slug: now(&exported.slug), group_slug: now(&exported.group_slug), ..exported.clone() }
    }

    fn known(&self, name: &str) -> Option<&Slug> {
        let name = folded(name);
        let moved = || self.names.get(self.now.get(&as_slug(&name)?)?.as_str());
        self.names.get(&name).or_else(moved).or_else(|| self.former.get(&name))
    }
}

/// The names under which a file may know its category, the surest first.
fn given(source: &SourceArticle) -> impl Iterator<Item = &String> {
    source.categories.iter().chain(&source.group).chain(&source.tags)
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The slug that a name is or was given. One in Chinese has one that nobody can guess.
fn as_slug(name: &str) -> Option<Slug> {
    name.is_ascii().then(|| Slug::from_text(name).ok()).flatten()
}
