//! An article as the index takes it, and as it comes back for passages.

use crate::error::SearchError;
use crate::readings;
use crate::schema::Fields;
use analysis::Normalized;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use tantivy::schema::{Field, OwnedValue};
use tantivy::{DocAddress, Searcher, TantivyDocument};
use types::{ArticleId, ArticleKind, Block, BlockKind, Handle, Heading, Slug, TagRef, Timestamp};

/// Everything of a published article that can be found.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The key: one article is one document, whatever its revision.
    pub id: ArticleId,
    /// The revision that this is.
    pub revision: u32,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub summary: String,
    /// The whole text.
    pub plain: String,
    /// The parts of the plain text.
    pub blocks: Vec<Block>,
    /// The headings of the text.
    pub outline: Vec<Heading>,
    /// In the author's order.
    pub tags: Vec<TagRef>,
    /// The group that the category belongs to.
    pub group: Slug,
    /// The leaf, or the group itself.
    pub category: Slug,
    /// Who published it here.
    pub author: Handle,
    /// Where it comes from.
    pub kind: ArticleKind,
    /// When it was published.
    pub published_at: Timestamp,
    /// The editor's note for reading on.
    pub further_reading: Option<String>,
}

/// Blocks and outline as they are stored.
#[derive(Serialize)]
struct LayoutRef<'a> {
    blocks: &'a [Block],
    outline: &'a [Heading],
}

/// What the index keeps to show where an article answers.
#[derive(Debug, Default)]
pub struct Stored {
    pub title: String,
    pub plain: String,
    pub layout: Layout,
}

#[derive(Debug, Default, Deserialize)]
pub struct Layout {
    pub blocks: Vec<Block>,
    pub outline: Vec<Heading>,
}

impl Document {
    /// The document for tantivy.
    pub(crate) fn encode(&self, fields: &Fields) -> Result<TantivyDocument, SearchError> {
        let layout = postcard::to_allocvec(&LayoutRef { blocks: &self.blocks, outline: &self.outline })
            .map_err(|source| SearchError::Encode { id: self.id.0, source })?;
        let mut document = TantivyDocument::new();
        document.add_i64(fields.id, self.id.0);
        document.add_u64(fields.revision, u64::from(self.revision));

        let title = Normalized::new(&self.title);
        document.add_text(fields.title_words, title.text());
        document.add_text(fields.title_pairs, title.text());
        document.add_text(fields.title_exact, title_key(title.text()));
        let headings = self.blocks_of(|kind| kind == BlockKind::Heading);
        let headings = Normalized::new(&headings);
        document.add_text(fields.heading_words, headings.text());
        document.add_text(fields.heading_pairs, headings.text());
        let mut prose = self.blocks_of(|kind| !matches!(kind, BlockKind::Heading | BlockKind::Code));
        if !prose.contains(self.summary.trim_end_matches('…').trim()) {
            prose.push_str(&self.summary);
        }
        let prose = Normalized::new(&prose);
        document.add_text(fields.body_words, prose.text());
        for text in [&title, &headings, &prose] {
            document.add_text(fields.spellings, text.text());
        }
        let tags = self.tags.iter().map(|tag| Normalized::new(&tag.name).into_text());
        let named = tags.chain([title.into_text(), headings.into_text()]);
        for reading in readings::terms(named) {
            document.add_text(fields.readings, reading);
        }
        document.add_text(fields.body_pairs, prose.text());
        let code = self.blocks_of(|kind| kind == BlockKind::Code);
        let code = Normalized::new(&code);
        document.add_text(fields.code, code.text());
        document.add_text(fields.code_pairs, code.text());
        if let Some(note) = &self.further_reading {
            document.add_text(fields.note_words, Normalized::new(note).text());
        }

        for tag in &self.tags {
            document.add_text(fields.tag, tag.key.as_str());
            document.add_text(fields.tag_words, Normalized::new(&tag.name).text());
        }
        document.add_text(fields.group, self.group.as_str());
        document.add_text(fields.category, self.category.as_str());
        document.add_text(fields.author, self.author.as_str());
        document.add_text(fields.kind, self.kind.as_str());
        document.add_i64(fields.month, self.published_at.month().number());
        document.add_i64(fields.published_at, self.published_at.0);

        document.add_text(fields.title, &self.title);
        document.add_text(fields.plain, &self.plain);
        // Compact, because it is read for every hit; JSON names each field of each block.
        document.add_bytes(fields.layout, &layout);
        Ok(document)
    }

    /// The blocks of some kinds, one a line. Blocks that do not fit the text are passed over.
    fn blocks_of(&self, wanted: impl Fn(BlockKind) -> bool) -> String {
        let mut text = String::with_capacity(self.plain.len());
        for block in self.blocks.iter().filter(|block| wanted(block.kind)) {
            text.push_str(self.plain.get(block.start as usize..block.end as usize).unwrap_or_default());
            text.push('\n');
        }
        text
    }
}

/// A normalised title without what people leave out when they type it: case, spaces and most punctuation.
pub(crate) fn title_key(title: &str) -> String {
    let kept = title.chars().filter(|character| is_key_character(*character));
    kept.flat_map(char::to_lowercase).collect()
}

/// Whether people type a character of a title: letters, digits, and the marks that tell `c` from `c++`.
pub(crate) fn is_key_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '+' | '#' | '.')
}

impl Stored {
    /// Reads the stored fields of a document; one that is missing or unreadable is empty.
    ///
    /// # Errors
    /// [`SearchError::Read`].
    pub(crate) fn read(searcher: &Searcher, address: DocAddress, fields: &Fields) -> Result<Self, SearchError> {
        // Values by field: tantivy's own document would be packed and unpacked on the way.
        let mut document: HashMap<Field, OwnedValue> = searcher.doc(address).map_err(SearchError::Read)?;
        let mut text = |field| match document.remove(&field) {
            Some(OwnedValue::Str(text)) => text,
            _ => String::new(),
        };
        let (title, plain) = (text(fields.title), text(fields.plain));
        let layout = match document.remove(&fields.layout) {
            Some(OwnedValue::Bytes(layout)) => postcard::from_bytes(&layout).unwrap_or_default(),
            _ => Layout::default(),
        };
        Ok(Self { title, plain, layout })
    }
}
