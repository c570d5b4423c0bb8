//! One file as an article: what its list, its front matter, its headings and its name say, in this order.

use crate::collection::Refusal;
use crate::exported::{self, Exported};
use crate::manifest::ManifestEntry;
use crate::{date, dialect, encoding, front_matter};
use pinyin::ToPinyin;
use serde_json::{Map, Value};
use types::{ArticleKind, Handle, ProvenanceStep, Slug, Timestamp};

/// An article ready to be rendered and stored.
#[derive(Clone, Debug)]
pub struct SourceArticle {
    /// The file.
    pub path: String,
    /// Plain text.
    pub title: String,
    /// The slug that is wanted; others may have it.
    pub slug: Slug,
    /// When it was published.
    pub date: Option<Timestamp>,
    /// When it was changed.
    pub updated: Option<Timestamp>,
    /// In order.
    pub tags: Vec<String>,
    /// Names of categories, the first one that there is counts.
    pub categories: Vec<String>,
    /// The name of the group, when no category fits.
    pub group: Option<String>,
    /// The pen name.
    pub author: Option<String>,
    /// The handle, where one is given.
    pub handle: Option<Handle>,
    /// Not to be published.
    pub draft: bool,
    /// A summary.
    pub description: Option<String>,
    /// Where it comes from.
    pub kind: ArticleKind,
    /// From the original to this site.
    pub provenance: Vec<ProvenanceStep>,
    /// Versions that the text speaks of.
    pub applies_to: Option<String>,
    /// The editor's note.
    pub further_reading: Option<String>,
    /// Name of a series and number of the part.
    pub series: Option<(String, u32)>,
    /// Address of a picture.
    pub cover: Option<String>,
    /// Files to download.
    pub attachments: Vec<SourceAttachment>,
    /// Markdown without the heading that is the title.
    pub body: String,
    /// What was not as it should be.
    pub warnings: Vec<String>,
    /// Set for a file that this program exported.
    pub exported: Option<Exported>,
}

/// A file to download, as front matter names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceAttachment {
    /// Where it lies: beside the text, or below the root for a path with `/` at its beginning.
    pub file: String,
    /// The name under which readers save it.
    pub name: String,
    /// What one may do with it.
    pub licence: Option<String>,
    /// The hash of its content, where it is known.
    pub sha256: Option<String>,
}

/// Characters that a title has at most.
const TITLE: usize = 200;

/// Reads one file.
///
/// # Errors
/// When its characters cannot be read, or nothing is in it.
pub fn parse(
    path: &str,
    bytes: &[u8],
    listed: Option<&ManifestEntry>,
    file_time: Option<Timestamp>,
) -> Result<SourceArticle, Refusal> {
    let refuse = |reason: String| Refusal { path: path.to_owned(), reason };
    if let Some(article) = exported::parse(path, bytes) {
        return article.map_err(refuse);
    }
    let (text, converted) = encoding::decode(bytes).map_err(refuse)?;
    let mut warnings: Vec<String> = converted.into_iter().collect();
    let split = front_matter::split(&text);
    warnings.extend(split.warning);
    let fields = Fields(&split.fields);
    let body = dialect::plain(split.body);
    let (heading, link_title) = (first_heading(&body), link_comment_title(split.body));
    let named = name_of(path);
    let title = listed
        .and_then(|listed| listed.title.clone())
        .or_else(|| fields.text(&["title"]))
        .or(link_title)
        .or_else(|| heading.clone())
        .unwrap_or_else(|| named.replace(['-', '_'], " "));
    let title = without_markup(&title);
    let title: String = if title.is_empty() { named.clone() } else { title.chars().take(TITLE).collect() };
    let body = match &heading {
        Some(heading) if without_markup(heading) == title || fields.text(&["title"]).is_none() => {
            without_heading(&body)
        }
        _ => body,
    };
    if body.trim().is_empty() && listed.is_none() {
        return Err(refuse("there is no text in it".into()));
    }
    let wanted = fields.text(&["slug", "permalink", "url"]);
    let slug = wanted
        .and_then(|text| Slug::from_text(text.trim_end_matches('/').rsplit('/').next()?.trim_end_matches(".html")).ok())
        .or_else(|| Slug::from_text(&named).ok())
        .unwrap_or_else(|| romanised(&title));
    let list = |names: &[&str]| fields.list(names);
    let tags = match listed {
        Some(listed) => listed.tags.clone(),
        None => list(&["tags", "tag", "keywords"]),
    };
    let (mut categories, mut group) = (list(&["category", "categories"]), None);
    let mut provenance = fields.provenance();
    let mut kind = fields.text(&["kind"]).and_then(|kind| kind.parse().ok()).unwrap_or_default();
    if let Some(listed) = listed {
        if let Some(category) = &listed.category {
            categories = category.leaf.iter().cloned().collect();
            group.clone_from(&category.parent);
        }
        if let Some(url) = &listed.source_url {
            kind = ArticleKind::Reprint;
            provenance = vec![ProvenanceStep {
                title: title.clone(),
                author: listed.author.clone().or_else(|| listed.attribution.clone()),
                url: url.clone(),
                licence: listed.licence.clone(),
                fetched_at: None,
            }];
        }
    }
    if kind == ArticleKind::Reprint && provenance.is_empty() {
        warnings.push("a reprint without a source was taken as an original".into());
        kind = ArticleKind::Original;
    }
    let status = fields.text(&["status"]);
    Ok(SourceArticle {
        path: path.to_owned(),
        slug,
        date: listed
            .and_then(|listed| listed.date.as_deref())
            .and_then(date::parse)
            .or_else(|| fields.text(&["date", "publishdate", "created"]).and_then(|text| date::parse(&text)))
            .or_else(|| date::parse(path.rsplit('/').next()?.get(..10)?))
            .or(file_time),
        updated: fields
            .text(&["updated", "lastmod", "last_modified_at", "last_update"])
            .and_then(|text| date::parse(&text)),
        tags,
        categories,
        group,
        author: listed
            .and_then(|listed| listed.author.clone().or_else(|| listed.attribution.clone()))
            .or_else(|| list(&["author", "authors"]).into_iter().next())
            .map(|name| name.chars().take(60).collect()),
        handle: fields.text(&["handle"]).and_then(|handle| handle.parse().ok()),
        draft: listed.map_or_else(
            || {
                fields.0.get("draft") == Some(&Value::Bool(true))
                    || fields.0.get("published") == Some(&Value::Bool(false))
                    || status.is_some_and(|status| status == "draft")
            },
            |listed| listed.draft,
        ),
        description: fields.text(&["description", "summary", "excerpt"]),
        kind,
        provenance,
        applies_to: fields.text(&["applies_to"]),
        further_reading: fields.text(&["further_reading"]),
        series: fields.series(),
        cover: fields.text(&["cover"]),
        attachments: fields.attachments(),
        title,
        body,
        warnings,
        exported: None,
    })
}

/// The handle that belongs to a pen name: its letters, and the pinyin of its characters.
#[must_use]
pub fn handle_for(name: &str) -> Handle {
    romanised(name).into()
}

/// A slug for a text of any script.
fn romanised(text: &str) -> Slug {
    let mut letters = String::new();
    for character in text.chars() {
        match character.to_pinyin() {
            Some(sound) => {
                letters.push(' ');
                letters.push_str(sound.plain());
                letters.push(' ');
            }
            None => letters.push(character),
        }
    }
    let fallback = || {
        // No letter is left, as for kana: the sum of the text names it.
        let sum = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Slug::from_text(&format!("a-{sum:x}"))
    };
    Slug::from_text(&letters).or_else(|_| fallback()).unwrap_or_else(|_| unreachable_slug())
}

/// `a` is a slug whatever happens to the rules.
fn unreachable_slug() -> Slug {
    #[allow(clippy::unwrap_used, reason = "a literal")]
    "a".parse().unwrap()
}

/// Fields under the names that generators give them.
struct Fields<'a>(&'a Map<String, Value>);

impl Fields<'_> {
    fn first(&self, names: &[&str]) -> Option<&Value> {
        names.iter().find_map(|name| {
            self.0
                .get(*name)
                .or_else(|| self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
        })
    }

    fn text(&self, names: &[&str]) -> Option<String> {
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
    fn list(&self, names: &[&str]) -> Vec<String> {
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
        list.truncate(20);
        list
    }

    fn series(&self) -> Option<(String, u32)> {
        match self.first(&["series"])? {
            Value::Object(fields) => {
                let part =
                    fields.get("part").and_then(Value::as_u64).and_then(|part| u32::try_from(part).ok()).unwrap_or(1);
                Some((fields.get("name")?.as_str()?.to_owned(), part))
            }
            _ => None,
        }
    }

    fn provenance(&self) -> Vec<ProvenanceStep> {
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
    fn attachments(&self) -> Vec<SourceAttachment> {
        let Some(Value::Array(files)) = self.first(&["attachments"]) else { return Vec::new() };
        files
            .iter()
            .filter_map(|value| {
                let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
                let file = value.as_str().map(str::to_owned).or_else(|| text("file"))?;
                let last = file.rsplit('/').next().unwrap_or_default();
                Some(SourceAttachment {
                    name: text("name").unwrap_or_else(|| crate::collection::percent_decoded(last)),
                    licence: text("licence").filter(|licence| !licence.trim().is_empty()),
                    sha256: text("sha256"),
                    file,
                })
            })
            .collect()
    }
}

/// The name of a file without date and ending; its folder's where the name says nothing.
fn name_of(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or(path);
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let name = match name.get(..11) {
        Some(date) if date.ends_with('-') && date::parse(&date[..10]).is_some() => &name[11..],
        _ => name,
    };
    match name {
        "index" | "_index" | "README" | "readme" => parts.next().unwrap_or(name).to_owned(),
        _ => name.to_owned(),
    }
}

/// The text of the first heading, if the text begins with one.
fn first_heading(body: &str) -> Option<String> {
    let mut lines = body.lines().skip_while(|line| line.trim().is_empty());
    let first = lines.next()?;
    if let Some(text) = first.strip_prefix("# ") {
        return Some(text.trim().trim_end_matches('#').trim().to_owned());
    }
    let second = lines.next()?.trim_end();
    (second.len() >= 2 && second.chars().all(|character| character == '=')).then(|| first.trim().to_owned())
}

/// The text without the heading that [`first_heading`] found.
fn without_heading(body: &str) -> String {
    let start = body.trim_start_matches(['\n', ' ']);
    let mut lines = start.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let setext = !first.starts_with("# ");
    let second = if setext { lines.next().unwrap_or_default() } else { "" };
    start[first.len() + second.len()..].to_owned()
}

/// `[//]: # (title: …)`, as some books write it.
fn link_comment_title(body: &str) -> Option<String> {
    let line = body.lines().find(|line| line.starts_with("[//]: # (title:"))?;
    Some(line.split_once("title:")?.1.trim().trim_end_matches(')').trim().to_owned())
}

/// A title as text: marks of code, emphasis, links and ids are gone, tags in it stay as text.
fn without_markup(title: &str) -> String {
    let title = title.split(" {#").next().unwrap_or(title).split("{/*").next().unwrap_or_default();
    let mut text = String::new();
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        match after.split_once("](").and_then(|(label, after)| Some((label, after.split_once(')')?.1))) {
            Some((label, behind)) => {
                text.push_str(label);
                rest = behind;
            }
            None => {
                text.push('[');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text.replace(['`'], "").replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_file_is_published_though_its_front_matter_says_draft() {
        let bytes = "---\ntitle: 草稿\ndraft: true\n---\n正文。\n".as_bytes();
        let listed: ManifestEntry = serde_json::from_str(r#"{"path": "a.md"}"#).unwrap();
        let waiting: ManifestEntry = serde_json::from_str(r#"{"path": "a.md", "draft": true}"#).unwrap();
        assert!(parse("a.md", bytes, None, None).unwrap().draft);
        assert!(!parse("a.md", bytes, Some(&listed), None).unwrap().draft);
        assert!(parse("a.md", bytes, Some(&waiting), None).unwrap().draft);
    }
}
