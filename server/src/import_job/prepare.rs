//! Making an article of a file: its links and pictures rewritten, its text rendered, its fields filled in.

use super::attachments::Attachments;
use super::categories::{Categories, Found};
use super::parse::Parsed;
use super::pictures::{Pictures, Taken};
use super::report::{EDITED, Line};
use super::sources::Sources;
use crate::publishing;
use import::{Entry, LinkMap, LinkTarget, SourceArticle};
use markup::Destination;
use std::collections::HashMap;
use store::ArticleToSave;
use types::{ArticleId, ArticleStatus, Slug};

/// What preparing a file needs to know.
pub struct Preparation<'a> {
    /// What was imported before.
    pub sources: &'a Sources,
    /// Exported articles as they stand now.
    pub known: &'a HashMap<ArticleId, Known>,
    /// Categories by their names.
    pub categories: &'a Categories,
    /// The slug that each file is to have.
    pub slugs: &'a HashMap<String, Slug>,
    /// Where links between files lead.
    pub links: &'a LinkMap,
    /// Pictures that articles show.
    pub pictures: &'a Pictures,
    /// Files that articles offer.
    pub attachments: &'a Attachments,
}

/// An article that an exported file is, as it stands in the database now.
pub struct Known {
    /// Its slug.
    pub slug: Slug,
    /// Hash of the file that exporting it would write.
    pub hash: String,
}

/// One file on its way.
pub struct Prepared {
    /// What the report will say.
    pub line: Line,
    /// The article, when there is something to save.
    pub article: Option<ArticleToSave>,
}

impl Prepared {
    /// A file that becomes no article.
    pub fn refused(entry: &Entry, reason: &str) -> Self {
        Self { line: Line::refused(&entry.path, reason), article: None }
    }
}

/// Renders one file, unless it is the same as before.
pub fn prepare(entry: &Entry, parsed: &Parsed, context: &Preparation<'_>) -> Prepared {
    let (source, hash) = match parsed {
        Ok(parsed) => parsed,
        Err(reason) => return Prepared::refused(entry, reason),
    };
    let mut warnings = source.warnings.clone();
    let known = source.exported.as_ref().and_then(|exported| context.known.get(&exported.id));
    if let Some(known) = known.filter(|known| known.hash == *hash) {
        return Prepared { line: Line::unchanged(&entry.path, &known.slug, warnings), article: None };
    }
    let slug = context.slugs.get(&entry.path).cloned();
    let before = context.sources.article(entry);
    if let Some(before) = before
        && before.hash.as_deref() == Some(hash)
        && before.render_version == markup::RENDER_VERSION
    {
        return Prepared { line: Line::unchanged(&entry.path, &before.slug, warnings), article: None };
    }
    if let (Some(before), None) = (before, &source.exported) {
        if before.edited {
            if before.hash.as_deref() != Some(hash) {
                warnings.push(EDITED.to_owned());
            }
            return Prepared { line: Line::unchanged(&entry.path, &before.slug, warnings), article: None };
        }
        if matches!(before.status, ArticleStatus::Hidden | ArticleStatus::Removed) {
            warnings.push(format!("the article is {} on the site and stays so", before.status));
        }
    }
    let Some(slug) = slug else {
        return Prepared::refused(entry, "no address could be made for it");
    };
    let body = if source.exported.is_some() {
        context.pictures.take_exported(entry, &source.body, &mut warnings);
        context.pictures.take_exported(entry, source.cover.as_deref().unwrap_or_default(), &mut warnings);
        source.body.clone()
    } else {
        markup::rewrite_destinations(&source.body, &mut |destination| {
            rewrite(entry, source, &destination, context, &mut warnings)
        })
    };
    let rendered = match markup::render(&body, context.pictures) {
        Ok(rendered) => rendered,
        Err(error) => return Prepared::refused(entry, &error.to_string()),
    };
    let files = match context.attachments.take(entry, source, &mut warnings) {
        Ok(files) => files,
        Err(reason) => return Prepared::refused(entry, &reason),
    };
    let mut unsorted = false;
    let category = match &source.exported {
        Some(exported) => context.categories.place(&exported.category).slug,
        None => match context.categories.find(source) {
            Found::Known(category) => category,
            Found::Hidden(category) => {
                warnings.push(format!(
                    "the category {category} is hidden: the article stands in it, and no menu leads there"
                ));
                category
            }
            Found::Unknown { name, stands_in } => {
                warnings.push(format!("unknown category {name:?}; the article stands in {stands_in}"));
                stands_in
            }
            Found::NotGiven { stands_in } => {
                unsorted = true;
                stands_in
            }
        },
    };
    let now = publishing::now();
    let published_at = source.date.or_else(|| entry.file_time()).unwrap_or(now);
    let author_name = source.author.clone().unwrap_or_else(|| "佚名".to_owned());
    let given = source.description.clone().filter(|text| source.exported.is_some() || !text.trim().is_empty());
    let summary = given.unwrap_or(rendered.summary);
    // The file that an exported article was first imported from stays known, unless another article has it by now.
    let (id, source_path, source_hash) = match &source.exported {
        Some(exported) => {
            let first = exported
                .source_path
                .clone()
                .filter(|path| context.sources.known(path).is_none_or(|source| source.id == exported.id));
            (Some(exported.id), first, None)
        }
        None => (None, Some(context.sources.path(entry).to_owned()), Some(hash.clone())),
    };
    let article = ArticleToSave {
        id,
        slug: slug.clone(),
        kind: source.kind,
        status: match &source.exported {
            Some(exported) => exported.status,
            None if source.draft => ArticleStatus::Draft,
            None if published_at > now => ArticleStatus::Scheduled,
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
    if article.status == ArticleStatus::Scheduled && source.exported.is_none() {
        warnings
            .push(format!("its date lies ahead: it is scheduled, and readers see it from {}", published_at.rfc3339()));
        for problem in article.fields().unpublishable() {
            warnings.push(format!("it will not go out before its {} is put right in the editor", problem.field));
        }
    }
    let is_known = if source.exported.is_some() { known.is_some() } else { before.is_some() };
    let line = Line::prepared(&entry.path, &slug, warnings, is_known).unsorted(unsorted);
    Prepared { line, article: Some(article) }
}

/// Where a link or picture of an imported file leads: on this site, else where the file comes from, else nowhere, so that
/// its words stay and no address of this site that cannot exist.
fn rewrite(
    entry: &Entry,
    source: &SourceArticle,
    destination: &Destination<'_>,
    context: &Preparation<'_>,
    warnings: &mut Vec<String>,
) -> Option<String> {
    if destination.is_image() {
        return match context.pictures.take(entry, destination.url, warnings) {
            Taken::Elsewhere => None,
            Taken::Here(address) => Some(address),
            Taken::Missing => Some(at_origin(source, destination).unwrap_or_default()),
        };
    }
    match context.links.article_for(&entry.path, destination.url) {
        LinkTarget::Article { path, fragment } if context.slugs.contains_key(&path) => {
            let slug = &context.slugs[&path];
            Some(match fragment {
                Some(fragment) => format!("/articles/{slug}#{fragment}"),
                None => format!("/articles/{slug}"),
            })
        }
        LinkTarget::Article { .. } | LinkTarget::Missing => {
            let origin = at_origin(source, destination);
            // A text of one's own may name what this site has.
            if origin.is_none() && source.provenance.is_empty() && is_page(destination.url) {
                return None;
            }
            warnings.push(format!("broken link {}", destination.url));
            Some(origin.unwrap_or_default())
        }
        LinkTarget::External | LinkTarget::Anchor => None,
    }
}

/// Where a destination leads at the source that the text was taken from, the last one that is named.
fn at_origin(source: &SourceArticle, destination: &Destination<'_>) -> Option<String> {
    import::at_origin(&source.provenance.last()?.url, destination.url, destination.is_image())
}

/// What the addresses begin with under which this site answers whoever reads.
const PAGES: [&str; 9] = ["", "archive", "articles", "author", "category", "downloads", "media", "search", "tag"];

/// Whether an address is formed as those of this site's pages and files.
fn is_page(url: &str) -> bool {
    let first = url.strip_prefix('/').and_then(|path| path.split(['/', '?', '#']).next());
    first.is_some_and(|first| PAGES.contains(&first))
}
