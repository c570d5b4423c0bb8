//! Articles on the same matter: those that share the words which say the most about an article.
//!
//! tantivy's `MoreLikeThis` reads its terms from stored fields, counts word lengths in bytes and finds the article
//! itself; hence our own.

use crate::columns::Table;
use crate::document::Stored;
use crate::error::SearchError;
use crate::evaluate::Wanted;
use crate::formula::{Formula, Part, Source};
use crate::index::Index;
use crate::lists::{Entry, Lists};
use crate::schema::Fields;
use crate::search::address_of;
use analysis::{Normalized, Tokens, View, stop::is_stop_word};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tantivy::{DocAddress, DocId, Searcher};
use types::ArticleId;

/// The words that describe an article.
const TERMS: usize = 25;
/// Words that are looked at for them, the most frequent of the article.
const LOOKED_AT: usize = 80;
/// Articles of one author that may stand in the list while there are others.
const OF_ONE_AUTHOR: usize = 2;
/// Bytes of the text that are read for its words: what an article is about shows at its beginning.
const READ: usize = 12_000;
const DEADLINE: Duration = Duration::from_secs(2);
/// How long an answer is kept: what is published meanwhile may stand in the list a little later.
const KEPT: Duration = Duration::from_secs(600);
/// Answers that are kept, about 200 bytes each.
const MOST_KEPT: usize = 5000;

/// Answers by article, number of them, generation and revision; an edited article is looked at anew.
#[derive(Default)]
pub(crate) struct Answers(Mutex<HashMap<Question, (Instant, Vec<ArticleId>)>>);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Question {
    id: ArticleId,
    limit: usize,
    generation: u64,
    revision: u64,
}

impl Answers {
    fn get(&self, question: &Question) -> Option<Vec<ArticleId>> {
        let answers = self.0.lock().ok()?;
        answers.get(question).filter(|(at, _)| at.elapsed() < KEPT).map(|(_, answer)| answer.clone())
    }

    fn keep(&self, question: Question, answer: &[ArticleId]) {
        let Ok(mut answers) = self.0.lock() else { return };
        if answers.len() >= MOST_KEPT {
            answers.retain(|_, (at, _)| at.elapsed() < KEPT);
        }
        if answers.len() >= MOST_KEPT {
            answers.clear();
        }
        answers.insert(question, (Instant::now(), answer.to_vec()));
    }
}

impl Index {
    /// Articles on the same matter as one, best first; none when it is not in the index. An answer may be ten minutes old.
    ///
    /// # Errors
    /// [`SearchError::Read`] or [`SearchError::TooSlow`].
    pub fn related(&self, id: ArticleId, limit: usize) -> Result<Vec<ArticleId>, SearchError> {
        let generation = self.generation();
        let (searcher, fields) = (generation.reader.searcher(), &generation.fields);
        let Some(address) = address_of(&searcher, fields.id, id)? else { return Ok(Vec::new()) };
        let revision = revision(&searcher, address)?;
        let question = Question { id, limit, generation: generation.number, revision };
        if let Some(answer) = self.related_answers().get(&question) {
            return Ok(answer);
        }
        let table = generation.table(&searcher)?;
        let mut lists = Lists::new(&searcher)?;
        let formula = formula(&mut lists, fields, &table, address)?;
        let found = if formula.terms.is_empty() { Vec::new() } else { best(&lists, &table, &formula, id, limit * 4)? };
        let answer = mixed(found, limit);
        self.related_answers().keep(question, &answer);
        Ok(answer)
    }
}

/// What an article's telling words and tags add up to.
fn formula(lists: &mut Lists<'_>, fields: &Fields, table: &Table, address: DocAddress) -> Result<Formula, SearchError> {
    let stored = Stored::read(lists.searcher, address, fields)?;
    let source = |lists: &Lists<'_>, entry: Arc<Entry>, boost: f32| {
        let worth = lists.worth(entry.field(), lists.rarity(entry.articles) * boost);
        Source { entry, worth }
    };
    let mut formula = Formula::default();
    for (word, in_bodies, weight) in telling_words(lists, fields, &stored)? {
        let mut group = vec![source(lists, in_bodies, weight)];
        if let Some(in_titles) = lists.find(fields.title_words, &word)? {
            group.push(source(lists, in_titles, weight * 2.0));
        }
        formula.terms.push(vec![vec![Part { groups: vec![group], tie: 0.0 }]]);
    }
    for tag in table.segments[address.segment_ord as usize].tags(address.doc_id) {
        if let Some(entry) = lists.find(fields.tag, table.catalog.label(*tag))? {
            let group = vec![source(lists, entry, 1.0)];
            formula.terms.push(vec![vec![Part { groups: vec![group], tie: 0.0 }]]);
        }
    }
    Ok(formula)
}

/// The words with the greatest tf·idf, those of the title and headings counted more; the greatest weight is 1.
fn telling_words(
    lists: &mut Lists<'_>,
    fields: &Fields,
    stored: &Stored,
) -> Result<Vec<(String, Arc<Entry>, f32)>, SearchError> {
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
    let mut counts: Vec<(String, f32)> = counts.into_iter().collect();
    counts.sort_unstable_by(|(one, one_count), (other, other_count)| {
        other_count.total_cmp(one_count).then_with(|| one.cmp(other))
    });
    counts.truncate(LOOKED_AT);
    let documents = lists.searcher.num_docs() as f32;
    let mut weighed = Vec::with_capacity(counts.len());
    for (word, count) in counts {
        let Some(entry) = lists.find(fields.body_words, &word)? else { continue };
        let found = entry.articles as f32;
        // A word that only this article has leads nowhere, one that every tenth has leads everywhere.
        if found >= 2.0 && found <= (documents * 0.1).max(5.0) {
            weighed.push((word, entry, (1.0 + count.ln()) * (1.0 + documents / found).ln()));
        }
    }
    weighed.sort_unstable_by(|(one, _, one_weight), (other, _, other_weight)| {
        other_weight.total_cmp(one_weight).then_with(|| one.cmp(other))
    });
    weighed.truncate(TERMS);
    let greatest = weighed.first().map_or(1.0, |(_, _, weight)| *weight);
    weighed.iter_mut().for_each(|(_, _, weight)| *weight /= greatest);
    Ok(weighed)
}

/// The articles with the highest scores, best first, with their authors; equal ones the greater id first.
fn best(
    lists: &Lists<'_>,
    table: &Table,
    formula: &Formula,
    itself: ArticleId,
    limit: usize,
) -> Result<Vec<(ArticleId, u32)>, SearchError> {
    let deadline = Instant::now() + DEADLINE;
    // Scores are positive, and positive numbers are ordered as their bits are.
    let mut heap = BinaryHeap::with_capacity(limit + 1);
    for (ordinal, columns) in (0..).zip(&table.segments) {
        formula.walk(lists, (ordinal, 0..columns.ids.len() as DocId), (None, None), 0, deadline, |met| {
            let key = (met.score.to_bits(), columns.ids[met.document as usize]);
            if key.1 == itself.0
                || (heap.len() == limit && heap.peek().is_some_and(|Reverse((worst, _))| key <= *worst))
            {
                return Wanted::Any;
            }
            heap.push(Reverse((key, columns.author(met.document))));
            if heap.len() > limit {
                heap.pop();
            }
            Wanted::Any
        })?;
    }
    Ok(heap.into_sorted_vec().into_iter().map(|Reverse(((_, id), author))| (ArticleId(id), author)).collect())
}

/// Not too many of one author, as long as there are others.
fn mixed(found: Vec<(ArticleId, u32)>, limit: usize) -> Vec<ArticleId> {
    let mut authors: HashMap<u32, usize> = HashMap::new();
    let (mut chosen, mut spare) = (Vec::new(), Vec::new());
    for (id, author) in found {
        let seen = authors.entry(author).or_default();
        *seen += 1;
        if *seen <= OF_ONE_AUTHOR { &mut chosen } else { &mut spare }.push(id);
    }
    chosen.extend(spare);
    chosen.truncate(limit);
    chosen
}

fn revision(searcher: &Searcher, address: DocAddress) -> Result<u64, SearchError> {
    let fields = searcher.segment_reader(address.segment_ord).fast_fields();
    let revisions = fields.u64("revision").map_err(SearchError::Read)?;
    Ok(revisions.first(address.doc_id).unwrap_or_default())
}
