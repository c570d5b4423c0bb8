//! Finds and ranks: BM25 by field, a bonus for terms side by side, and the passages that answer.

use crate::postings::{BODY, HEADINGS, TAGS};
use crate::query::{Term, terms};
use crate::record::Record;
use analysis::{Mark, Marks, Normalized, Passages, snippets, title_pieces};
use serde_json::{Value, json};
use std::collections::HashMap;
use types::{ArticleFilter, ArticleSort, ArticleSummary, FacetValue, SearchQuery, SearchResults};

/// Weights: a title says most, then tags and headings, as in the server's ranking.
mod weight {
    pub const TITLE: f32 = 3.0;
    pub const TAGS: f32 = 2.0;
    pub const HEADINGS: f32 = 1.5;
    pub const BODY: f32 = 1.0;
    /// How much the weaker fields add to the strongest.
    pub const TIE: f32 = 0.3;
    /// Another name of the thing asked for.
    pub const ALIAS: f32 = 0.5;
    /// A word of Chinese is read as several pairs.
    pub const PAIR: f32 = 0.8;
    /// Two terms side by side, as they stand in the query.
    pub const ADJACENT: f32 = 0.3;
    pub const ADJACENT_IN_TITLE: f32 = 0.6;
    /// Every term in the title.
    pub const ALL_IN_TITLE: f32 = 0.5;
    /// The query is the title.
    pub const SAME_TITLE: f32 = 20.0;
}
/// Of what the library knows of a query, an article must hold so much by weight, where any article does.
const NEEDED: f32 = 0.5;
/// BM25: saturation of repetitions, and how much long texts are held back.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// Terms may stand so much further apart than in the query.
const SLOP: u32 = 1;
const DAY: f64 = 86_400_000.0;

/// The records, open for search.
#[derive(Debug, Default)]
pub struct Shelf {
    records: Vec<Record>,
}

/// A record that answers.
struct Found<'a> {
    record: &'a Record,
    score: f32,
    /// Weight of the terms it holds.
    held: f32,
}

impl Shelf {
    /// Adds a record in place of an older one.
    pub fn add(&mut self, record: Record) {
        self.remove(record.summary.slug.as_str());
        self.records.push(record);
    }

    /// Takes an article out.
    pub fn remove(&mut self, slug: &str) {
        self.records.retain(|record| record.summary.slug.as_str() != slug);
    }

    /// As [`Shelf::search`], from and to JSON. Parameters that make no sense are left out.
    #[must_use]
    pub fn search_json(&self, parameters: &str, now: f64) -> String {
        let parameters: HashMap<String, String> = serde_json::from_str(parameters).unwrap_or_default();
        let filter = ArticleFilter::from_texts(|name| parameters.get(name));
        let query = SearchQuery::new(parameters.get("q").map_or("", String::as_str), filter);
        self.search(&query, now).to_string()
    }

    /// What `/api/search` would answer if the saved articles were all.
    #[must_use]
    pub fn search(&self, query: &SearchQuery, now: f64) -> Value {
        let terms = terms(query.text());
        let rarities: Vec<f32> = terms.iter().map(|term| self.rarity(term)).collect();
        let mut found = self.find(query, &terms, &rarities, now);
        let counted = facets(found.iter().map(|found| &found.record.summary));
        found.retain(|found| fits(&found.record.summary, &query.filter));
        order(&mut found, query.filter.sort);

        let marks = Marks::new(terms.iter().zip(&rarities).zip(0..).map(|((term, &weight), group)| Mark {
            text: term.text.clone(),
            group,
            weight: weight.max(0.1),
            weak: false,
        }));
        let size = query.filter.page_size();
        let skipped = usize::try_from(query.filter.page.offset(size)).unwrap_or(usize::MAX);
        let hits: Vec<Value> =
            found.iter().skip(skipped).take(size as usize).map(|found| hit(found.record, &marks)).collect();
        let results = SearchResults {
            total: found.len() as u64,
            page: query.filter.page.get(),
            per_page: size,
            terms: query.text().split_whitespace().map(str::to_owned).collect(),
            ..SearchResults::default()
        };
        let mut answer = serde_json::to_value(results).unwrap_or_default();
        answer["hits"] = hits.into();
        answer["facets"] = counted;
        answer
    }

    /// The records that answer, with their scores.
    fn find(&self, query: &SearchQuery, terms: &[Term], rarities: &[f32], now: f64) -> Vec<Found<'_>> {
        let title = key(query.text());
        let initials = query.text().to_ascii_lowercase();
        let by_initials = initials.len() >= 2 && initials.bytes().all(|byte| byte.is_ascii_alphabetic());
        let average = self.records.iter().map(|record| record.length as f32).sum::<f32>() / self.records.len().max(1) as f32;
        let mut found: Vec<Found<'_>> = Vec::new();
        for record in &self.records {
            let (mut score, held) = score(record, terms, rarities, average.max(1.0));
            if !title.is_empty() && key(&record.summary.title) == title {
                score += weight::SAME_TITLE;
            }
            if by_initials && record.initials.contains(&initials) {
                score += 1.0;
            }
            if score > 0.0 {
                score *= freshness(record.summary.published_at.0 as f64, now) * popularity(record.summary.views);
                found.push(Found { record, score, held });
            }
        }
        // What no article holds cannot be asked of any.
        let known: f32 = rarities.iter().filter(|rarity| **rarity > 0.0).sum();
        if found.iter().any(|found| found.held >= known * NEEDED) {
            found.retain(|found| found.held >= known * NEEDED);
        }
        found
    }

    /// Inverse document frequency; zero for what no article holds.
    fn rarity(&self, term: &Term) -> f32 {
        let holding = self.records.iter().filter(|record| !places(record, term).is_empty()).count() as f32;
        if holding == 0.0 {
            return 0.0;
        }
        (1.0 + (self.records.len() as f32 - holding + 0.5) / (holding + 0.5)).ln()
    }
}

/// The places of a term under its first name that the article has; of one character, where it stands in the text.
fn places(record: &Record, term: &Term) -> Vec<u32> {
    if term.is_single {
        let mut places = record.places(term.names[0]);
        if record.summary.title.contains(&term.text) {
            places.push(0);
        }
        places.extend((BODY..).zip(record.text.plain.match_indices(&term.text)).map(|(place, _)| place));
        return places;
    }
    term.names.iter().map(|&name| record.places(name)).find(|places| !places.is_empty()).unwrap_or_default()
}

/// The score of a record, and the weight of the terms it holds.
fn score(record: &Record, terms: &[Term], rarities: &[f32], average: f32) -> (f32, f32) {
    let (mut score, mut held, mut in_title) = (0.0, 0.0, true);
    let mut before: Option<(&Term, Vec<u32>, f32)> = None;
    for (term, &rarity) in terms.iter().zip(rarities) {
        let found = if rarity > 0.0 { places(record, term) } else { Vec::new() };
        let [title, tags, headings, body] = counts(&found);
        in_title &= title > 0.0 || rarity == 0.0;
        if !found.is_empty() {
            held += rarity;
            let kind = if term.is_pair { weight::PAIR } else { 1.0 };
            let named = if term.is_single || !record.places(term.names[0]).is_empty() { 1.0 } else { weight::ALIAS };
            let long = 1.0 - B + B * record.length as f32 / average;
            let fields = [
                weight::TITLE * saturated(title, 1.0),
                weight::TAGS * saturated(tags, 1.0),
                weight::HEADINGS * saturated(headings, 1.0),
                weight::BODY * saturated(body, long),
            ];
            let best = fields.iter().copied().fold(0.0, f32::max);
            let sum: f32 = fields.iter().sum();
            score += rarity * kind * named * (best + weight::TIE * (sum - best));
        }
        if let Some((earlier, earlier_found, earlier_rarity)) = &before {
            let distance = term.place.saturating_sub(earlier.place);
            let (title, elsewhere) = adjacent(earlier_found, &found, distance);
            let both = rarity + earlier_rarity;
            score += both * weight::ADJACENT_IN_TITLE * saturated(title, 1.0);
            score += both * weight::ADJACENT * saturated(elsewhere, 1.0);
        }
        before = Some((term, found, rarity));
    }
    if held > 0.0 && in_title {
        score += weight::ALL_IN_TITLE * held;
    }
    (score, held)
}

/// How often in title, tags, headings and text.
fn counts(places: &[u32]) -> [f32; 4] {
    let mut counts = [0.0; 4];
    for &place in places {
        let field = [TAGS, HEADINGS, BODY].iter().filter(|&&start| place >= start).count();
        counts[field] += 1.0;
    }
    counts
}

/// How often the second term stands at its distance from the first: in the title, and elsewhere.
fn adjacent(first: &[u32], second: &[u32], distance: u32) -> (f32, f32) {
    let (mut title, mut elsewhere) = (0.0, 0.0);
    for &place in first {
        let (from, to) = (place + distance, place + distance + SLOP);
        let next = second.partition_point(|&other| other < from);
        if second.get(next).is_some_and(|&other| other <= to) {
            if place < TAGS { title += 1.0 } else { elsewhere += 1.0 }
        }
    }
    (title, elsewhere)
}

fn saturated(count: f32, long: f32) -> f32 {
    if count == 0.0 { 0.0 } else { count * (K1 + 1.0) / (count + K1 * long) }
}

/// Up to 1.15 for what is new, as on the server.
fn freshness(published: f64, now: f64) -> f32 {
    let age = ((now - published) / DAY).max(0.0);
    (1.0 + 0.15 * (-age / 540.0).exp()) as f32
}

/// Up to 1.25 for what many had read when it was saved, as on the server.
fn popularity(views: i64) -> f32 {
    (1.0 + 0.08 * (1.0 + views.max(0) as f64).log10()).min(1.25) as f32
}

/// A title as it is compared.
fn key(title: &str) -> String {
    let characters = Normalized::new(title).into_text();
    characters.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn fits(article: &ArticleSummary, filter: &ArticleFilter) -> bool {
    let kinds = filter.scope.kinds();
    (kinds.is_empty() || kinds.contains(&article.kind))
        && filter.category.as_ref().is_none_or(|slug| article.category.slug == *slug || article.category.group_slug == *slug)
        && filter.tag.as_ref().is_none_or(|key| article.tags.iter().any(|tag| tag.key == *key))
        && filter.author.as_ref().is_none_or(|handle| article.author.handle == *handle)
        && filter.month.is_none_or(|month| article.published_at.month() == month)
}

fn order(found: &mut [Found<'_>], sort: ArticleSort) {
    let newest = |found: &Found<'_>| std::cmp::Reverse(found.record.summary.published_at);
    match sort {
        ArticleSort::Relevance => {
            found.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| newest(one).cmp(&newest(other))));
        }
        ArticleSort::Newest => found.sort_by_key(newest),
        ArticleSort::Views => found.sort_by_key(|found| std::cmp::Reverse(found.record.summary.views)),
    }
}

/// A hit as `/api/search` has it.
fn hit(record: &Record, marks: &Marks) -> Value {
    let passages = Passages { plain: &record.text.plain, blocks: &record.text.blocks, outline: &record.outline };
    let mut hit = serde_json::to_value(&record.summary).unwrap_or_default();
    hit["title_pieces"] = json!(title_pieces(&record.summary.title, marks));
    hit["snippets"] = json!(snippets(&passages, marks));
    hit
}

/// Counts by category, tag, month and kind, the most frequent first.
fn facets<'a>(articles: impl Iterator<Item = &'a ArticleSummary>) -> Value {
    let mut counts: [HashMap<String, (String, u64)>; 4] = Default::default();
    let mut count = |facet: usize, value: &str, label: &str| {
        counts[facet].entry(value.to_owned()).or_insert_with(|| (label.to_owned(), 0)).1 += 1;
    };
    for article in articles {
        count(0, article.category.slug.as_str(), &article.category.name);
        article.tags.iter().for_each(|tag| count(1, tag.key.as_str(), &tag.name));
        let month = article.published_at.month().to_string();
        count(2, &month, &month);
        count(3, article.kind.as_str(), article.kind.as_str());
    }
    let [category, tag, month, kind] = counts.map(|counts| {
        let mut values: Vec<FacetValue> =
            counts.into_iter().map(|(value, (label, count))| FacetValue { value, label, count }).collect();
        values.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| other.value.cmp(&one.value)));
        values
    });
    json!({ "category": category, "tag": tag, "month": month, "kind": kind })
}
