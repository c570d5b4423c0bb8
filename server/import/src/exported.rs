//! Files that this program exported: every field as it stands, nothing guessed and nothing converted.

use crate::article::{SourceArticle, SourceAttachment};
use crate::{date, front_matter};
use serde::Deserialize;
use types::{ArticleId, ArticleKind, ArticleStatus, CategoryRef, Handle, ProvenanceStep, SeriesPlace, Slug};

/// The line below the opening `---` of every exported file: the number of this form of front matter.
pub const MARK: &str = "liuguang: 1";

/// What an exported file knows beyond what other files do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The article it is.
    pub id: ArticleId,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// Where it stands in the tree, with names, so that a missing category can be made.
    pub category: CategoryRef,
    /// The file it was first imported from.
    pub source_path: Option<String>,
}

#[derive(Deserialize)]
struct Fields {
    id: i64,
    title: String,
    slug: Slug,
    kind: ArticleKind,
    status: ArticleStatus,
    date: String,
    updated: String,
    category: Slug,
    category_name: String,
    group: Slug,
    group_name: String,
    #[serde(default)]
    tags: Vec<String>,
    author: String,
    handle: Handle,
    #[serde(default)]
    description: String,
    cover: Option<String>,
    applies_to: Option<String>,
    further_reading: Option<String>,
    series: Option<Series>,
    #[serde(default)]
    sources: Vec<Step>,
    source_path: Option<String>,
    #[serde(default)]
    attachments: Vec<AttachedFile>,
}

#[derive(Deserialize)]
struct AttachedFile {
    file: String,
    name: String,
    sha256: String,
    licence: Option<String>,
}

#[derive(Deserialize)]
struct Series {
    name: String,
    part: Option<u32>,
}

#[derive(Deserialize)]
struct Step {
    title: String,
    author: Option<String>,
    url: String,
    licence: Option<String>,
    fetched: Option<String>,
}

/// The article, when the file is an exported one; the reason, when it is one and a field of it makes no sense.
pub(crate) fn parse(path: &str, bytes: &[u8]) -> Option<Result<SourceArticle, String>> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.strip_prefix("---\n")?.strip_prefix(MARK)?.strip_prefix('\n')?;
    let split = front_matter::split(text);
    if let Some(warning) = split.warning {
        return Some(Err(warning));
    }
    let fields = match serde_json::from_value::<Fields>(serde_json::Value::Object(split.fields)) {
        Ok(fields) => fields,
        Err(error) => return Some(Err(format!("a field of its front matter makes no sense: {error}"))),
    };
    let (Some(published), Some(updated)) = (date::parse(&fields.date), date::parse(&fields.updated)) else {
        return Some(Err(format!("its date {:?} or {:?} is none", fields.date, fields.updated)));
    };
    let provenance = fields.sources.into_iter().map(|step| ProvenanceStep {
        title: step.title,
        author: step.author,
        url: step.url,
        licence: step.licence,
        fetched_at: step.fetched.and_then(|text| date::parse(&text)),
    });
    let attachments = fields.attachments.into_iter().map(|attached| SourceAttachment {
        file: attached.file,
        name: attached.name,
        licence: attached.licence,
        sha256: Some(attached.sha256),
    });
    Some(Ok(SourceArticle {
        path: path.to_owned(),
        title: fields.title,
        slug: fields.slug,
        date: Some(published),
        updated: Some(updated),
        tags: fields.tags,
        categories: vec![fields.category.to_string()],
        group: Some(fields.group.to_string()),
        author: Some(fields.author),
        handle: Some(fields.handle),
        draft: fields.status != ArticleStatus::Published,
        description: Some(fields.description),
        kind: fields.kind,
        provenance: provenance.collect(),
        applies_to: fields.applies_to,
        further_reading: fields.further_reading,
        series: fields.series.map(|series| SeriesPlace { name: series.name, part: series.part }),
        cover: fields.cover,
        attachments: attachments.collect(),
        body: split.body.to_owned(),
        warnings: Vec::new(),
        exported: Some(Exported {
            id: ArticleId(fields.id),
            status: fields.status,
            category: CategoryRef {
                group: fields.group_name,
                group_slug: fields.group,
                name: fields.category_name,
                slug: fields.category,
            },
            source_path: fields.source_path,
        }),
    }))
}
