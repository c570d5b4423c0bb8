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
mod save;
mod sources;

pub use self::progress::{Progress, Silent, Summary};

use self::attachments::Attachments;
use self::categories::Categories;
use self::parse::{Parsed, file_hash, guarded, parse_all};
use self::pictures::Pictures;
use self::prepare::{Known, Preparation, Prepared, prepare};
use self::report::{Line, Report};
use self::save::Saver;
use self::sources::Sources;
use crate::indexer::{self, Indexed};
use crate::site::Site;
use anyhow::{Context, Result, ensure};
use import::{Collection, Entry, LinkMap};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Instant;
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
/// When nothing can be imported at all, the report cannot be written, or the database did not take articles. Single files
/// never stop the job.
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
    if summary.unsorted > 0 {
        println!("{} of the articles name no category; an editor can give them one", summary.unsorted);
    }
    ensure!(
        summary.failed == 0,
        "{} articles could not be stored because the database failed; importing again stores them",
        summary.failed
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
    let parsed = parse_all(&collection.entries);
    let sources = Sources::read(site, &collection.entries, &parsed).await?;
    let known = known_exports(site, &parsed).await?;
    let categories = Categories::read(site, &parsed, options.dry_run).await?;
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
                        let prepared = guarded(|| prepare(entry, &parsed[at], context))
                            .unwrap_or_else(|reason| Prepared::refused(entry, &reason));
                        if sender.send(prepared).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let mut saver = Saver::new(site, &pictures, dry_run);
            let mut batch: Vec<Prepared> = Vec::with_capacity(BATCH);
            for prepared in &receiver {
                progress.step(&prepared.line.path);
                batch.push(prepared);
                if batch.len() == BATCH {
                    handle.block_on(saver.save(std::mem::take(&mut batch), &mut report))?;
                }
            }
            handle.block_on(saver.save(batch, &mut report))
        })
    });
    interrupted.abort();
    result?;
    if !dry_run {
        sources.note_places(site, &collection.entries, &parsed).await?;
    }
    if !dry_run && let Indexed::ByServer = indexer::index_now(site).await.context("indexing the articles")? {
        tracing::info!("the running server indexes the articles within a second");
    }
    let summary = report.finish()?;
    ensure!(!stop.load(Ordering::Relaxed), "interrupted; what was saved so far stays, and importing again goes on");
    Ok(summary)
}

/// The articles that exported files are.
async fn known_exports(site: &Site, parsed: &[Parsed]) -> Result<HashMap<ArticleId, Known>> {
    let exported: Vec<_> = parsed.iter().flatten().filter_map(|(article, _)| article.exported.as_ref()).collect();
    let mut known = HashMap::with_capacity(exported.len());
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
fn wanted_slugs(entries: &[Entry], parsed: &[Parsed], sources: &Sources) -> HashMap<String, Slug> {
    let mut taken: HashSet<Slug> = sources.slugs().cloned().collect();
    let mut slugs = HashMap::with_capacity(entries.len());
    for (entry, parsed) in entries.iter().zip(parsed) {
        let Ok((article, _)) = parsed else { continue };
        // An exported file says its slug; where another article has it, the store numbers it.
        if article.exported.is_some() {
            taken.insert(article.slug.clone());
            slugs.insert(entry.path.clone(), article.slug.clone());
            continue;
        }
        let slug = match sources.article(entry) {
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
