//! The fields of an article as its author types them.

use crate::article::{ArticleKind, ProvenanceStep};
use crate::series::SeriesPlace;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Name of a series.
    pub series: String,
    /// Number of the part in it; may be empty.
    pub part: String,
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

impl DraftFields {
    /// Every field with its name in forms.
    #[must_use]
    pub fn named(&self) -> [(&'static str, &str); 16] {
        [
            ("title", &self.title),
            ("slug", &self.slug),
            ("category", &self.category),
            ("tags", &self.tags),
            ("series", &self.series),
            ("part", &self.part),
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
            "series" => &mut self.series,
            "part" => &mut self.part,
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

    /// Where it stands in a series; nothing when it is no part of one.
    #[must_use]
    pub fn series_place(&self) -> Option<SeriesPlace> {
        Some(SeriesPlace { name: entered(&self.series)?, part: self.part.trim().parse().ok() })
    }

    /// The kind; an original while nothing else is said.
    #[must_use]
    pub fn article_kind(&self) -> ArticleKind {
        self.kind.parse().unwrap_or_default()
    }

    /// The first station of where the text comes from; nothing for what was written here.
    #[must_use]
    pub fn origin(&self) -> Option<ProvenanceStep> {
        let url = entered(&self.source_url)?;
        Some(ProvenanceStep {
            title: entered(&self.source_title).unwrap_or_else(|| url.clone()),
            author: entered(&self.source_author),
            licence: entered(&self.source_licence),
            fetched_at: None,
            url,
        })
    }
}

/// Fields by their names, as many as there are: a page that was opened long ago and a version that was kept long ago do not
/// know the fields that came since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GivenFields(BTreeMap<String, String>);

impl GivenFields {
    /// The field of a name, to be filled; nothing where no field has that name.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut String> {
        DraftFields::default().field_mut(name)?;
        Some(self.0.entry(name.to_owned()).or_default())
    }

    /// Whether every field is among them.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        DraftFields::default().named().iter().all(|(name, _)| self.0.contains_key(*name))
    }

    /// These fields; those that were not given are as in another text.
    #[must_use]
    pub fn over(self, mut rest: DraftFields) -> DraftFields {
        for (name, text) in self.0 {
            if let Some(field) = rest.field_mut(&name) {
                *field = text;
            }
        }
        rest
    }
}

impl<const COUNT: usize> From<[(&str, String); COUNT]> for GivenFields {
    fn from(fields: [(&str, String); COUNT]) -> Self {
        Self(fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect())
    }
}

/// What was entered into a field, without the space around it; nothing where that is all.
#[must_use]
pub fn entered(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sourced(title: &str, author: &str, url: &str) -> DraftFields {
        DraftFields {
            source_title: title.into(),
            source_author: author.into(),
            source_url: url.into(),
            ..DraftFields::default()
        }
    }

    #[test]
    fn an_origin_is_an_address_and_what_else_is_known() {
        assert_eq!(sourced("原文", "", " ").origin(), None);
        let origin = sourced("", " 甲 ", " https://a.example/x ").origin().unwrap();
        assert_eq!((origin.title.as_str(), origin.url.as_str()), ("https://a.example/x", "https://a.example/x"));
        assert_eq!((origin.author.as_deref(), origin.licence), (Some("甲"), None));
    }

    #[test]
    fn a_series_has_a_name_and_perhaps_a_number() {
        let place = |series: &str, part: &str| {
            let fields = DraftFields { series: series.into(), part: part.into(), ..DraftFields::default() };
            fields.series_place().map(|place| (place.name, place.part))
        };
        assert_eq!(place(" 读懂 ", " 3 "), Some(("读懂".into(), Some(3))));
        assert_eq!(place("读懂", ""), Some(("读懂".into(), None)));
        assert_eq!(place(" ", "3"), None);
    }

    #[test]
    fn every_name_leads_to_its_field() {
        let mut fields = DraftFields::default();
        for name in fields.named().map(|(name, _)| name) {
            *fields.field_mut(name).unwrap() = name.to_owned();
        }
        assert!(fields.named().iter().all(|(name, text)| name == text));
    }

    #[test]
    fn a_field_that_was_not_given_stays_as_it_is() {
        let before = DraftFields { title: "旧".into(), series: "读懂".into(), ..DraftFields::default() };
        let mut given = GivenFields::from([("title", "新".to_owned())]);
        assert!(given.field_mut("status").is_none() && !given.is_whole());
        assert_eq!(given.clone().over(before.clone()), DraftFields { title: "新".into(), ..before.clone() });
        given.field_mut("series").unwrap().clear();
        assert_eq!(given.over(before).series, "", "an empty field was given too");
        let whole = serde_json::to_string(&DraftFields::default()).unwrap();
        assert!(serde_json::from_str::<GivenFields>(&whole).unwrap().is_whole());
    }
}
