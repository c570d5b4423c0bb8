//! What front matter says, in the words of the many programs that write it.

use crate::article::SourceAttachment;
use crate::date;
use serde_json::{Map, Value};
use types::{ProvenanceStep, SeriesPlace, entered, percent};

/// Fields under the names that generators give them.
pub(crate) struct Fields<'a>(pub &'a Map<String, Value>);

impl Fields<'_> {
    fn first(&self, names: &[&str]) -> Option<&Value> {
        names.iter().find_map(|name| {
            self.0
                .get(*name)
                .or_else(|| self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
        })
    }

    /// The first of the names that stands there and says something.
    pub fn text(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let text = match self.first(&[name])? {
                Value::String(text) => text.trim().to_owned(),
                Value::Number(number) => number.to_string(),
                Value::Object(fields) => fields.get("date").and_then(Value::as_str).unwrap_or_default().to_owned(),
                _ => String::new(),
            };
            (!text.is_empty()).then_some(text)
        })
    }

    /// A list, a text with commas, or nested lists.
    pub fn list(&self, names: &[&str]) -> Vec<String> {
        fn gather(value: &Value, into: &mut Vec<String>) {
            match value {
                Value::String(text) => {
                    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
                    into.extend(
                        text.split([',', '，', '、']).map(|part| part.trim().trim_matches(['"', '\'']).to_owned()),
                    );
                }
                Value::Number(number) => into.push(number.to_string()),
                Value::Array(values) => values.iter().for_each(|value| gather(value, into)),
                Value::Object(fields) => {
                    if let Some(name) = fields.get("name") {
                        gather(name, into);
                    }
                }
                _ => {}
            }
        }
        let mut list = Vec::new();
        for name in names {
            if let Some(value) = self.first(&[name]) {
                gather(value, &mut list);
                break;
            }
        }
        list.retain(|text| !text.is_empty());
        list
    }

    /// Whether they call the text a draft, in one of the ways of saying so.
    pub fn is_draft(&self) -> bool {
        self.0.get("draft") == Some(&Value::Bool(true))
            || self.0.get("published") == Some(&Value::Bool(false))
            || self.text(&["status"]).is_some_and(|status| status == "draft")
    }

    /// A series: an object of `name` and `part`, or the name alone, which Hugo writes as a list.
    pub fn series(&self) -> Option<SeriesPlace> {
        let (name, part) = match self.first(&["series"])? {
            Value::Object(fields) => (fields.get("name")?, fields.get("part").and_then(Value::as_u64)),
            Value::Array(names) => (names.first()?, None),
            name => (name, None),
        };
        Some(SeriesPlace { name: entered(name.as_str()?)?, part: part.and_then(|part| u32::try_from(part).ok()) })
    }

    /// From the original to this site; steps without an address are none.
    pub fn provenance(&self) -> Vec<ProvenanceStep> {
        let Some(Value::Array(steps)) = self.first(&["sources"]) else { return Vec::new() };
        steps
            .iter()
            .filter_map(|step| {
                let text = |name: &str| step.get(name).and_then(Value::as_str).map(str::to_owned);
                let url = text("url")
                    .filter(|url| url.starts_with("https://") || url.starts_with("http://") || url.starts_with('/'))?;
                Some(ProvenanceStep {
                    title: text("title").unwrap_or_else(|| url.clone()),
                    author: text("author"),
                    licence: text("licence"),
                    fetched_at: text("fetched").and_then(|text| date::parse(&text)),
                    url,
                })
            })
            .collect()
    }

    /// Paths, or objects of `file`, `name` and `licence`.
    pub fn attachments(&self) -> Vec<SourceAttachment> {
        let Some(Value::Array(files)) = self.first(&["attachments"]) else { return Vec::new() };
        files
            .iter()
            .filter_map(|value| {
                let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
                let file = value.as_str().map(str::to_owned).or_else(|| text("file"))?;
                let last = file.rsplit('/').next().unwrap_or_default();
                Some(SourceAttachment {
                    name: text("name").unwrap_or_else(|| percent::decode(last)),
                    licence: text("licence").filter(|licence| !licence.trim().is_empty()),
                    sha256: text("sha256"),
                    file,
                })
            })
            .collect()
    }
}
