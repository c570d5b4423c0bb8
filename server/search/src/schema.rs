//! The fields of the index.

use crate::tokenizer::{self, BIGRAMS, BIGRAMS_AND_CHARACTERS, CODE, SPELLINGS, WORDS};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Every field by name.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The article's id: the key of updates.
    pub id: Field,
    /// The article's revision.
    pub revision: Field,
    /// The title's words.
    pub title_words: Field,
    /// The title's pairs and single characters.
    pub title_pairs: Field,
    /// The whole title, see [`crate::document::title_key`].
    pub title_exact: Field,
    /// The headings' words.
    pub heading_words: Field,
    /// The headings' pairs and single characters.
    pub heading_pairs: Field,
    /// The prose's words.
    pub body_words: Field,
    /// The prose's pairs.
    pub body_pairs: Field,
    /// Code blocks.
    pub code: Field,
    /// The pairs of Chinese in code blocks.
    pub code_pairs: Field,
    /// Words of the tags' names.
    pub tag_words: Field,
    /// The editor's note for reading on.
    pub note_words: Field,
    /// English words as they are written, for the correction of misspelt ones.
    pub spellings: Field,
    /// Chinese words of title, tags and headings by their pinyin, see [`crate::readings`].
    pub readings: Field,
    /// Keys of the tags.
    pub tag: Field,
    /// Slug of the category's group.
    pub group: Field,
    /// Slug of the category itself.
    pub category: Field,
    /// The author's handle.
    pub author: Field,
    /// The kind's name.
    pub kind: Field,
    /// Month of publication as a number, `202504`.
    pub month: Field,
    /// Moment of publication in milliseconds.
    pub published_at: Field,
    /// The title as it is shown.
    pub title: Field,
    /// The plain text, for passages.
    pub plain: Field,
    /// Blocks and outline, as JSON.
    pub layout: Field,
}

/// Makes the schema. It depends on nothing, so two calls give the same one.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |tokenizer: &str, record| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record))
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let counts = IndexRecordOption::WithFreqs;
    let number = NumericOptions::from(FAST | INDEXED);
    let fields = Fields {
        id: builder.add_i64_field("id", number.clone()),
        revision: builder.add_u64_field("revision", FAST),
        title_words: builder.add_text_field("title_words", text(WORDS, positions)),
        title_pairs: builder.add_text_field("title_pairs", text(BIGRAMS_AND_CHARACTERS, positions)),
        title_exact: builder.add_text_field("title_exact", STRING),
        heading_words: builder.add_text_field("heading_words", text(WORDS, positions)),
        heading_pairs: builder.add_text_field("heading_pairs", text(BIGRAMS_AND_CHARACTERS, positions)),
        body_words: builder.add_text_field("body_words", text(WORDS, positions)),
        body_pairs: builder.add_text_field("body_pairs", text(BIGRAMS, positions)),
        code: builder.add_text_field("code", text(CODE, counts)),
        code_pairs: builder.add_text_field("code_pairs", text(BIGRAMS, positions)),
        tag_words: builder.add_text_field("tag_words", text(WORDS, counts)),
        note_words: builder.add_text_field("note_words", text(WORDS, counts)),
        spellings: builder.add_text_field("spellings", text(SPELLINGS, IndexRecordOption::Basic)),
        readings: builder.add_text_field("readings", STRING),
        tag: builder.add_text_field("tag", STRING | FAST),
        group: builder.add_text_field("group", STRING | FAST),
        category: builder.add_text_field("category", STRING | FAST),
        author: builder.add_text_field("author", STRING | FAST),
        kind: builder.add_text_field("kind", STRING | FAST),
        month: builder.add_i64_field("month", number.clone()),
        published_at: builder.add_i64_field("published_at", number),
        title: builder.add_text_field("title", STORED),
        plain: builder.add_text_field("plain", STORED),
        layout: builder.add_bytes_field("layout", STORED),
    };
    (builder.build(), fields)
}

/// A number that is another one for every other schema or analyzer: an index stamped otherwise must be rebuilt.
pub fn stamp(schema: &Schema) -> String {
    let described = serde_json::to_string(schema).unwrap_or_default();
    let hash = described.bytes().fold(analysis::fingerprint(), |hash, byte| {
        // FNV-1a, going on where the analyzer's fingerprint ends.
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Teaches an index our tokenizers.
pub fn register_tokenizers(index: &tantivy::Index) {
    for (name, view) in tokenizer::VIEWS {
        index.tokenizers().register(name, tokenizer::ViewTokenizer::new(view));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_is_stable_and_tells_schemas_apart() {
        let stamp_now = stamp(&schema().0);
        assert_eq!(stamp_now, stamp(&schema().0));
        assert_ne!(stamp_now, stamp(&Schema::builder().build()));
    }
}
