//! What the browser stores of one saved article to search it: what hits show, the text, and where its terms stand.

use crate::html::{Text, text};
use crate::postings::{BODY, Builder, HEADINGS, TAGS, TITLE, put, take};
use analysis::Normalized;
use serde_json::Value;
use types::{Block, BlockKind, Heading};

/// Changes with the layout of the bytes.
const FORMAT: u64 = 1;
const KINDS: [BlockKind; 5] = [BlockKind::Heading, BlockKind::Prose, BlockKind::Code, BlockKind::Row, BlockKind::Math];

/// An article's record, read.
#[derive(Debug)]
pub struct Record {
    /// What lists show, as the server sent it. It is passed on as it is, so it is not made a struct: that would weigh
    /// more than all of the search.
    pub summary: Value,
    /// The title as it is compared with a query.
    pub title_key: String,
    /// Initials of the title in pinyin; may be empty.
    pub initials: String,
    /// Headings.
    pub outline: Vec<Heading>,
    /// Plain text with blocks.
    pub text: Text,
    /// Length of the text in places.
    pub length: u32,
    bytes: Vec<u8>,
    postings: usize,
}

/// The rules that a record was made by.
fn rules() -> u64 {
    analysis::fingerprint() ^ FORMAT.rotate_left(32)
}

/// Fields of an article that hits show.
const SHOWN: [&str; 10] =
    ["slug", "title", "summary", "kind", "category", "tags", "author", "published_at", "views", "minutes"];

/// Makes the bytes of a record; nothing when the article is none.
#[must_use]
pub fn encode(article: &Value, initials: &str) -> Option<Vec<u8>> {
    let outline = headings(&article["outline"])?;
    let Text { plain, blocks } = text(article["html"].as_str()?, &outline);
    let mut builder = Builder::default();
    builder.add(article["title"].as_str()?, TITLE, TAGS);
    article["slug"].as_str()?;
    let mut place = TAGS;
    for tag in article["tags"].as_array()? {
        place = builder.add(tag["name"].as_str()?, place, HEADINGS) + 2;
    }
    let (mut heading, mut body) = (HEADINGS, BODY);
    for block in &blocks {
        let text = &plain[block.start as usize..block.end as usize];
        // The gap keeps a phrase within its block.
        if block.kind == BlockKind::Heading {
            heading = builder.add(text, heading, BODY) + 3;
        } else {
            body = builder.add(text, body, u32::MAX) + 3;
        }
    }
    let mut bytes = rules().to_le_bytes().to_vec();
    put(&mut bytes, body - BODY);
    let summary: Value = SHOWN.iter().map(|&field| (field.to_owned(), article[field].clone())).collect();
    for text in [&summary.to_string(), initials, &article["outline"].to_string(), &plain] {
        put(&mut bytes, text.len() as u32);
        bytes.extend(text.as_bytes());
    }
    put(&mut bytes, blocks.len() as u32);
    for block in &blocks {
        bytes.push(KINDS.iter().position(|kind| *kind == block.kind).unwrap_or(1) as u8);
        put(&mut bytes, block.start);
        put(&mut bytes, block.end - block.start);
        put(&mut bytes, block.section.map_or(0, |section| section + 1));
    }
    bytes.extend(builder.finish());
    Some(bytes)
}

fn headings(outline: &Value) -> Option<Vec<Heading>> {
    let heading = |heading: &Value| {
        Some(Heading {
            level: heading["level"].as_u64()? as u8,
            anchor: heading["anchor"].as_str()?.to_owned(),
            text: heading["text"].as_str()?.to_owned(),
        })
    };
    outline.as_array()?.iter().map(heading).collect()
}

/// A title, or a query, as they are compared.
#[must_use]
pub fn key(title: &str) -> String {
    let characters = Normalized::new(title).into_text();
    characters.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Record {
    /// Reads stored bytes; nothing when they were made by other rules or are damaged.
    #[must_use]
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        if bytes.get(..8)? != rules().to_le_bytes() {
            return None;
        }
        let mut at = 8;
        let length = take(&bytes, &mut at)?;
        let mut text = || {
            let length = take(&bytes, &mut at)? as usize;
            let text = std::str::from_utf8(bytes.get(at..at.checked_add(length)?)?).ok()?;
            at += length;
            Some(text)
        };
        let summary: Value = serde_json::from_str(text()?).ok()?;
        let initials = text()?.to_owned();
        let outline = headings(&serde_json::from_str(text()?).ok()?)?;
        let plain = text()?.to_owned();
        let mut blocks = Vec::new();
        for _ in 0..take(&bytes, &mut at)? {
            let kind = *KINDS.get(usize::from(*bytes.get(at)?))?;
            at += 1;
            let start = take(&bytes, &mut at)?;
            let end = start.checked_add(take(&bytes, &mut at)?)?;
            let section = take(&bytes, &mut at)?.checked_sub(1);
            plain.get(start as usize..end as usize)?;
            blocks.push(Block { kind, start, end, section });
        }
        let title_key = key(summary["title"].as_str().unwrap_or_default());
        Some(Self { summary, title_key, initials, outline, text: Text { plain, blocks }, length, postings: at, bytes })
    }

    /// The article's name in addresses.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.summary["slug"].as_str().unwrap_or_default()
    }

    /// The article's title.
    #[must_use]
    pub fn title(&self) -> &str {
        self.summary["title"].as_str().unwrap_or_default()
    }

    /// When it was published, in milliseconds.
    #[must_use]
    pub fn published(&self) -> i64 {
        self.summary["published_at"].as_i64().unwrap_or_default()
    }

    /// Times it had been read when it was saved.
    #[must_use]
    pub fn views(&self) -> i64 {
        self.summary["views"].as_i64().unwrap_or_default()
    }

    /// The places of a term.
    #[must_use]
    pub fn places(&self, term: u32) -> Vec<u32> {
        crate::postings::places(&self.bytes[self.postings..], term)
    }
}
