//! Articles on the same matter: those that share the words which say the most about an article.
//!
//! tantivy's `MoreLikeThis` reads its terms from stored fields, counts word lengths in bytes and finds the article
//! itself; hence our own.

use crate::collect::{Order, collect};
use crate::columns::Columns;
use crate::document::Stored;
use crate::error::SearchError;
use crate::index::Index;
use crate::schema::Fields;
use crate::search::address_of;
use analysis::{Normalized, Tokens, View, stop::is_stop_word};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, Term as IndexTerm};
use types::{ArticleFilter, ArticleId};

/// The words that describe an article.
const TERMS: usize = 25;
/// Articles of one author that may stand in the list while there are others.
const OF_ONE_AUTHOR: usize = 2;
/// Characters of the text that are read for its words.
const READ: usize = 40_000;
const DEADLINE: Duration = Duration::from_secs(2);

impl Index {
    /// Articles on the same matter as one, best first; none when it is not in the index.
    ///
    /// # Errors
    /// [`SearchError::Read`] or [`SearchError::TooSlow`].
    pub fn related(&self, id: ArticleId, limit: usize) -> Result<Vec<ArticleId>, SearchError> {
        let generation = self.generation();
        let (searcher, fields) = (generation.reader.searcher(), &generation.fields);
        let Some(address) = address_of(&searcher, fields.id, id)? else { return Ok(Vec::new()) };
        let stored = Stored::decode(&searcher.doc(address).map_err(SearchError::Read)?, fields);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (word, weight) in telling_words(&searcher, fields, &stored)? {
            for (field, boost) in [(fields.title_words, 2.0), (fields.body_words, 1.0)] {
                clauses.push((Occur::Should, term(field, &word, weight * boost)));
            }
        }
        for tag in tags(&searcher, address)? {
            clauses.push((Occur::Should, term(fields.tag, &tag, 1.0)));
        }
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        clauses.push((
            Occur::MustNot,
            Box::new(TermQuery::new(IndexTerm::from_field_i64(fields.id, id.0), IndexRecordOption::Basic)),
        ));
        let query = BooleanQuery::with_minimum_required_clauses(clauses, 1);
        let everything = ArticleFilter::default();
        let found = collect(&searcher, &query, &everything, Order::Score, limit * 4, Instant::now() + DEADLINE)?;
        let mut authors: HashMap<String, usize> = HashMap::new();
        let (mut chosen, mut spare) = (Vec::new(), Vec::new());
        for candidate in found.candidates {
            let seen = authors.entry(author(&searcher, candidate.address)?).or_default();
            *seen += 1;
            if *seen <= OF_ONE_AUTHOR {
                chosen.push(ArticleId(candidate.id))
            } else {
                spare.push(ArticleId(candidate.id))
            }
        }
        chosen.extend(spare);
        chosen.truncate(limit);
        Ok(chosen)
    }
}

/// The words with the greatest tf·idf, those of the title and headings counted more; the greatest weight is 1.
fn telling_words(searcher: &Searcher, fields: &Fields, stored: &Stored) -> Result<Vec<(String, f32)>, SearchError> {
    let mut counts: HashMap<String, f32> = HashMap::new();
    let mut count = |text: &str, weight: f32| {
        let text = Normalized::new(text);
        let mut tokens = Tokens::new(text.text(), View::Words);
        while let Some(token) = tokens.next() {
            let says_something =
                token.text.chars().count() > 1 && !token.text.bytes().all(|byte| byte.is_ascii_digit());
            if says_something && !is_stop_word(token.text) {
                match counts.get_mut(token.text) {
                    Some(count) => *count += weight,
                    None => drop(counts.insert(token.text.to_owned(), weight)),
                }
            }
        }
    };
    count(&stored.title, 3.0);
    for heading in &stored.layout.outline {
        count(&heading.text, 2.0);
    }
    count(&stored.plain[..stored.plain.floor_char_boundary(READ)], 1.0);
    let documents = searcher.num_docs() as f32;
    let mut weighed = Vec::with_capacity(counts.len());
    for (word, count) in counts {
        let found =
            searcher.doc_freq(&IndexTerm::from_field_text(fields.body_words, &word)).map_err(SearchError::Read)? as f32;
        // A word that only this article has leads nowhere, one that every tenth has leads everywhere.
        if found >= 2.0 && found <= (documents * 0.1).max(5.0) {
            weighed.push((word, (1.0 + count.ln()) * (1.0 + documents / found).ln()));
        }
    }
    weighed.sort_unstable_by(|(one, one_weight), (other, other_weight)| {
        other_weight.total_cmp(one_weight).then_with(|| one.cmp(other))
    });
    weighed.truncate(TERMS);
    let greatest = weighed.first().map_or(1.0, |(_, weight)| *weight);
    Ok(weighed.into_iter().map(|(word, weight)| (word, weight / greatest)).collect())
}

fn term(field: Field, text: &str, boost: f32) -> Box<dyn Query> {
    let query = TermQuery::new(IndexTerm::from_field_text(field, text), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), boost))
}

fn tags(searcher: &Searcher, address: DocAddress) -> Result<Vec<String>, SearchError> {
    let columns = Columns::open(searcher.segment_reader(address.segment_ord)).map_err(SearchError::Read)?;
    columns.tag.of(address.doc_id).map(|number| columns.tag.label(number).map_err(SearchError::Read)).collect()
}

fn author(searcher: &Searcher, address: DocAddress) -> Result<String, SearchError> {
    let columns = Columns::open(searcher.segment_reader(address.segment_ord)).map_err(SearchError::Read)?;
    match columns.author.of(address.doc_id).next() {
        Some(number) => columns.author.label(number).map_err(SearchError::Read),
        None => Ok(String::new()),
    }
}
