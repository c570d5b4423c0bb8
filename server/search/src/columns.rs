//! The properties of articles that every hit is sorted, filtered and counted by, in plain arrays.
//!
//! tantivy's columns are packed: reading six of them for each of a hundred thousand hits took longer than finding the
//! hits. A segment never changes, so its columns are unpacked once, about 40 bytes for each article.

use crate::error::SearchError;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher, SegmentReader};

/// The number of what an article does not have.
const NONE: u32 = u32::MAX;

/// What articles of every segment have in common by number: numbers mean the same in all of them.
#[derive(Clone, Default)]
pub(crate) struct Catalog {
    labels: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    /// Every combination of properties that an article has exactly one of. There are few of them, so filters are applied
    /// and facets counted by combination instead of by article.
    pub profiles: Vec<Profile>,
    profile_numbers: HashMap<Profile, u32>,
}

/// Properties that an article has at most one of, as numbers of labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Profile {
    pub group: Option<u32>,
    pub category: Option<u32>,
    pub kind: Option<u32>,
    pub month: i64,
}

/// The properties of a segment's articles.
pub(crate) struct Columns {
    pub ids: Box<[i64]>,
    pub published_at: Box<[i64]>,
    /// Numbers in [`Catalog::profiles`].
    pub profiles: Box<[u32]>,
    authors: Box<[u32]>,
    /// Where each article's tags begin in `tags`; one more than there are articles.
    tag_starts: Box<[u32]>,
    tags: Box<[u32]>,
}

/// Every segment's columns, unpacked when they are first asked for.
#[derive(Default)]
pub(crate) struct Tables {
    catalog: Arc<Catalog>,
    segments: HashMap<SegmentId, Arc<Columns>>,
}

/// The columns of one state of the index, a segment's at its ordinal.
pub(crate) struct Table {
    pub catalog: Arc<Catalog>,
    pub segments: Vec<Arc<Columns>>,
}

impl Tables {
    /// The columns of what a searcher sees.
    pub fn of(&mut self, searcher: &Searcher) -> Result<Table, SearchError> {
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let columns = match self.segments.get(&segment.segment_id()) {
                Some(columns) => Arc::clone(columns),
                None => {
                    let catalog = Arc::make_mut(&mut self.catalog);
                    let columns = Arc::new(Columns::unpack(segment, catalog).map_err(SearchError::Read)?);
                    self.segments.insert(segment.segment_id(), Arc::clone(&columns));
                    columns
                }
            };
            segments.push(columns);
        }
        Ok(Table { catalog: Arc::clone(&self.catalog), segments })
    }

    /// Forgets the segments that a newer state of the index does not have any more.
    pub fn keep(&mut self, searcher: &Searcher) {
        let alive = |id: &SegmentId| searcher.segment_readers().iter().any(|segment| segment.segment_id() == *id);
        self.segments.retain(|id, _| alive(id));
    }
}

impl Columns {
    fn unpack(segment: &SegmentReader, catalog: &mut Catalog) -> tantivy::Result<Self> {
        let fields = segment.fast_fields();
        let (ids, published_at, months) = (fields.i64("id")?, fields.i64("published_at")?, fields.i64("month")?);
        let (group, category) = (Labels::open(segment, "group", catalog)?, Labels::open(segment, "category", catalog)?);
        let (kind, author) = (Labels::open(segment, "kind", catalog)?, Labels::open(segment, "author", catalog)?);
        let tag = Labels::open(segment, "tag", catalog)?;
        let documents = 0..segment.max_doc();
        let numbers = |column: &tantivy::columnar::Column<i64>| -> Box<[i64]> {
            documents.clone().map(|document| column.first(document).unwrap_or_default()).collect()
        };
        let mut profiles = Vec::with_capacity(documents.len());
        let (mut tag_starts, mut tags) = (Vec::with_capacity(documents.len() + 1), Vec::new());
        for document in documents.clone() {
            profiles.push(catalog.profile(Profile {
                group: group.of(document).next(),
                category: category.of(document).next(),
                kind: kind.of(document).next(),
                month: months.first(document).unwrap_or_default(),
            }));
            tag_starts.push(tags.len() as u32);
            tags.extend(tag.of(document));
        }
        tag_starts.push(tags.len() as u32);
        Ok(Self {
            ids: numbers(&ids),
            published_at: numbers(&published_at),
            profiles: profiles.into(),
            authors: documents.map(|document| author.of(document).next().unwrap_or(NONE)).collect(),
            tag_starts: tag_starts.into(),
            tags: tags.into(),
        })
    }

    /// The numbers of an article's tags.
    pub fn tags(&self, document: DocId) -> &[u32] {
        let document = document as usize;
        &self.tags[self.tag_starts[document] as usize..self.tag_starts[document + 1] as usize]
    }

    /// The number of an article's author.
    pub fn author(&self, document: DocId) -> u32 {
        self.authors[document as usize]
    }
}

impl Catalog {
    /// How many labels there are; their numbers are below.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// The label with a number.
    pub fn label(&self, number: u32) -> &str {
        self.labels.get(number as usize).map_or("", |label| label)
    }

    /// The number of a label, if any article has it.
    pub fn number(&self, label: &str) -> Option<u32> {
        self.numbers.get(label).copied()
    }

    fn add(&mut self, label: &str) -> u32 {
        if let Some(number) = self.number(label) {
            return number;
        }
        let (number, label) = (self.labels.len() as u32, Arc::<str>::from(label));
        self.labels.push(Arc::clone(&label));
        self.numbers.insert(label, number);
        number
    }

    fn profile(&mut self, profile: Profile) -> u32 {
        let next = self.profiles.len() as u32;
        let number = *self.profile_numbers.entry(profile).or_insert(next);
        if number == next {
            self.profiles.push(profile);
        }
        number
    }
}

/// A column of labels; none where no article of the segment has one.
struct Labels {
    column: Option<StrColumn>,
    /// The catalog's number for each of the segment's own.
    numbers: Vec<u32>,
}

impl Labels {
    fn open(segment: &SegmentReader, name: &str, catalog: &mut Catalog) -> tantivy::Result<Self> {
        let column = segment.fast_fields().str(name)?;
        let mut numbers = Vec::new();
        if let Some(column) = &column {
            let mut label = String::new();
            for number in 0..column.dictionary().num_terms() as u64 {
                label.clear();
                column.ord_to_str(number, &mut label)?;
                numbers.push(catalog.add(&label));
            }
        }
        Ok(Self { column, numbers })
    }

    fn of(&self, document: DocId) -> impl Iterator<Item = u32> + '_ {
        let numbers = self.column.iter().flat_map(move |column| column.ords().values_for_doc(document));
        numbers.filter_map(|number| self.numbers.get(number as usize).copied())
    }
}
