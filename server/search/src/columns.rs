//! The columns of a segment that every hit is looked up in: what it is sorted, filtered and counted by.

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

/// The columns of one segment.
pub(crate) struct Columns {
    id: Column<i64>,
    published_at: Column<i64>,
    month: Column<i64>,
    pub tag: Labels,
    pub group: Labels,
    pub category: Labels,
    pub kind: Labels,
    pub author: Labels,
}

/// A column of texts; none where no document of the segment has one.
pub(crate) struct Labels(Option<StrColumn>);

impl Columns {
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fields = segment.fast_fields();
        let labels = |name| fields.str(name).map(Labels);
        Ok(Self {
            id: fields.i64("id")?,
            published_at: fields.i64("published_at")?,
            month: fields.i64("month")?,
            tag: labels("tag")?,
            group: labels("group")?,
            category: labels("category")?,
            kind: labels("kind")?,
            author: labels("author")?,
        })
    }

    pub fn id(&self, document: DocId) -> i64 {
        self.id.first(document).unwrap_or_default()
    }

    pub fn published_at(&self, document: DocId) -> i64 {
        self.published_at.first(document).unwrap_or_default()
    }

    pub fn month(&self, document: DocId) -> i64 {
        self.month.first(document).unwrap_or_default()
    }
}

impl Labels {
    /// The numbers of a document's labels in this segment.
    pub fn of(&self, document: DocId) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().flat_map(move |column| column.ords().values_for_doc(document))
    }

    /// The number of a label in this segment.
    pub fn number(&self, label: &str) -> tantivy::Result<Option<u64>> {
        match &self.0 {
            Some(column) => Ok(column.dictionary().term_ord(label.as_bytes())?),
            None => Ok(None),
        }
    }

    /// Labels in this segment.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |column| column.dictionary().num_terms())
    }

    /// The label with a number.
    pub fn label(&self, number: u64) -> tantivy::Result<String> {
        let mut label = String::new();
        if let Some(column) = &self.0 {
            column.ord_to_str(number, &mut label)?;
        }
        Ok(label)
    }
}
