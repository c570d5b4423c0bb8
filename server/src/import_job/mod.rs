//! `liuguang import`: read, render, store and index, with a report; safe to repeat and to interrupt.
//!
//! Files are parsed and rendered on every core; one task saves them in batches, each batch one transaction, so that
//! whatever stops the job leaves a consistent site. What was imported before and has not changed costs only its reading.

mod attachments;
mod categories;
mod parse;
mod pictures;
mod prepare;
mod progress;
mod report;

pub use self::progress::{Progress, Silent, Summary};

use self::attachments::Attachments;
use self::categories::Categories;
use self::parse::{Parsed, file_hash, parse_all};
use self::pictures::Pictures;
use self::prepare::{Known, Preparation, Prepared, prepare};
use self::report::{Line, Report};
use crate::indexer::{self, Indexed};
use crate::site::Site;
use anyhow::{Context, Result, ensure};
use import::{Collection, Entry, LinkMap};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Instant;
use store::{Outcome, Source};
use types::{ArticleId, Slug};

/// Articles saved in one transaction.
const BATCH: usize = 100;

/// What to import.
#[derive(Debug, Default)]
pub struct ImportOptions {
    /// Folders, zip files or Markdown files.
    pub paths: Vec<PathBuf>,
    /// The list of files with their metadata.
    pub manifest: Option<PathBuf>,
    /// Store nothing.
    pub dry_run: bool,
    /// Where the report goes.
    pub report: Option<PathBuf>,
}

/// The command: imports with a progress bar and prints a summary.
///
/// # Errors
/// When nothing can be imported at all, or the report cannot be written. Single files never stop the job.
pub async fn run(site: &Site, options: ImportOptions) -> Result<()> {
    let started = Instant::now();
    let bar = indicatif::ProgressBar::new(0);
    let style = indicatif::ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}")?;
    bar.set_style(style);
    let summary = import(site, &options, &bar).await?;
    bar.finish_and_clear();
    let verb = if options.dry_run { "would be" } else { "were" };
    println!(
        "{} added, {} updated, {} unchanged, {} refused ({} warnings); in {:.1} s they {verb} stored",
        summary.added,
        summary.updated,
        summary.unchanged,
        summary.refused,
        summary.warnings,
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Imports and indexes.
///
/// # Errors
/// As [`run`].
pub async fn import(site: &Site, options: &ImportOptions, progress: &dyn Progress) -> Result<Summary> {
    let collection = Collection::open(&options.paths, options.manifest.as_deref())?;
    progress.total(collection.entries.len());
    let mut report = Report::create(options.report.as_deref())?;
    for refusal in &collection.refused {
        report.write(&Line::refused(&refusal.path, &refusal.reason))?;
    }
    let sources = site.store.sources().await.context("reading what was imported before")?;
    let parsed = parse_all(&collection.entries);
    let known = known_exports(site, &parsed, options.dry_run).await?;
    let categories = Categories::read(site).await?;
    let slugs = wanted_slugs(&collection.entries, &parsed, &sources);
    let links = LinkMap::new(collection.entries.iter().map(|entry| entry.path.as_str()));
    let pictures = Pictures::default();
    let attachments = Attachments::new(site, !options.dry_run);
    let context = Preparation {
        sources: &sources,
        known: &known,
        categories: &categories,
        slugs: &slugs,
        links: &links,
        pictures: &pictures,
        attachments: &attachments,
    };

    let stop = Arc::new(AtomicBool::new(false));
    let interrupted = tokio::spawn({
        let stop = Arc::clone(&stop);
        async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                stop.store(true, Ordering::Relaxed);
            }
        }
    });
    let (sender, receiver) = mpsc::sync_channel::<Prepared>(BATCH * 2);
    let handle = tokio::runtime::Handle::current();
    let next = AtomicUsize::new(0);
    let dry_run = options.dry_run;
    let result: Result<()> = tokio::task::block_in_place(|| {
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
                let (sender, context, next, stop, parsed) = (sender.clone(), &context, &next, &stop, &parsed);
                let entries = &collection.entries;
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(entry) = entries.get(at) else { break };
                        let prepared = prepare(entry, &parsed[at], context);
                        if sender.send(prepared).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let mut batch: Vec<Prepared> = Vec::with_capacity(BATCH);
            for prepared in &receiver {
                progress.step(&prepared.line.path);
                batch.push(prepared);
                if batch.len() == BATCH {
                    handle.block_on(save(site, &pictures, std::mem::take(&mut batch), dry_run, &mut report))?;
                }
            }
            handle.block_on(save(site, &pictures, batch, dry_run, &mut report))
        })
    });
    interrupted.abort();
    result?;
    if !dry_run && let Indexed::ByServer = indexer::index_now(site).await.context("indexing the articles")? {
        tracing::info!("the running server indexes the articles within a second");
    }
    let summary = report.finish()?;
    ensure!(!stop.load(Ordering::Relaxed), "interrupted; what was saved so far stays, and importing again goes on");
    Ok(summary)
}

/// The articles that exported files are, and the categories that they stand in, made where there are none.
async fn known_exports(site: &Site, parsed: &[Parsed], dry_run: bool) -> Result<HashMap<ArticleId, Known>> {
    let exported: Vec<_> = parsed.iter().flatten().filter_map(|(article, _)| article.exported.as_ref()).collect();
    let mut known = HashMap::with_capacity(exported.len());
    let mut seen = HashSet::new();
    for place in exported.iter().map(|exported| &exported.category) {
        if seen.insert(&place.slug) && !dry_run {
            site.store.ensure_category(place).await.context("making a category")?;
        }
    }
    let ids: Vec<_> = exported.iter().map(|exported| exported.id).collect();
    for ids in ids.chunks(BATCH) {
        for article in site.store.stored_articles(ids).await.context("reading what was exported before")? {
            let hash = file_hash(crate::export::markdown(&article).as_bytes(), None);
            known.insert(article.id, Known { slug: article.slug, hash });
        }
    }
    Ok(known)
}

/// The slug of each file: the one it has already, else the one it asks for, numbered where another file has it.
fn wanted_slugs(entries: &[Entry], parsed: &[Parsed], sources: &HashMap<String, Source>) -> HashMap<String, Slug> {
    let mut taken: HashSet<Slug> = sources.values().map(|source| source.slug.clone()).collect();
    let mut slugs = HashMap::with_capacity(entries.len());
    for (entry, parsed) in entries.iter().zip(parsed) {
        let Ok((article, _)) = parsed else { continue };
        // An exported file says its slug; where another article has it, the store numbers it.
        if article.exported.is_some() {
            taken.insert(article.slug.clone());
            slugs.insert(entry.path.clone(), article.slug.clone());
            continue;
        }
        let slug = match sources.get(&entry.path) {
            Some(source) => source.slug.clone(),
            None => {
                let wanted = article.slug.clone();
                let mut slug = wanted.clone();
                let mut number = 2;
                while taken.contains(&slug) {
                    slug = wanted.numbered(number);
                    number += 1;
                }
                taken.insert(slug.clone());
                slug
            }
        };
        slugs.insert(entry.path.clone(), slug);
    }
    slugs
}

/// Saves a batch and reports it.
async fn save(
    site: &Site,
    pictures: &Pictures,
    batch: Vec<Prepared>,
    dry_run: bool,
    report: &mut Report,
) -> Result<()> {
    if dry_run {
        for prepared in batch {
            report.write(&prepared.line.decided(prepared.article.as_ref().map(|_| Outcome::Added)))?;
        }
        return Ok(());
    }
    for asset in pictures.drain() {
        site.store.put_asset(&asset).await.context("storing a picture")?;
    }
    let (mut lines, mut articles) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
    for prepared in batch {
        match prepared.article {
            Some(article) => {
                lines.push(prepared.line);
                articles.push(article);
            }
            None => report.write(&prepared.line)?,
        }
    }
    if articles.is_empty() {
        return Ok(());
    }
    for (line, saved) in lines.into_iter().zip(site.store.save_articles(&articles).await) {
        match saved {
            Ok(saved) => report.write(&line.saved(&saved.slug, saved.outcome))?,
            Err(error) => report.write(&Line::refused(&line.path, &format!("it could not be stored: {error}")))?,
        }
    }
    site.changed.notify_one();
    Ok(())
}
