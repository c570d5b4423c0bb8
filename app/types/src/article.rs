//! Articles: what lists show, what a page shows, and the parts of a text.

use crate::attachment::{Attachment, Offer};
use crate::author::Author;
use crate::category::CategoryRef;
use crate::html::SafeHtml;
use crate::series::Series;
use crate::slug::Slug;
use crate::tag::TagRef;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The number by which the database and the index know an article; made by the application, below 2⁵³.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub i64);

/// Where an article comes from, independent of its topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArticleKind {
    /// Written for this site.
    #[default]
    Original,
    /// Taken over from elsewhere, with its provenance.
    Reprint,
    /// Translated from another language, with its provenance.
    Translation,
    /// A file to download, with its description.
    Download,
}

/// Where an article stands between first word and grave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArticleStatus {
    /// Only its author sees it.
    #[default]
    Draft,
    /// Waits for an editor.
    Review,
    /// Goes out at its time.
    Scheduled,
    /// Everybody sees it.
    Published,
    /// Taken back for the time being.
    Hidden,
    /// Gone for good; its address answers 410.
    Removed,
}

/// The text names no member of the enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownName;

macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// The name in the database, in the index and in addresses.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
        impl FromStr for $type {
            type Err = UnknownName;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($name => Ok(Self::$variant),)+ _ => Err(UnknownName) }
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use named;

named!(ArticleKind { Original = "original", Reprint = "reprint", Translation = "translation", Download = "download" });
named!(ArticleStatus {
    Draft = "draft",
    Review = "review",
    Scheduled = "scheduled",
    Published = "published",
    Hidden = "hidden",
    Removed = "removed",
});

/// An article as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleSummary {
    /// In addresses: `/articles/{slug}`.
    pub slug: Slug,
    /// Plain text, at most 200 characters.
    pub title: String,
    /// Plain text, one or two sentences.
    pub summary: String,
    /// Where it comes from.
    pub kind: ArticleKind,
    /// Where it stands in the tree.
    pub category: CategoryRef,
    /// In the author's order.
    pub tags: Vec<TagRef>,
    /// Who published it here.
    pub author: Author,
    /// When it was published.
    pub published_at: Timestamp,
    /// Times it was read, as counted up to the last flush.
    pub views: i64,
    /// Reading time in minutes, at least 1.
    pub minutes: u32,
    /// The files that it offers, where a list says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
}

/// An article as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Travelled")]
pub struct Article {
    /// What lists show as well.
    #[serde(flatten)]
    pub summary: ArticleSummary,
    /// The database's number.
    pub id: ArticleId,
    /// The text, rendered when it was saved.
    pub html: SafeHtml,
    /// Headings of the text, in order.
    pub outline: Vec<Heading>,
    /// When the text last changed.
    pub updated_at: Timestamp,
    /// Number of the newest revision, from 1.
    pub revision: u32,
    /// Versions that the text speaks of, for example `Elasticsearch 8.x`.
    pub applies_to: Option<String>,
    /// The editor's note for reading on.
    pub further_reading: Option<String>,
    /// From the original to this site, in order. Never empty for a published reprint or translation.
    pub provenance: Vec<ProvenanceStep>,
    /// The series that the article is a part of, with all its parts in order.
    pub series: Option<Series>,
    /// The part before this one in its series; without a series of several parts, the article published before it in its
    /// category.
    pub previous: Option<Neighbour>,
    /// The one after it, likewise.
    pub next: Option<Neighbour>,
    /// Articles on the same matter, best first.
    pub related: Vec<Neighbour>,
    /// Address of a picture that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// Files to download, in the author's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// An [`Article`] as it is read: all fields side by side. Reading a struct inside a struct (`flatten`) would take four
/// times the code in the client.
#[derive(Deserialize)]
struct Travelled {
    slug: Slug,
    title: String,
    summary: String,
    kind: ArticleKind,
    category: CategoryRef,
    tags: Vec<TagRef>,
    author: Author,
    published_at: Timestamp,
    views: i64,
    minutes: u32,
    #[serde(default)]
    offer: Option<Offer>,
    id: ArticleId,
    html: SafeHtml,
    outline: Vec<Heading>,
    updated_at: Timestamp,
    revision: u32,
    applies_to: Option<String>,
    further_reading: Option<String>,
    provenance: Vec<ProvenanceStep>,
    series: Option<Series>,
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
    related: Vec<Neighbour>,
    #[serde(default)]
    cover: Option<String>,
    #[serde(default)]
    attachments: Vec<Attachment>,
}

impl From<Travelled> for Article {
    fn from(read: Travelled) -> Self {
        Self {
            summary: ArticleSummary {
                slug: read.slug,
                title: read.title,
                summary: read.summary,
                kind: read.kind,
                category: read.category,
                tags: read.tags,
                author: read.author,
                published_at: read.published_at,
                views: read.views,
                minutes: read.minutes,
                offer: read.offer,
            },
            id: read.id,
            html: read.html,
            outline: read.outline,
            updated_at: read.updated_at,
            revision: read.revision,
            applies_to: read.applies_to,
            further_reading: read.further_reading,
            provenance: read.provenance,
            series: read.series,
            previous: read.previous,
            next: read.next,
            related: read.related,
            cover: read.cover,
            attachments: read.attachments,
        }
    }
}

/// A heading of an article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 2 to 6; the article's title is 1.
    pub level: u8,
    /// The element's `id`, the target of `#anchor`.
    pub anchor: String,
    /// Plain text.
    pub text: String,
}

/// One station of a text on its way here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvenanceStep {
    /// The title there.
    pub title: String,
    /// Who is to be credited, where known.
    pub author: Option<String>,
    /// Where it stands; `http`, `https` or a path of this site.
    pub url: String,
    /// The licence it was given under, where stated.
    pub licence: Option<String>,
    /// When it was fetched, where known.
    pub fetched_at: Option<Timestamp>,
}

/// An article as a single line that leads to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// In addresses.
    pub slug: Slug,
    /// Plain text.
    pub title: String,
    /// When it was published.
    pub published_at: Timestamp,
}

/// What kind of text a [`Block`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph, list item, quotation or other prose.
    Prose,
    /// A block of code.
    Code,
    /// A row of a table; cells are separated by a tab.
    Row,
    /// A formula, as its source.
    Math,
}

/// A stretch of an article's plain text. Blocks tile the plain text in order; a line feed separates them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// First byte in the plain text.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
    /// Index into the outline of the section's heading; `None` before the first heading.
    pub section: Option<u32>,
}
