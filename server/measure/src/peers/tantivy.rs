//! tantivy with one view of our analyzer and nothing else: any of the words, ranked by BM25, the title counted twice.

use super::Peer;
use crate::articles::Text;
use crate::score::DEPTH;
use crate::site;
use ::tantivy::collector::TopDocs;
use ::tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use ::tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use ::tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use ::tantivy::{Index, IndexReader, IndexWriter, TantivyDocument, Term};
use analysis::{Normalized, Tokens, View};
use anyhow::{Context, Result};
use async_trait::async_trait;
use std::path::{Path, PathBuf};

/// Memory for documents that are not written yet.
const MEMORY: usize = 64 * 1024 * 1024;
/// How much more a word in the title counts.
const TITLE: f32 = 2.0;

pub struct Tantivy {
    name: &'static str,
    folder: PathBuf,
    analyzer: TextAnalyzer,
    id: Field,
    title: Field,
    body: Field,
    writer: IndexWriter,
    reader: IndexReader,
}

impl Tantivy {
    pub fn create(name: &'static str, folder: &Path, analyzer: TextAnalyzer) -> Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        let mut schema = Schema::builder();
        let id = schema.add_i64_field("id", FAST);
        let indexing =
            TextFieldIndexing::default().set_tokenizer("view").set_index_option(IndexRecordOption::WithFreqs);
        let text = TextOptions::default().set_indexing_options(indexing);
        let (title, body) = (schema.add_text_field("title", text.clone()), schema.add_text_field("body", text));
        let index = Index::create_in_dir(folder, schema.build()).context("creating a tantivy index")?;
        index.tokenizers().register("view", analyzer.clone());
        let (writer, reader) = (index.writer_with_num_threads(1, MEMORY)?, index.reader()?);
        Ok(Self { name, folder: folder.to_path_buf(), analyzer, id, title, body, writer, reader })
    }
}

#[async_trait]
impl Peer for Tantivy {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn add(&mut self, texts: &[Text]) -> Result<()> {
        for text in texts {
            let mut document = TantivyDocument::new();
            document.add_i64(self.id, text.id);
            document.add_text(self.title, Normalized::new(&text.title).text());
            document.add_text(self.body, Normalized::new(&text.plain).text());
            self.writer.add_document(document)?;
        }
        Ok(())
    }

    async fn finish(&mut self) -> Result<()> {
        self.writer.commit()?;
        self.reader.reload()?;
        Ok(())
    }

    async fn search(&mut self, words: &str) -> Result<Vec<i64>> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let normalized = Normalized::new(words);
        let mut tokens = self.analyzer.token_stream(normalized.text());
        while let Some(token) = tokens.next() {
            let term = |field| TermQuery::new(Term::from_field_text(field, &token.text), IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(term(self.title)), TITLE))));
            clauses.push((Occur::Should, Box::new(term(self.body))));
        }
        drop(tokens);
        let searcher = self.reader.searcher();
        let found = searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(DEPTH).order_by_score())?;
        found
            .into_iter()
            .map(|(_, address)| {
                let ids = searcher.segment_reader(address.segment_ord).fast_fields().i64("id")?;
                ids.first(address.doc_id).context("reading an id")
            })
            .collect()
    }

    async fn size(&mut self) -> Result<u64> {
        site::size(&self.folder)
    }
}

/// A view of our analyzer as tantivy wants it.
#[derive(Clone, Copy)]
pub struct Analyzer(pub View);

pub struct Stream<'a> {
    tokens: Tokens<'a>,
    token: Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { tokens: Tokens::new(text, self.0), token: Token::default() }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.tokens.next() else { return false };
        self.token = Token {
            offset_from: next.start,
            offset_to: next.end,
            position: next.position,
            text: next.text.to_owned(),
            position_length: 1,
        };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
