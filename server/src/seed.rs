//! What an empty site begins with: the tree of categories, commands, quotations, and the demo articles.

use crate::import_job::{self, ImportOptions};
use crate::site::Site;
use anyhow::{Context, Result};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use store::SeedGroup;
use types::{LearningCard, Quotation, Slug};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The files of `server/seed`, inside the program.
#[derive(RustEmbed)]
#[folder = "seed"]
struct Seed;

#[derive(Deserialize)]
struct Group {
    name: String,
    slug: Slug,
    leaves: Vec<Leaf>,
}

#[derive(Deserialize)]
struct Leaf {
    name: String,
    slug: Slug,
}

/// Puts the tree of categories, the commands and the quotations into a database that has none.
///
/// # Errors
/// When a file of ours is damaged or the database does not take it.
pub async fn categories(site: &Site) -> Result<()> {
    let groups: Vec<Group> =
        serde_json::from_slice(&file("categories.json")?).context("reading the seed's categories")?;
    let groups: Vec<SeedGroup> = groups
        .into_iter()
        .map(|group| SeedGroup {
            name: group.name,
            slug: group.slug,
            leaves: group.leaves.into_iter().map(|leaf| (leaf.name, leaf.slug)).collect(),
        })
        .collect();
    site.store.seed_categories(&groups).await.context("storing the categories")?;
    site.store.seed_learning_cards(&lines::<LearningCard>("commands.jsonl")?).await.context("storing the commands")?;
    site.store.seed_quotations(&lines::<Quotation>("quotations.jsonl")?).await.context("storing the quotations")?;
    Ok(())
}

/// Fills an empty site with the demo articles, by the very import that everybody uses.
///
/// # Errors
/// When the temporary folder cannot be written or an article of ours is refused.
pub async fn demo(site: &Site) -> Result<()> {
    let folder = tempfile::tempdir().context("making a folder for the demo articles")?;
    for name in Seed::iter().filter(|name| name.starts_with("articles/")) {
        let target = folder.path().join(name.as_ref());
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).context("writing the demo articles")?;
        }
        std::fs::write(&target, file(&name)?).context("writing the demo articles")?;
    }
    pack(&folder.path().join("articles/files"))?;
    let paths = vec![folder.path().join("articles")];
    let outcome =
        import_job::import(site, &ImportOptions { paths, ..ImportOptions::default() }, &import_job::Silent).await?;
    tracing::info!(articles = outcome.added, "the empty site was filled with {} demo articles", outcome.added);
    Ok(())
}

/// Packs every folder of `seed/downloads` into an archive that a demo article offers.
fn pack(target: &Path) -> Result<()> {
    let failed = || "packing the demo downloads";
    std::fs::create_dir_all(target).with_context(failed)?;
    let mut names: Vec<_> = Seed::iter().filter(|name| name.starts_with("downloads/")).collect();
    names.sort();
    let mut archives: BTreeMap<String, ZipWriter<File>> = BTreeMap::new();
    for name in names {
        let Some((folder, inside)) = name.trim_start_matches("downloads/").split_once('/') else { continue };
        if !archives.contains_key(folder) {
            let made = File::create(target.join(format!("{folder}.zip"))).with_context(failed)?;
            archives.insert(folder.to_owned(), ZipWriter::new(made));
        }
        let Some(archive) = archives.get_mut(folder) else { continue };
        let mode = if inside.ends_with(".sh") { 0o755 } else { 0o644 };
        let options = SimpleFileOptions::default().unix_permissions(mode);
        archive.start_file(format!("{folder}/{inside}"), options).with_context(failed)?;
        archive.write_all(&file(&name)?).with_context(failed)?;
    }
    for (_, archive) in archives {
        archive.finish().with_context(failed)?;
    }
    Ok(())
}

fn file(name: &str) -> Result<Vec<u8>> {
    Ok(Seed::get(name).with_context(|| format!("finding {name} in the program"))?.data.into_owned())
}

fn lines<T: for<'de> Deserialize<'de>>(name: &str) -> Result<Vec<T>> {
    let content = file(name)?;
    let text = std::str::from_utf8(&content).with_context(|| format!("reading {name}"))?;
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("reading line {} of {name}", number + 1))
        })
        .collect()
}
