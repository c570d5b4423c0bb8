//! What is wrong with the fields of a text: what keeps it from being stored, and what from being published.

use crate::article::ArticleKind;
use crate::draft::DraftFields;
use crate::series::MAX_PART;
use crate::slug::Slug;
use crate::tag::TagKey;
use serde::{Deserialize, Serialize};

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// A part has a whole number.
    NotANumber {
        /// The greatest.
        limit: u32,
    },
    /// Another article is this part of the series.
    PartTaken {
        /// Title of that article.
        title: String,
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
            ("series", &self.series, 200),
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
        let part = self.part.trim();
        if !part.is_empty() && !part.parse::<u32>().is_ok_and(|part| part <= MAX_PART) {
            add("part", ProblemKind::NotANumber { limit: MAX_PART });
        }
        if !part.is_empty() && self.series.trim().is_empty() {
            add("series", ProblemKind::Missing);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> DraftFields {
        DraftFields { title: "题".into(), category: "mysql".into(), body: "文".into(), ..DraftFields::default() }
    }

    #[test]
    fn a_complete_text_can_be_published() {
        assert_eq!(good().unpublishable(), []);
        for part in ["", " 0 ", "9999"] {
            let fields = DraftFields { series: "读懂".into(), part: part.into(), ..good() };
            assert_eq!(fields.unpublishable(), [], "{part:?}");
        }
    }

    #[test]
    fn each_fault_stands_at_its_field() {
        let series = |part: &str| DraftFields { series: "读懂".into(), part: part.into(), ..good() };
        let cases: [(&str, DraftFields); 14] = [
            ("title", DraftFields { title: " ".into(), ..good() }),
            ("title", DraftFields { title: "长".repeat(201), ..good() }),
            ("category", DraftFields { category: String::new(), ..good() }),
            ("body", DraftFields { body: "\n".into(), ..good() }),
            ("slug", DraftFields { slug: "中文".into(), ..good() }),
            ("tags", DraftFields { tags: format!("好，{}", "标".repeat(300)), ..good() }),
            ("series", DraftFields { series: "长".repeat(201), ..good() }),
            ("series", DraftFields { series: " ".into(), ..series("3") }),
            ("part", series("三")),
            ("part", series("-1")),
            ("part", series("10000")),
            ("kind", DraftFields { kind: "admin".into(), ..good() }),
            ("source_url", DraftFields { kind: "reprint".into(), ..good() }),
            (
                "source_url",
                DraftFields { kind: "translation".into(), source_url: "javascript:alert(1)".into(), ..good() },
            ),
        ];
        for (field, fields) in cases {
            let problems = fields.unpublishable();
            assert!(problems.len() == 1 && problems[0].field == field, "{field}: {problems:?}");
        }
    }

    #[test]
    fn only_what_is_far_too_large_is_no_draft() {
        assert_eq!(good().too_large(), []);
        let large = DraftFields { body: "a".repeat(MAX_BODY_BYTES + 1), ..good() };
        assert_eq!(large.too_large()[0].field, "body");
    }
}
