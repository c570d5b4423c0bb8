//! Making an article of a file: its links and pictures rewritten, its text rendered, its fields filled in.

use super::attachments::Attachments;
use super::categories::Categories;
use super::parse::Parsed;
use super::pictures::Pictures;
use super::report::Line;
use import::{Entry, LinkMap, LinkTarget};
use markup::Destination;
use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};
use store::{ArticleToSave, Source};
use types::{ArticleId, ArticleStatus, Slug, Timestamp};

/// What preparing a file needs to know.
pub struct Preparation<'a> {
    /// Imported articles by the path of their file.
    pub sources: &'a HashMap<String, Source>,
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

/// Renders one file, unless it is the same as before.
pub fn prepare(entry: &Entry, parsed: &Parsed, context: &Preparation<'_>) -> Prepared {
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
    context: &Preparation<'_>,
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
