//! `liuguang export`: every article as a file of Markdown with all its fields, and the pictures beside them.
//!
//! Addresses in the texts stay as they are: `/articles/x` is `articles/x.md` in the folder and `/media/x.png` is
//! `media/x.png`, so the texts are the very bytes of the database, and links work in other generators too.
//!
//! An article that was never published, or is to be, is written as its author left it. Where there is a newer text beside a
//! published one, it goes into `drafts`, in files that the importer does not take for articles. What readers told about
//! articles is no part of them, and stays in the database.

use crate::pictures::ending;
use crate::site::Site;
use anyhow::{Context, Result, bail};
use import::EXPORT_MARK;
use serde_json::json;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use store::StoredArticle;
use types::{ArticleId, Timestamp, percent};

/// Articles read at a time.
const BATCH: u32 = 200;

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Files of Markdown.
    pub articles: usize,
    /// Newer texts of these articles, which nobody published yet.
    pub drafts: usize,
    /// Pictures.
    pub assets: usize,
    /// Files to download.
    pub files: usize,
}

/// The command: exports with a progress bar and prints a summary.
///
/// # Errors
/// When the folder is not empty, or something cannot be read or written.
pub async fn run(site: &Site, folder: &Path) -> Result<()> {
    let bar = indicatif::ProgressBar::new(site.store.article_count().await?);
    bar.set_style(indicatif::ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}")?);
    let exported = export(site, folder, &|| bar.inc(1)).await?;
    bar.finish_and_clear();
    println!(
        "{} articles, {} pictures and {} files to download are in {}",
        exported.articles,
        exported.assets,
        exported.files,
        folder.display()
    );
    if exported.drafts > 0 {
        println!(
            "{} of the articles have a newer text that is not published; it is in drafts, which importing leaves out",
            exported.drafts
        );
    }
    Ok(())
}

/// Writes everything into an empty or new folder.
///
/// # Errors
/// As [`run`].
pub async fn export(site: &Site, folder: &Path, step: &(dyn Fn() + Sync)) -> Result<Exported> {
    let occupied = match fs::read_dir(folder) {
        Ok(mut children) => children.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => bail!("the folder {} cannot be used: {error}", folder.display()),
    };
    if occupied {
        bail!("the folder {} is not empty; name a new or an empty one", folder.display());
    }
    let mut exported = Exported::default();
    let articles = folder.join("articles");
    fs::create_dir_all(&articles).with_context(|| format!("making the folder {}", articles.display()))?;
    let mut after = ArticleId(0);
    loop {
        let batch = site.store.stored_articles_after(after, BATCH).await.context("reading the articles")?;
        let Some(last) = batch.last() else { break };
        after = last.id;
        for article in &batch {
            write(&articles.join(format!("{}.md", article.slug)), markdown(article).as_bytes())?;
            if let Some(newer) = &article.newer {
                let drafts = folder.join("drafts");
                fs::create_dir_all(&drafts).with_context(|| format!("making the folder {}", drafts.display()))?;
                write(&drafts.join(format!("{}.txt", article.slug)), markdown(newer).as_bytes())?;
                exported.drafts += 1;
            }
            exported.files += attachments(site, folder, article).await?;
            exported.articles += 1;
            step();
        }
    }
    let media = folder.join("media");
    fs::create_dir_all(&media).with_context(|| format!("making the folder {}", media.display()))?;
    for (hash, content_type) in site.store.asset_names().await.context("reading the pictures")? {
        let Some(asset) = site.store.asset(&hash).await.context("reading a picture")? else { continue };
        write(&media.join(format!("{hash}.{}", ending(&content_type))), &asset.data)?;
        exported.assets += 1;
    }
    Ok(exported)
}

/// Writes what an article offers into a folder of its own; returns how many files that were.
async fn attachments(site: &Site, folder: &Path, article: &StoredArticle) -> Result<usize> {
    if article.attachments.is_empty() {
        return Ok(0);
    }
    let files = folder.join("files").join(article.slug.as_str());
    fs::create_dir_all(&files).with_context(|| format!("making the folder {}", files.display()))?;
    for attachment in &article.attachments {
        let data = site.store.file_data(&attachment.sha256).await.context("reading a file to download")?;
        write(&files.join(&attachment.name), &data)?;
    }
    Ok(article.attachments.len())
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    let mut file = File::create_new(path).with_context(|| format!("making {}", path.display()))?;
    file.write_all(content).with_context(|| format!("writing {}", path.display()))
}

/// The article as a file: front matter in YAML, one field a line, and behind it the Markdown as it is stored.
///
/// Views and the number of the revision are left out: they change without the article, and importing must not.
#[must_use]
pub fn markdown(article: &StoredArticle) -> String {
    let mut text = format!("---\n{EXPORT_MARK}\nid: {}\n", article.id.0);
    let mut field = |name: &str, value: serde_json::Value| {
        let _ = writeln!(text, "{name}: {}", yaml(&value));
    };
    field("title", json!(article.title));
    field("slug", json!(article.slug));
    field("kind", json!(article.kind));
    field("status", json!(article.status));
    field("date", json!(moment(article.published_at)));
    field("updated", json!(moment(article.updated_at)));
    field("category", json!(article.category.slug));
    field("category_name", json!(article.category.name));
    field("group", json!(article.category.group_slug));
    field("group_name", json!(article.category.group));
    field("tags", json!(article.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>()));
    field("author", json!(article.author.name));
    field("handle", json!(article.author.handle));
    field("description", json!(article.summary));
    let optional = [
        ("cover", &article.cover),
        ("applies_to", &article.applies_to),
        ("further_reading", &article.further_reading),
        ("source_path", &article.source_path),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            field(name, json!(value));
        }
    }
    if let Some(series) = &article.series {
        field("series", json!({ "name": series.name, "part": series.part }));
    }
    if !article.provenance.is_empty() {
        let steps = article.provenance.iter().map(|step| {
            json!({
                "title": step.title,
                "author": step.author,
                "url": step.url,
                "licence": step.licence,
                "fetched": step.fetched_at.map(moment),
            })
        });
        field("sources", steps.collect());
    }
    if !article.attachments.is_empty() {
        let files = article.attachments.iter().map(|attachment| {
            json!({
                "file": format!("/files/{}/{}", article.slug, percent::encode(&attachment.name)),
                "name": attachment.name,
                "sha256": attachment.sha256,
                "licence": attachment.licence,
            })
        });
        field("attachments", files.collect());
    }
    text.push_str("---\n");
    text.push_str(&article.body);
    text
}

/// A value on one line. JSON is YAML as well; a star is written as its number, because the importer takes front matter
/// that seems to hold aliases apart line by line, and so is what YAML does not print or takes for the end of a line.
fn yaml(value: &serde_json::Value) -> String {
    let mut yaml = String::new();
    for character in value.to_string().chars() {
        if matches!(
            character,
            '*' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        ) {
            let _ = write!(yaml, "\\u{:04x}", u32::from(character));
        } else {
            yaml.push(character);
        }
    }
    yaml
}

/// A moment in the site's zone, with milliseconds where it has any.
fn moment(at: Timestamp) -> String {
    let text = at.rfc3339();
    match at.0.rem_euclid(1000) {
        0 => text,
        milliseconds => {
            let (time, zone) = text.split_at(text.len() - "+08:00".len());
            format!("{time}.{milliseconds:03}{zone}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{
        ArticleKind, ArticleStatus, Attachment, AttachmentId, Author, CategoryRef, ProvenanceStep, SeriesPlace, TagRef,
    };

    /// Import and export must agree on every text that a field can hold.
    #[test]
    fn a_hard_field_is_read_as_it_was_written() {
        let hard = "a: *b - *c \"q\" \\ 'x' # no comment\u{85}\u{2028}\u{2029}\u{feff}\u{9b}\t\u{1}, [x]{y} 中文 🙂\u{7f}\nline";
        let article = StoredArticle {
            id: ArticleId(9_007_199_254_740_991),
            slug: "hard".parse().unwrap(),
            kind: ArticleKind::Translation,
            status: ArticleStatus::Hidden,
            title: hard.into(),
            summary: hard.into(),
            body: "\n\n# Kept\r\n{{< figure >}} <!-- kept -->\u{200b}\n---\n| a |\n\n\n".into(),
            category: CategoryRef {
                group: hard.into(),
                group_slug: "search".parse().unwrap(),
                name: hard.into(),
                slug: "kibana".parse().unwrap(),
            },
            tags: ["C++", "a, b", "true", "7"]
                .map(|name| TagRef { key: name.parse().unwrap(), name: name.into() })
                .into(),
            author: Author { handle: "feng".parse().unwrap(), name: hard.into() },
            published_at: Timestamp(1_744_877_862_007),
            updated_at: Timestamp(-1),
            applies_to: Some(hard.into()),
            further_reading: Some(hard.into()),
            series: Some(SeriesPlace { name: hard.into(), part: Some(3) }),
            provenance: vec![ProvenanceStep {
                title: hard.into(),
                author: None,
                url: "https://example.org/?a=*b".into(),
                licence: Some(hard.into()),
                fetched_at: Some(Timestamp(3)),
            }],
            cover: Some("/media/a.png".into()),
            source_path: Some("db/一.md".into()),
            attachments: vec![Attachment {
                id: AttachmentId(1),
                name: "配置 #1 100%.zip".into(),
                content_type: "application/zip".into(),
                size: 7,
                sha256: "ab".repeat(32),
                licence: Some(hard.into()),
                downloads: 9,
                listing: None,
            }],
            newer: None,
        };
        let read = import::parse("articles/hard.md", markdown(&article).as_bytes(), None, None).unwrap();
        assert_eq!((&read.title, &read.body), (&article.title, &article.body));
        assert_eq!((read.description.as_deref(), read.author.as_deref()), (Some(hard), Some(hard)));
        assert_eq!((read.applies_to.as_deref(), read.further_reading.as_deref()), (Some(hard), Some(hard)));
        assert_eq!((read.date, read.updated), (Some(article.published_at), Some(article.updated_at)));
        assert_eq!(
            (read.tags, read.series),
            (vec!["C++".into(), "a, b".into(), "true".into(), "7".into()], article.series)
        );
        assert_eq!((read.provenance, read.cover), (article.provenance, article.cover));
        let offered = &read.attachments[0];
        assert_eq!((offered.name.as_str(), offered.licence.as_deref()), ("配置 #1 100%.zip", Some(hard)));
        assert_eq!(offered.file, "/files/hard/%E9%85%8D%E7%BD%AE%20%231%20100%25.zip");
        assert_eq!(read.exported.unwrap().category, article.category);
    }

    #[test]
    fn moments_keep_their_milliseconds() {
        assert_eq!(moment(Timestamp(1_744_877_862_000)), "2025-04-17T16:17:42+08:00");
        assert_eq!(moment(Timestamp(1_744_877_862_007)), "2025-04-17T16:17:42.007+08:00");
        assert_eq!(moment(Timestamp(-1)), "1970-01-01T07:59:59.999+08:00");
    }
}
