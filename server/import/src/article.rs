//! One file as an article: what its list, its front matter, its headings and its name say, in this order.

use crate::error::Refusal;
use crate::exported::{self, Exported};
use crate::fields::Fields;
use crate::manifest::ManifestEntry;
use crate::romanised::romanised;
use crate::title::{first_heading, link_comment_title, without_heading, without_markup};
use crate::{date, dialect, encoding, front_matter};
use types::{ArticleKind, Handle, ProvenanceStep, SeriesPlace, Slug, Timestamp};

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
    /// Where it stands in a series.
    pub series: Option<SeriesPlace>,
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
/// Characters that the pen name has at most.
const AUTHOR: usize = 60;
/// Names that a list of them has at most.
const NAMES: usize = 20;

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
    let title = Some(without_markup(&title)).filter(|title| !title.is_empty()).unwrap_or_else(|| named.clone());
    let title = match title.char_indices().nth(TITLE) {
        Some((end, _)) => {
            warnings.push(format!("its title was cut to {TITLE} characters"));
            title[..end].to_owned()
        }
        None => title,
    };
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
    let mut at_most = |mut names: Vec<String>, what: &str| {
        if names.len() > NAMES {
            warnings.push(format!("of its {} {what} the first {NAMES} were taken", names.len()));
            names.truncate(NAMES);
        }
        names
    };
    let tags = match listed {
        Some(listed) => listed.tags.clone(),
        None => at_most(fields.list(&["tags", "tag", "keywords"]), "tags"),
    };
    let (mut categories, mut group) = (at_most(fields.list(&["category", "categories"]), "categories"), None);
    let mut provenance = fields.provenance();
    let mut kind = ArticleKind::default();
    if let Some(name) = fields.text(&["kind"]) {
        match name.parse() {
            Ok(known) => kind = known,
            Err(_) => warnings.push(format!("unknown kind {name:?}; it was taken as {kind}")),
        }
    }
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
    let mut moment = |text: Option<String>| {
        let text = text.filter(|text| !text.trim().is_empty())?;
        let moment = date::parse(&text);
        if moment.is_none() {
            warnings.push(format!("the date {text:?} was not understood"));
        }
        moment
    };
    let date = moment(listed.and_then(|listed| listed.date.clone()))
        .or_else(|| moment(fields.text(&["date", "publishdate", "created"])))
        .or_else(|| date::parse(path.rsplit('/').next()?.get(..10)?))
        .or(file_time);
    let updated = moment(fields.text(&["updated", "lastmod", "last_modified_at", "last_update"]));
    Ok(SourceArticle {
        path: path.to_owned(),
        slug,
        date,
        updated,
        tags,
        categories,
        group,
        author: listed
            .and_then(|listed| listed.author.clone().or_else(|| listed.attribution.clone()))
            .or_else(|| fields.list(&["author", "authors"]).into_iter().next())
            .map(|name| short_author(&name)),
        handle: fields.text(&["handle"]).and_then(|handle| handle.parse().ok()),
        draft: listed.map_or_else(|| fields.is_draft(), |listed| listed.draft),
        description: fields.text(&["description", "summary", "excerpt"]).map(|text| dialect::summary(&text)),
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

/// A pen name that fits; a list of names ends between two of them.
fn short_author(name: &str) -> String {
    // Two for ` 等`.
    let Some((end, _)) = name.char_indices().nth(AUTHOR).and_then(|_| name.char_indices().nth(AUTHOR - 2)) else {
        return name.to_owned();
    };
    let between = [",", "，", "、", ";", "；", " and ", " & "];
    let cut = between.iter().filter_map(|mark| name.get(..end)?.rfind(mark)).max();
    match cut.filter(|cut| *cut > 0) {
        Some(cut) => format!("{} 等", name[..cut].trim_end()),
        None => name.chars().take(AUTHOR).collect(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_plain_text() {
        let bytes = "---\ntitle: 甲\nsummary: 用 {{{ .starter }}} 的 `SHOW [GLOBAL|SESSION] <name>`，<code>a</code> 见[**文档**](b.md)。\n---\n正文。\n";
        let article = parse("a.md", bytes.as_bytes(), None, None).unwrap();
        assert_eq!(article.description.unwrap(), "用 的 SHOW [GLOBAL|SESSION] <name>，a 见文档。");
    }

    #[test]
    fn a_long_list_of_authors_ends_between_two_names() {
        let long = "Kaslin Fields (Google), Ritesh Patel (Nirmata), Sascha Grunert (Red Hat)";
        for (name, expected) in [
            ("阮一峰", "阮一峰"),
            (long, "Kaslin Fields (Google), Ritesh Patel (Nirmata) 等"),
            (&"张三丰、".repeat(20), &format!("{} 等", "张三丰、".repeat(14).trim_end_matches('、'))),
            (&"a".repeat(70), &"a".repeat(60)),
        ] {
            assert_eq!(short_author(name), expected);
            assert!(expected.chars().count() <= AUTHOR);
        }
    }

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
