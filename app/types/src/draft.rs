//! What an author works on: the fields as typed, what is wrong with them, and the versions that were kept.

use crate::article::{ArticleKind, ArticleStatus, named};
use crate::slug::Slug;
use crate::tag::TagKey;
use crate::time::Timestamp;
use crate::{ArticleId, UnknownName};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An article's fields as typed: texts, so that nothing is lost that does not fit yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftFields {
    /// Plain text.
    pub title: String,
    /// The wanted slug; made from the title when empty.
    pub slug: String,
    /// Slug of a leaf or group.
    pub category: String,
    /// Separated by commas.
    pub tags: String,
    /// Name of an [`ArticleKind`].
    pub kind: String,
    /// Plain text; the first sentences when empty.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// Address of a picture.
    pub cover: String,
    /// Versions that the text speaks of.
    pub applies_to: String,
    /// The editor's note.
    pub further_reading: String,
    /// Title of the original.
    pub source_title: String,
    /// Author of the original.
    pub source_author: String,
    /// Address of the original.
    pub source_url: String,
    /// Licence of the original.
    pub source_licence: String,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// It must not be empty.
    Missing,
    /// It has too many characters.
    TooLong {
        /// The most it may have.
        limit: u32,
    },
    /// A slug has only small letters, digits and single hyphens.
    NotASlug,
    /// Another article has it.
    Taken,
    /// There is no such category any more.
    NoSuchCategory,
    /// There is no such kind of article.
    NoSuchKind,
    /// One of the tags is too long.
    TagTooLong {
        /// The most characters.
        limit: u32,
    },
    /// More tags than fit.
    TooManyTags {
        /// The most.
        limit: u32,
    },
    /// It must begin with `https://` or `http://`.
    NotAnAddress,
    /// The time is missing, wrong, or over.
    NotAFutureTime,
    /// The renderer refused the text.
    NotRenderable,
}

/// A problem at a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Name of the field in the form.
    pub field: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

impl Problem {
    /// A problem at a field.
    #[must_use]
    pub fn new(field: &str, kind: ProblemKind) -> Self {
        Self { field: field.to_owned(), kind }
    }
}

/// The longest text of an article in bytes.
pub const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;
/// The longest of the other fields in bytes; a draft may hold more than can be published, but not without end.
pub const MAX_FIELD_BYTES: usize = 8 * 1024;
/// The most tags.
pub const MAX_TAGS: usize = 12;

impl DraftFields {
    /// Every field with its name in forms.
    #[must_use]
    pub fn named(&self) -> [(&'static str, &str); 14] {
        [
            ("title", &self.title),
            ("slug", &self.slug),
            ("category", &self.category),
            ("tags", &self.tags),
            ("kind", &self.kind),
            ("summary", &self.summary),
            ("body", &self.body),
            ("cover", &self.cover),
            ("applies_to", &self.applies_to),
            ("further_reading", &self.further_reading),
            ("source_title", &self.source_title),
            ("source_author", &self.source_author),
            ("source_url", &self.source_url),
            ("source_licence", &self.source_licence),
        ]
    }

    /// The field of a name, to be filled from a form.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "title" => &mut self.title,
            "slug" => &mut self.slug,
            "category" => &mut self.category,
            "tags" => &mut self.tags,
            "kind" => &mut self.kind,
            "summary" => &mut self.summary,
            "body" => &mut self.body,
            "cover" => &mut self.cover,
            "applies_to" => &mut self.applies_to,
            "further_reading" => &mut self.further_reading,
            "source_title" => &mut self.source_title,
            "source_author" => &mut self.source_author,
            "source_url" => &mut self.source_url,
            "source_licence" => &mut self.source_licence,
            _ => return None,
        })
    }

    /// The same with line feeds alone and without null characters, which PostgreSQL cannot hold.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        for name in self.named().map(|(name, _)| name) {
            if let Some(text) = self.field_mut(name)
                && text.contains(['\r', '\0'])
            {
                *text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
            }
        }
        self
    }

    /// The tags, as people write them: between commas of either width.
    pub fn tag_names(&self) -> impl Iterator<Item = &str> {
        self.tags.split([',', '，', '、', '\n']).map(str::trim).filter(|name| !name.is_empty())
    }

    /// What is so long that not even a draft holds it.
    #[must_use]
    pub fn too_large(&self) -> Vec<Problem> {
        self.named()
            .into_iter()
            .filter_map(|(name, text)| {
                let limit = if name == "body" { MAX_BODY_BYTES } else { MAX_FIELD_BYTES };
                let limit_said = u32::try_from(limit).unwrap_or(u32::MAX);
                (text.len() > limit).then(|| Problem::new(name, ProblemKind::TooLong { limit: limit_said }))
            })
            .collect()
    }

    /// What has to be put right before the text can be published, empty fields apart.
    #[must_use]
    pub fn malformed(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |field: &str, kind: ProblemKind| problems.push(Problem::new(field, kind));
        for (field, text, limit) in [
            ("title", &self.title, 200),
            ("summary", &self.summary, 500),
            ("applies_to", &self.applies_to, 200),
            ("further_reading", &self.further_reading, 2000),
            ("source_title", &self.source_title, 300),
            ("source_author", &self.source_author, 100),
            ("source_licence", &self.source_licence, 100),
        ] {
            if text.chars().count() > limit {
                add(field, ProblemKind::TooLong { limit: limit as u32 });
            }
        }
        if !self.slug.trim().is_empty() && self.slug.trim().parse::<Slug>().is_err() {
            add("slug", ProblemKind::NotASlug);
        }
        if self.tag_names().any(|name| name.parse::<TagKey>().is_err()) {
            add("tags", ProblemKind::TagTooLong { limit: TagKey::MAX_CHARACTERS as u32 });
        }
        if self.tag_names().count() > MAX_TAGS {
            add("tags", ProblemKind::TooManyTags { limit: MAX_TAGS as u32 });
        }
        if !self.kind.is_empty() && self.kind.parse::<ArticleKind>().is_err() {
            add("kind", ProblemKind::NoSuchKind);
        }
        if !self.source_url.trim().is_empty() && !is_address(self.source_url.trim()) {
            add("source_url", ProblemKind::NotAnAddress);
        }
        let cover = self.cover.trim();
        if !cover.is_empty() && !is_address(cover) && !cover.starts_with("/media/") {
            add("cover", ProblemKind::NotAnAddress);
        }
        problems
    }

    /// Everything that has to be put right before the text can be published.
    #[must_use]
    pub fn unpublishable(&self) -> Vec<Problem> {
        let mut problems = self.malformed();
        let mut missing = |field: &str, text: &str| {
            if text.trim().is_empty() {
                problems.push(Problem::new(field, ProblemKind::Missing));
            }
        };
        missing("title", &self.title);
        missing("category", &self.category);
        missing("body", &self.body);
        if matches!(self.article_kind(), ArticleKind::Reprint | ArticleKind::Translation) {
            missing("source_url", &self.source_url);
        }
        problems
    }

    /// The kind; an original while nothing else is said.
    #[must_use]
    pub fn article_kind(&self) -> ArticleKind {
        self.kind.parse().unwrap_or_default()
    }
}

/// Whether a text is an address on the web.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty()
            && !text
                .chars()
                .any(|character| character.is_whitespace() || character.is_control() || "<>\"".contains(character))
    })
}

/// An article as its author works on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingText {
    /// The article.
    pub id: ArticleId,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// Where readers find it, if it was published.
    pub slug: Slug,
    /// Number of this text.
    pub revision: u32,
    /// Number of the text that was published last; 0 when none was.
    pub published: u32,
    /// The text.
    pub fields: DraftFields,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Handle of who saved it.
    pub saved_by: String,
    /// When it is to go out.
    pub publish_at: Option<Timestamp>,
    /// What the preview address ends in; empty before the first save.
    pub preview_token: String,
    /// What an automatic step could not do.
    pub notice: Option<String>,
}

/// An article in its author's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkItem {
    /// The article.
    pub id: ArticleId,
    /// The working title; may be empty.
    pub title: String,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// Where readers find it, if it was published.
    pub slug: Slug,
    /// Who writes it.
    pub author: String,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// When it is to go out.
    pub publish_at: Option<Timestamp>,
    /// Whether there is text that readers do not see yet.
    pub unpublished: bool,
}

/// Why a version was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RevisionReason {
    /// Kept from time to time while writing.
    #[default]
    Auto,
    /// The author saved it.
    Saved,
    /// It was published.
    Published,
    /// It came from a file.
    Imported,
}

named!(RevisionReason { Auto = "auto", Saved = "saved", Published = "published", Imported = "imported" });

/// A kept version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Handle of who saved it.
    pub saved_by: String,
    /// Why it was kept.
    pub reason: RevisionReason,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> DraftFields {
        DraftFields { title: "题".into(), category: "mysql".into(), body: "文".into(), ..DraftFields::default() }
    }

    #[test]
    fn a_complete_text_can_be_published() {
        assert_eq!(good().unpublishable(), []);
    }

    #[test]
    fn each_fault_stands_at_its_field() {
        let cases: [(&str, DraftFields); 9] = [
            ("title", DraftFields { title: " ".into(), ..good() }),
            ("title", DraftFields { title: "长".repeat(201), ..good() }),
            ("category", DraftFields { category: String::new(), ..good() }),
            ("body", DraftFields { body: "\n".into(), ..good() }),
            ("slug", DraftFields { slug: "中文".into(), ..good() }),
            ("tags", DraftFields { tags: format!("好，{}", "标".repeat(300)), ..good() }),
            ("kind", DraftFields { kind: "admin".into(), ..good() }),
            ("source_url", DraftFields { kind: "reprint".into(), ..good() }),
            (
                "source_url",
                DraftFields { kind: "translation".into(), source_url: "javascript:alert(1)".into(), ..good() },
            ),
        ];
        for (field, fields) in cases {
            let problems = fields.unpublishable();
            assert!(problems.iter().any(|problem| problem.field == field), "{field}: {problems:?}");
        }
    }

    #[test]
    fn only_what_is_far_too_large_is_no_draft() {
        assert_eq!(good().too_large(), []);
        let large = DraftFields { body: "a".repeat(MAX_BODY_BYTES + 1), ..good() };
        assert_eq!(large.too_large()[0].field, "body");
    }

    #[test]
    fn every_name_leads_to_its_field() {
        let mut fields = DraftFields::default();
        for name in fields.named().map(|(name, _)| name) {
            *fields.field_mut(name).unwrap() = name.to_owned();
        }
        assert!(fields.named().iter().all(|(name, text)| name == text));
    }
}
