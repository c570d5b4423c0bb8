//! `liuguang import`: read, render, store and index, with a report; safe to repeat and to interrupt.
//!
//! Files are parsed and rendered on every core; one task saves them in batches, each batch one transaction, so that
//! whatever stops the job leaves a consistent site. What was imported before and has not changed costs only its reading.

mod attachments;
mod pictures;
mod report;

use self::attachments::Attachments;
use crate::indexer::{self, Indexed};
use crate::site::Site;
use anyhow::{Context, Result, ensure};
use import::{Collection, Entry, LinkMap, LinkTarget, ManifestEntry, SourceArticle};
use markup::Destination;
use pictures::Pictures;
use report::{Line, Report};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use store::{ArticleToSave, Outcome, Source};
use types::{ArticleId, ArticleStatus, Slug, Timestamp};

/// Articles saved in one transaction.
const BATCH: usize = 100;
/// The category of articles whose own is unknown.
const UNSORTED: &str = "systems";

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

/// How many files had which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// New articles.
    pub added: usize,
    /// Articles with a new revision.
    pub updated: usize,
    /// Articles that were the same.
    pub unchanged: usize,
    /// Files that became no article.
    pub refused: usize,
    /// Warnings over all files.
    pub warnings: usize,
}

/// Is told how the job goes on.
pub trait Progress: Sync {
    /// So many files there are.
    fn total(&self, _files: usize) {}
    /// Another file is done.
    fn step(&self, _path: &str) {}
}

/// Tells nobody.
pub struct Silent;

impl Progress for Silent {}

impl Progress for indicatif::ProgressBar {
    fn total(&self, files: usize) {
        self.set_length(files as u64);
    }

    fn step(&self, _path: &str) {
        self.inc(1);
    }
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

/// One file on its way.
struct Prepared {
    line: Line,
    article: Option<ArticleToSave>,
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
    let context = Context_ {
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

/// What preparing a file needs to know.
struct Context_<'a> {
    sources: &'a HashMap<String, Source>,
    known: &'a HashMap<ArticleId, Known>,
    categories: &'a Categories,
    slugs: &'a HashMap<String, Slug>,
    links: &'a LinkMap,
    pictures: &'a Pictures,
    attachments: &'a Attachments,
}

/// An article that an exported file is, as it stands in the database now.
struct Known {
    slug: Slug,
    /// Hash of the file that exporting it would write.
    hash: String,
}

/// The articles that exported files are, and the categories that they stand in, made where there are none.
async fn known_exports(site: &Site, parsed: &[Parsed], dry_run: bool) -> Result<HashMap<ArticleId, Known>> {
    let exported: Vec<_> = parsed.iter().flatten().filter_map(|(article, _)| article.exported.as_ref()).collect();
    let mut known = HashMap::with_capacity(exported.len());
    let mut seen = std::collections::HashSet::new();
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

type Parsed = Result<(SourceArticle, String), String>;

/// Reads and parses every file on all cores; the hash is that of the file and what the manifest says of it.
fn parse_all(entries: &[Entry]) -> Vec<Parsed> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let size = entries.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = entries
            .chunks(size)
            .map(|part| scope.spawn(move || part.iter().map(parse).collect::<Vec<Parsed>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

fn parse(entry: &Entry) -> Parsed {
    let bytes = entry.read().map_err(|refusal| refusal.reason)?;
    let hash = file_hash(&bytes, entry.listed());
    let article =
        import::parse(&entry.path, &bytes, entry.listed(), entry.file_time()).map_err(|refusal| refusal.reason)?;
    let hash = attachments::hash_with(entry, &article, hash);
    Ok((article, hash))
}

/// The hash by which an unchanged file is known again.
fn file_hash(bytes: &[u8], listed: Option<&ManifestEntry>) -> String {
    let mut digest = Sha256::new();
    digest.update(bytes);
    digest.update(listed.map(|listed| format!("{listed:?}")).unwrap_or_default());
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The slug of each file: the one it has already, else the one it asks for, numbered where another file has it.
fn wanted_slugs(entries: &[Entry], parsed: &[Parsed], sources: &HashMap<String, Source>) -> HashMap<String, Slug> {
    let mut taken: std::collections::HashSet<Slug> = sources.values().map(|source| source.slug.clone()).collect();
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

/// Renders one file, unless it is the same as before.
fn prepare(entry: &Entry, parsed: &Parsed, context: &Context_<'_>) -> Prepared {
    let (source, hash) = match parsed {
        Ok(parsed) => parsed,
        Err(reason) => return Prepared { line: Line::refused(&entry.path, reason), article: None },
    };
    let mut warnings = source.warnings.clone();
    let known = source.exported.as_ref().and_then(|exported| context.known.get(&exported.id));
    if let Some(known) = known.filter(|known| known.hash == *hash) {
        return Prepared { line: Line::unchanged(&entry.path, &known.slug, warnings), article: None };
    }
    let slug = context.slugs.get(&entry.path).cloned();
    let before = context.sources.get(&entry.path);
    if let Some(before) = before
        && before.hash.as_deref() == Some(hash)
        && before.render_version == markup::RENDER_VERSION
    {
        return Prepared { line: Line::unchanged(&entry.path, &before.slug, warnings), article: None };
    }
    let Some(slug) = slug else {
        return Prepared { line: Line::refused(&entry.path, "no address could be made for it"), article: None };
    };
    let body = if source.exported.is_some() {
        context.pictures.take_exported(entry, &source.body, &mut warnings);
        context.pictures.take_exported(entry, source.cover.as_deref().unwrap_or_default(), &mut warnings);
        source.body.clone()
    } else {
        markup::rewrite_destinations(&source.body, &mut |destination| {
            rewrite(entry, &destination, context, &mut warnings)
        })
    };
    let rendered = match markup::render(&body, context.pictures) {
        Ok(rendered) => rendered,
        Err(error) => return Prepared { line: Line::refused(&entry.path, &error.to_string()), article: None },
    };
    let files = match context.attachments.take(entry, source, &mut warnings) {
        Ok(files) => files,
        Err(reason) => return Prepared { line: Line::refused(&entry.path, &reason), article: None },
    };
    let (category, unknown) = match &source.exported {
        Some(exported) => (exported.category.slug.clone(), None),
        None => context.categories.find(source),
    };
    if let Some(name) = unknown {
        warnings.push(format!("unknown category {name:?}; the article stands in {category}"));
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
    let published_at = source.date.or_else(|| entry.file_time()).unwrap_or(Timestamp(now));
    let author_name = source.author.clone().unwrap_or_else(|| "佚名".to_owned());
    let given = source.description.clone().filter(|text| source.exported.is_some() || !text.trim().is_empty());
    let summary = given.unwrap_or(rendered.summary);
    // The file that an exported article was first imported from stays known, unless another article has it by now.
    let (id, source_path, source_hash) = match &source.exported {
        Some(exported) => {
            let first = exported
                .source_path
                .clone()
                .filter(|path| context.sources.get(path).is_none_or(|source| source.id == exported.id));
            (Some(exported.id), first, None)
        }
        None => (None, Some(entry.path.clone()), Some(hash.clone())),
    };
    let article = ArticleToSave {
        id,
        slug: slug.clone(),
        kind: source.kind,
        status: match &source.exported {
            Some(exported) => exported.status,
            None if source.draft => ArticleStatus::Draft,
            None => ArticleStatus::Published,
        },
        title: source.title.clone(),
        summary,
        body,
        html: rendered.html,
        outline: rendered.outline,
        plain: rendered.plain,
        blocks: rendered.blocks,
        words: rendered.words,
        minutes: rendered.minutes,
        category,
        tags: source.tags.clone(),
        author_handle: source.handle.clone().unwrap_or_else(|| import::handle_for(&author_name)),
        author_name,
        published_at,
        updated_at: source.updated.unwrap_or(published_at),
        applies_to: source.applies_to.clone(),
        further_reading: source.further_reading.clone(),
        series: source.series.clone(),
        provenance: source.provenance.clone(),
        cover: source.cover.clone(),
        attachments: Some(files),
        render_version: markup::RENDER_VERSION,
        source_path,
        source_hash,
    };
    Prepared { line: Line::prepared(&entry.path, &slug, warnings), article: Some(article) }
}

/// Where a link or picture of an imported file leads on this site.
fn rewrite(
    entry: &Entry,
    destination: &Destination<'_>,
    context: &Context_<'_>,
    warnings: &mut Vec<String>,
) -> Option<String> {
    if destination.is_image() {
        return context.pictures.take(entry, destination.url, warnings);
    }
    match context.links.article_for(&entry.path, destination.url) {
        LinkTarget::Article { path, fragment } => {
            let slug = context.slugs.get(&path)?;
            Some(match fragment {
                Some(fragment) => format!("/articles/{slug}#{fragment}"),
                None => format!("/articles/{slug}"),
            })
        }
        LinkTarget::Missing => {
            warnings.push(format!("broken link {}", destination.url));
            None
        }
        LinkTarget::External | LinkTarget::Anchor => None,
    }
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

/// Categories by the names and slugs under which files may know them.
struct Categories(HashMap<String, Slug>);

impl Categories {
    async fn read(site: &Site) -> Result<Self> {
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
    fn find<'a>(&self, source: &'a SourceArticle) -> (Slug, Option<&'a str>) {
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
