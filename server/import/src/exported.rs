//! Articles as `liuguang export` writes them: every field in the front matter, and the Markdown byte for byte.
//!
//! Writing and reading stand together here, so that they cannot drift apart. The first line of the front matter marks
//! such a file; what it holds is taken as it is, where other files are cleaned and their dialect is translated.

use crate::article::SourceArticle;
use crate::collection::Refusal;
use crate::{date, front_matter};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use types::{ArticleId, ArticleKind, ArticleStatus, CategoryRef, Handle, ProvenanceStep, Slug, Timestamp};

/// How an exported file begins; the number goes up when older programs would misread the rest.
const MARK: &str = "---\nliuguang: 1\n";

/// What only an exported file says of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Its number on the site that it comes from.
    pub id: ArticleId,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// Where it stood in the tree.
    pub category: CategoryRef,
    /// The file that it was once imported from.
    pub source_path: Option<String>,
    /// Hash of that file.
    pub source_hash: Option<String>,
}

/// A line of the front matter.
struct Named(&'static str, Value);

/// The front matter, as it is read.
#[derive(Deserialize)]
struct Fields {
    id: i64,
    title: String,
    slug: Slug,
    kind: ArticleKind,
    status: ArticleStatus,
    category: Place,
    #[serde(default)]
    tags: Vec<String>,
    author: String,
    handle: Handle,
    date: String,
    updated: String,
    #[serde(default)]
    description: String,
    applies_to: Option<String>,
    further_reading: Option<String>,
    cover: Option<String>,
    series: Option<Part>,
    #[serde(default)]
    sources: Vec<Step>,
    source_path: Option<String>,
    source_hash: Option<String>,
}

/// A place in the tree; other programs read `name`.
#[derive(Serialize, Deserialize)]
struct Place {
    name: String,
    slug: Slug,
    group: String,
    group_slug: Slug,
}

#[derive(Serialize, Deserialize)]
struct Part {
    name: String,
    part: u32,
}

#[derive(Serialize, Deserialize)]
struct Step {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched: Option<String>,
}

/// Whether these are the bytes of an exported file.
pub(crate) fn is_exported(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK.as_bytes())
}

/// The whole file of an article.
#[must_use]
pub fn write(article: &SourceArticle, extra: &Exported) -> String {
    let place = &extra.category;
    let place = Place {
        name: place.name.clone(),
        slug: place.slug.clone(),
        group: place.group.clone(),
        group_slug: place.group_slug.clone(),
    };
    let steps = article.provenance.iter().map(|step| Step {
        title: step.title.clone(),
        author: step.author.clone(),
        url: step.url.clone(),
        licence: step.licence.clone(),
        fetched: step.fetched_at.map(moment),
    });
    let mut fields = vec![
        Named("id", Value::from(extra.id.0)),
        Named("title", Value::from(article.title.as_str())),
        Named("slug", json(&article.slug)),
        Named("kind", json(&article.kind)),
        Named("status", json(&extra.status)),
        Named("category", json(&place)),
        Named("tags", json(&article.tags)),
        Named("author", Value::from(article.author.as_deref().unwrap_or_default())),
        Named("handle", json(&article.handle)),
        Named("date", Value::from(moment(article.date.unwrap_or_default()))),
        Named("updated", Value::from(moment(article.updated.unwrap_or_default()))),
        Named("description", Value::from(article.description.as_deref().unwrap_or_default())),
    ];
    let optional = [
        ("applies_to", json(&article.applies_to)),
        ("further_reading", json(&article.further_reading)),
        ("cover", json(&article.cover)),
        ("series", json(&article.series.clone().map(|(name, part)| Part { name, part }))),
        ("sources", json(&steps.collect::<Vec<_>>())),
        ("source_path", json(&extra.source_path)),
        ("source_hash", json(&extra.source_hash)),
    ];
    let given = optional.into_iter().filter(|(_, value)| !value.is_null() && *value != Value::Array(Vec::new()));
    fields.extend(given.map(|(name, value)| Named(name, value)));
    let mut text = String::from(MARK);
    for Named(name, value) in fields {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(&yaml(&value));
        text.push('\n');
    }
    text.push_str("---\n");
    text.push_str(&article.body);
    text
}

/// Reads an exported file.
///
/// # Errors
/// When its front matter was changed into something that names no article.
pub(crate) fn read(path: &str, bytes: &[u8]) -> Result<SourceArticle, Refusal> {
    let refuse = |reason: String| Refusal { path: path.to_owned(), reason };
    let text = std::str::from_utf8(bytes).map_err(|_| refuse("it is not UTF-8; exported files must stay UTF-8".into()))?;
    let split = front_matter::split(text);
    if let Some(warning) = split.warning {
        return Err(refuse(format!("the front matter of an exported file must be sound YAML, but {warning}")));
    }
    let fields: Fields = serde_json::from_value(Value::Object(split.fields))
        .map_err(|error| refuse(format!("the front matter of an exported file is not complete: {error}")))?;
    let time = |name: &str, text: &str| {
        date::parse(text).ok_or_else(|| refuse(format!("{text:?} is no moment, as {name} must be in an exported file")))
    };
    let mut provenance = Vec::with_capacity(fields.sources.len());
    for step in fields.sources {
        let fetched_at = step.fetched.as_deref().map(|text| time("fetched", text)).transpose()?;
        provenance.push(ProvenanceStep { title: step.title, author: step.author, url: step.url, licence: step.licence, fetched_at });
    }
    Ok(SourceArticle {
        path: path.to_owned(),
        date: Some(time("date", &fields.date)?),
        updated: Some(time("updated", &fields.updated)?),
        title: fields.title,
        slug: fields.slug,
        tags: fields.tags,
        categories: vec![fields.category.slug.to_string()],
        group: Some(fields.category.group_slug.to_string()),
        author: Some(fields.author),
        handle: Some(fields.handle),
        draft: fields.status == ArticleStatus::Draft,
        description: Some(fields.description),
        kind: fields.kind,
        provenance,
        applies_to: fields.applies_to,
        further_reading: fields.further_reading,
        series: fields.series.map(|series| (series.name, series.part)),
        cover: fields.cover,
        body: split.body.to_owned(),
        warnings: Vec::new(),
        exported: Some(Exported {
            id: ArticleId(fields.id),
            status: fields.status,
            category: CategoryRef {
                group: fields.category.group,
                group_slug: fields.category.group_slug,
                name: fields.category.name,
                slug: fields.category.slug,
            },
            source_path: fields.source_path,
            source_hash: fields.source_hash,
        }),
    })
}

/// A moment to the millisecond, in the site's time zone.
fn moment(time: Timestamp) -> String {
    let text = time.rfc3339();
    let (clock, zone) = text.split_at(text.len() - "+08:00".len());
    format!("{clock}.{:03}{zone}", time.0.rem_euclid(1000))
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// JSON that is YAML as well, on one line: what YAML does not print is escaped, and so is `*` where it could be taken
/// for an alias, of which the reader wants none.
fn yaml(value: &Value) -> String {
    let json = value.to_string();
    let mut yaml = String::with_capacity(json.len());
    for character in json.chars() {
        let alias = character == '*' && (yaml.ends_with(": ") || yaml.ends_with("- "));
        let unprintable = matches!(character, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
        if alias || unprintable {
            yaml.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            yaml.push(character);
        }
    }
    yaml
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that a reader of YAML, of dialects or of encodings might be tempted to change.
    #[test]
    fn what_is_written_is_read_as_it_was() {
        let slug = |text: &str| text.parse::<Slug>().unwrap();
        let hard = "a: *b - *c \"quoted\" \\ 'x' # no comment\u{85}\u{2028}\u{feff}\t\u{1}, [x]{y} 中文 🙂\u{7f}\nline";
        let article = SourceArticle {
            path: "articles/x.md".into(),
            title: hard.into(),
            slug: slug("x"),
            date: Some(Timestamp(1_744_877_862_007)),
            updated: Some(Timestamp(-1)),
            tags: vec!["C++".into(), "a, b".into(), "true".into(), "7".into()],
            categories: vec!["kibana".into()],
            group: Some("search".into()),
            author: Some(hard.into()),
            handle: Some("feng".parse().unwrap()),
            draft: false,
            description: Some(hard.into()),
            kind: ArticleKind::Translation,
            provenance: vec![ProvenanceStep {
                title: hard.into(),
                author: None,
                url: "https://example.org/?a=*b".into(),
                licence: Some("CC BY 4.0".into()),
                fetched_at: Some(Timestamp(3)),
            }],
            applies_to: Some("8.x".into()),
            further_reading: Some(hard.into()),
            series: Some((hard.into(), 3)),
            cover: Some("/media/a.png".into()),
            body: "\n\n# Kept\r\n{{< figure >}} <!-- kept -->\u{200b}\n---\n| a |\n\n\n".into(),
            warnings: Vec::new(),
            exported: Some(Exported {
                id: ArticleId(9_007_199_254_740_991),
                status: ArticleStatus::Hidden,
                category: CategoryRef { group: "搜索".into(), group_slug: slug("search"), name: "Kibana".into(), slug: slug("kibana") },
                source_path: Some("db/一.md".into()),
                source_hash: Some("00ff".into()),
            }),
        };
        let text = write(&article, article.exported.as_ref().unwrap());
        assert!(is_exported(text.as_bytes()));
        assert_eq!(read("articles/x.md", text.as_bytes()).unwrap(), article);
    }

    #[test]
    fn a_damaged_front_matter_is_refused_with_its_field() {
        let refusal = read("x.md", b"---\nliuguang: 1\nid: 1\ntitle: x\n---\ntext").unwrap_err();
        assert!(refusal.reason.contains("slug"), "{}", refusal.reason);
    }
}
