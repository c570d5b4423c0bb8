//! The lists of articles that the index keeps for each term, and what an entry of one is worth.
//!
//! A term is looked up in the dictionaries once for each search; everything after that goes by its entry. tantivy's own
//! query tree looks every term up several times and asks every list through three layers of dynamic calls.

use crate::error::SearchError;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, Searcher, SegmentOrdinal, Term};

/// The constants of BM25, the same as tantivy's.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// The lists of one state of the index.
pub(crate) struct Lists<'a> {
    pub searcher: &'a Searcher,
    /// Articles, deleted ones too until they are merged away, as the frequencies count them.
    documents: u64,
    fields: HashMap<Field, OpenField>,
    /// What was found, since several stages ask for the same terms.
    entries: HashMap<(Field, String), Option<Arc<Entry>>>,
}

struct OpenField {
    /// One for each segment.
    readers: Vec<Arc<InvertedIndexReader>>,
    lengths: Arc<Lengths>,
}

/// What BM25 takes off for the length of a field, by the code of the length.
type Lengths = [f32; 256];

/// A term of a field, found in every segment.
pub(crate) struct Entry {
    field: Field,
    places: Vec<Option<TermInfo>>,
    /// Articles that hold it.
    pub articles: u64,
}

/// What an occurrence is worth: BM25 with everything computed that depends on the term only.
#[derive(Clone)]
pub(crate) struct Worth {
    weight: f32,
    lengths: Arc<Lengths>,
}

impl Worth {
    /// The score of a field of this length that holds the term so many times.
    #[inline]
    pub fn score(&self, length: u8, times: u32) -> f32 {
        let times = times as f32;
        self.weight * (times / (times + self.lengths[usize::from(length)]))
    }
}

impl<'a> Lists<'a> {
    pub fn new(searcher: &'a Searcher) -> Result<Self, SearchError> {
        let documents = searcher.total_num_docs().map_err(SearchError::Read)?;
        Ok(Self { searcher, documents, fields: HashMap::new(), entries: HashMap::new() })
    }

    /// The entry of a term; `None` when no article has it in this field.
    pub fn find(&mut self, field: Field, text: &str) -> Result<Option<Arc<Entry>>, SearchError> {
        let key = (field, text.to_owned());
        if let Some(known) = self.entries.get(&key) {
            return Ok(known.clone());
        }
        let term = Term::from_field_text(field, text);
        let open = self.open(field)?;
        let (mut places, mut articles) = (Vec::with_capacity(open.readers.len()), 0);
        for reader in &open.readers {
            let place = reader.get_term_info(&term).map_err(|error| SearchError::Read(error.into()))?;
            articles += place.as_ref().map_or(0, |place| u64::from(place.doc_freq));
            places.push(place);
        }
        let found = (articles > 0).then(|| Arc::new(Entry { field, places, articles }));
        self.entries.insert(key, found.clone());
        Ok(found)
    }

    /// How much a term says that so many articles hold.
    pub fn rarity(&self, articles: u64) -> f32 {
        let articles = articles.min(self.documents);
        (1.0 + ((self.documents - articles) as f32 + 0.5) / (articles as f32 + 0.5)).ln()
    }

    /// What an occurrence in the entry's field is worth at this rarity.
    pub fn worth(&self, field: Field, rarity: f32) -> Worth {
        let lengths = self.fields.get(&field).map_or_else(|| Arc::new([1.0; 256]), |open| Arc::clone(&open.lengths));
        Worth { weight: rarity * (1.0 + K1), lengths }
    }

    /// The entry's list in a segment, in blocks.
    pub fn blocks(&self, entry: &Entry, segment: SegmentOrdinal) -> Result<Option<BlockSegmentPostings>, SearchError> {
        let Some((reader, place)) = self.place(entry, segment) else { return Ok(None) };
        let blocks = reader.read_block_postings_from_terminfo(place, IndexRecordOption::WithFreqs);
        blocks.map(Some).map_err(|error| SearchError::Read(error.into()))
    }

    /// The entry's list in a segment, one article at a time, with the places where the term stands.
    pub fn postings(&self, entry: &Entry, segment: SegmentOrdinal) -> Result<Option<SegmentPostings>, SearchError> {
        let Some((reader, place)) = self.place(entry, segment) else { return Ok(None) };
        let postings = reader.read_postings_from_terminfo(place, IndexRecordOption::WithFreqsAndPositions);
        postings.map(Some).map_err(|error| SearchError::Read(error.into()))
    }

    /// The lengths of a field of a segment's articles.
    pub fn lengths(&self, field: Field, segment: SegmentOrdinal) -> Result<FieldNormReader, SearchError> {
        let reader = self.searcher.segment_reader(segment);
        let lengths = reader.fieldnorms_readers().get_field(field).map_err(SearchError::Read)?;
        Ok(lengths.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1)))
    }

    fn place<'e>(&self, entry: &'e Entry, segment: SegmentOrdinal) -> Option<(&InvertedIndexReader, &'e TermInfo)> {
        let reader = self.fields.get(&entry.field)?.readers.get(segment as usize)?;
        Some((reader, entry.places.get(segment as usize)?.as_ref()?))
    }

    fn open(&mut self, field: Field) -> Result<&OpenField, SearchError> {
        if !self.fields.contains_key(&field) {
            let segments = self.searcher.segment_readers().iter();
            let readers: Vec<_> = segments
                .map(|segment| segment.inverted_index(field))
                .collect::<tantivy::Result<_>>()
                .map_err(SearchError::Read)?;
            let tokens: u64 = readers.iter().map(|reader| reader.total_num_tokens()).sum();
            let average = (tokens as f32 / self.documents.max(1) as f32).max(f32::MIN_POSITIVE);
            let length = |code| FieldNormReader::id_to_fieldnorm(code) as f32;
            let mut lengths = [0.0; 256];
            for (code, taken) in (0..=u8::MAX).zip(&mut lengths) {
                *taken = K1 * (1.0 - B + B * length(code) / average);
            }
            self.fields.insert(field, OpenField { readers, lengths: Arc::new(lengths) });
        }
        Ok(&self.fields[&field])
    }
}

impl Entry {
    /// The field that it is an entry of.
    pub fn field(&self) -> Field {
        self.field
    }
}
