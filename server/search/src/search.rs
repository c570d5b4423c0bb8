//! A search from the typed words to the page of hits.

use crate::collect::{Candidate, Collection, Order};
use crate::columns::Table;
use crate::cores::on_several_cores;
use crate::correct::correct;
use crate::error::SearchError;
use crate::filter::Filter;
use crate::formula::Formula;
use crate::grammar;
use crate::index::Index;
use crate::lists::Lists;
use crate::names::Names;
use crate::passages;
use crate::plan::{Form, Plan};
use crate::precision::{CANDIDATES, rescore};
use crate::recall::{formula, needed};
use crate::restrict::{allowed, forbidden};
use crate::schema::Fields;
use crate::vocabulary::Vocabulary;
use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term as IndexTerm};
use types::{ArticleFilter, ArticleId, ArticleSort, Facets, Piece, SearchQuery, SearchResults, Snippet, Timestamp};

/// Times each article was read. They change all the time, so they are not in the index.
pub type Views = HashMap<ArticleId, i64>;

/// The last hit that a page can show; whoever wants more should ask more precisely.
const MAX_RESULTS: usize = SearchResults::MOST as usize;
/// With fewer hits than this that hold most of the words, those that hold some of them are given as well.
const FEW: u64 = 10;
/// Letters of the shortest text that is taken for the beginning of a word.
const SHORTEST_BEGINNING: usize = 3;
/// Hits that are worth a core of their own when they are shown.
const SHARE: usize = 3;
/// How long one search may take.
const DEADLINE: Duration = Duration::from_secs(2);

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// All hits.
    pub total: u64,
    /// Those of the page asked for, best first.
    pub hits: Vec<FoundHit>,
    /// How the hits fall; labels are the values, the caller knows better ones.
    pub facets: Facets,
    /// The terms that were looked for.
    pub terms: Vec<String>,
    /// Those of them that a hit of this page does without.
    pub relaxed: Vec<String>,
    /// The query that was searched instead, when the one given found nothing.
    pub corrected: Option<String>,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundHit {
    /// Which.
    pub id: ArticleId,
    /// Its title with the matches marked.
    pub title_pieces: Vec<Piece>,
    /// Where it answers, best first.
    pub snippets: Vec<Snippet>,
}

impl Index {
    /// Searches. Any text is a query; one without words finds everything that its restrictions and the filter let through,
    /// newest first, and nothing where there is neither. It reads the disk and computes, so an asynchronous caller gives it a thread of its own.
    ///
    /// # Errors
    /// [`SearchError::Read`], or [`SearchError::TooSlow`] after two seconds.
    pub fn search(&self, query: &SearchQuery, views: &Views) -> Result<Found, SearchError> {
        self.search_by_names(query, views, &Names::default())
    }

    /// As [`Self::search`], where tags and categories may be asked for by other names than today's.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn search_by_names(&self, query: &SearchQuery, views: &Views, names: &Names) -> Result<Found, SearchError> {
        let filter = names.in_filter(query.filter.clone());
        let generation = self.generation();
        let searcher = generation.reader.searcher();
        let search = Search {
            searcher: &searcher,
            table: generation.table(&searcher)?,
            fields: &generation.fields,
            views,
            names,
            deadline: Instant::now() + DEADLINE,
        };
        let attempt = search.attempt(query.text(), &filter)?;
        if attempt.strong == 0 && !query.verbatim {
            let vocabulary = Vocabulary::new(search.searcher, search.fields);
            if let Some(meant) = correct(query.text(), attempt.total == 0, &vocabulary)? {
                let corrected = search.attempt(&meant, &filter)?;
                if corrected.strong > 0 {
                    return Ok(Found { corrected: Some(meant), ..search.show(corrected)? });
                }
            }
        }
        search.show(attempt)
    }
}

/// What one search goes by.
struct Search<'a> {
    searcher: &'a Searcher,
    table: Table,
    fields: &'a Fields,
    views: &'a Views,
    names: &'a Names,
    deadline: Instant,
}

/// What one wording of a query found; nothing of it is shown yet.
struct Attempt<'a> {
    plan: Plan,
    lists: Lists<'a>,
    formula: Formula,
    /// Hits that hold most of the words.
    strong: u64,
    /// All hits.
    total: u64,
    facets: Facets,
    /// Those of the page.
    page: Vec<Candidate>,
}

impl<'a> Search<'a> {
    fn attempt(&self, text: &str, filter: &ArticleFilter) -> Result<Attempt<'a>, SearchError> {
        let request = self.names.in_request(grammar::read(text));
        let mut plan = Plan::new(&request);
        self.complete(&mut plan)?;
        let order = match filter.sort {
            ArticleSort::Relevance if request.is_without_words() => Order::Newest,
            ArticleSort::Relevance => Order::Score,
            ArticleSort::Newest => Order::Newest,
            ArticleSort::Views => Order::Views(self.views),
        };
        let first = usize::try_from(filter.page.offset(filter.page_size())).unwrap_or(usize::MAX).min(MAX_RESULTS);
        let last = (first + filter.page_size() as usize).min(MAX_RESULTS);
        // The candidates of the second stage are the same for every page, or a hit could be on two.
        let limit = last.max(CANDIDATES);

        let mut lists = Lists::new(self.searcher)?;
        let has_no_terms = !request.is_without_words() && plan.terms.is_empty() && plan.exact.is_empty();
        if has_no_terms || (request.is_empty() && !filter.narrows()) {
            return Ok(Attempt {
                plan,
                lists,
                formula: Formula::default(),
                strong: 0,
                total: 0,
                facets: Facets::default(),
                page: Vec::new(),
            });
        }
        // Where there are no words everything that is allowed is found.
        let (formula, needed) = match request.is_without_words() {
            true => (Formula::default(), 0),
            false => (formula(&mut lists, self.fields, &plan)?, needed(plan.terms.len())),
        };
        let numbers = Filter::new(filter, &self.table.catalog);
        let collection = Collection {
            formula: &formula,
            allowed: allowed(self.fields, &plan, &request, filter),
            forbidden: forbidden(self.fields, &plan),
            filter: &numbers,
            order,
            needed,
            few: if plan.terms.len() > 1 { FEW } else { 0 },
            limit,
            deadline: self.deadline,
        };
        let collected = collection.collect(&lists, &self.table)?;
        let strong = collected.strong.total;
        let shown = if strong < collection.few { collected.any } else { collected.strong };
        let total = shown.total;
        let (mut candidates, counts) = shown.into_parts();
        if matches!(order, Order::Score) {
            let best = candidates.len().min(CANDIDATES);
            rescore(&mut lists, self.fields, &plan, text, &mut candidates[..best], self.views, now())?;
        }
        let page = candidates.get(first..last.min(candidates.len())).unwrap_or_default().to_vec();
        let facets = counts.into_facets(&self.table.catalog, &numbers);
        Ok(Attempt { plan, lists, formula, strong, total, facets, page })
    }

    /// Takes an English word that no article holds for the beginning of those that they do.
    fn complete(&self, plan: &mut Plan) -> Result<(), SearchError> {
        let vocabulary = Vocabulary::new(self.searcher, self.fields);
        for term in &mut plan.terms {
            let is_beginning = term.text.len() >= SHORTEST_BEGINNING
                && term.text.bytes().all(|byte| byte.is_ascii_lowercase())
                && !vocabulary.knows(&term.text)?;
            if is_beginning {
                term.aliases.extend(vocabulary.beginning_with(&term.text)?.iter().map(|word| Form::technical(word)));
            }
        }
        Ok(())
    }

    fn show(&self, attempt: Attempt<'_>) -> Result<Found, SearchError> {
        let Attempt { plan, mut lists, formula, total, facets, page, .. } = attempt;
        let marks = passages::marks(&plan, &mut lists, self.fields)?;
        let shown = on_several_cores(&page, SHARE, |candidate| {
            let (title_pieces, snippets) = passages::show(self.searcher, self.fields, candidate.address, &marks)?;
            let missing = if plan.terms.len() > 1 { formula.missing(&lists, candidate.address)? } else { Vec::new() };
            Ok((FoundHit { id: ArticleId(candidate.id), title_pieces, snippets }, missing))
        })?;
        let (hits, missing): (Vec<_>, Vec<_>) = shown.into_iter().unzip();
        let missing: BTreeSet<usize> = missing.into_iter().flatten().collect();
        let relaxed = missing.into_iter().filter_map(|number| Some(plan.terms.get(number)?.text.clone())).collect();
        Ok(Found { total, hits, facets, terms: plan.terms_as_text(), relaxed, corrected: None })
    }
}

/// The document of an article.
pub(crate) fn address_of(
    searcher: &Searcher,
    field: tantivy::schema::Field,
    id: ArticleId,
) -> Result<Option<tantivy::DocAddress>, SearchError> {
    let query = TermQuery::new(IndexTerm::from_field_i64(field, id.0), IndexRecordOption::Basic);
    let found = searcher.search(&query, &tantivy::collector::DocSetCollector).map_err(SearchError::Read)?;
    Ok(found.into_iter().next())
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
