//! An article on its way into the database.

use crate::attachment::AttachmentToSave;
use crate::series::series_fields;
use types::{
    ArticleId, ArticleKind, ArticleStatus, Block, DraftFields, Handle, Heading, ProvenanceStep, SafeHtml, SeriesPlace,
    Slug, Timestamp,
};

/// An article as its editor or the importer wants it stored.
#[derive(Clone, Debug)]
pub struct ArticleToSave {
    /// The article to change, or the number that a new one brings; without it the one of the same `source_path`, else a new one.
    pub id: Option<ArticleId>,
    /// The slug that is wanted; numbered when another article has it.
    pub slug: Slug,
    /// Where it comes from.
    pub kind: ArticleKind,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// What the renderer made of it.
    pub html: SafeHtml,
    /// What the renderer made of it.
    pub outline: Vec<Heading>,
    /// What the renderer made of it.
    pub plain: String,
    /// What the renderer made of it.
    pub blocks: Vec<Block>,
    /// What the renderer counted.
    pub words: u32,
    /// Reading time.
    pub minutes: u32,
    /// A group or a leaf that there is.
    pub category: Slug,
    /// As people write them; what is no tag is left out.
    pub tags: Vec<String>,
    /// The handle that is wanted; numbered when an author of another name has it.
    pub author_handle: Handle,
    /// The author's pen name.
    pub author_name: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// When the text last changed.
    pub updated_at: Timestamp,
    /// Versions that the text speaks of.
    pub applies_to: Option<String>,
    /// The editor's note.
    pub further_reading: Option<String>,
    /// Where it stands in a series.
    pub series: Option<SeriesPlace>,
    /// From the original to this site.
    pub provenance: Vec<ProvenanceStep>,
    /// Address of a picture.
    pub cover: Option<String>,
    /// The files that it is to offer; those that it offers already, when there is none.
    pub attachments: Option<Vec<AttachmentToSave>>,
    /// Which renderer made the HTML.
    pub render_version: i64,
    /// The file it was imported from.
    pub source_path: Option<String>,
    /// Hash of that file.
    pub source_hash: Option<String>,
}

impl ArticleToSave {
    /// Its fields as an author would see them in the form.
    #[must_use]
    pub fn fields(&self) -> DraftFields {
        let origin = self.provenance.first();
        let optional = |text: Option<&String>| text.cloned().unwrap_or_default();
        DraftFields {
            title: self.title.clone(),
            slug: self.slug.to_string(),
            category: self.category.to_string(),
            tags: self.tags.join(", "),
            kind: self.kind.to_string(),
            summary: self.summary.clone(),
            body: self.body.clone(),
            cover: optional(self.cover.as_ref()),
            applies_to: optional(self.applies_to.as_ref()),
            further_reading: optional(self.further_reading.as_ref()),
            source_title: optional(origin.map(|step| &step.title)),
            source_author: optional(origin.and_then(|step| step.author.as_ref())),
            source_url: optional(origin.map(|step| &step.url)),
            source_licence: optional(origin.and_then(|step| step.licence.as_ref())),
            ..series_fields(self.series.clone())
        }
    }
}
