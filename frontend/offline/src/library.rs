//! Finds and ranks: BM25 by field, a bonus for terms side by side, and the passages that answer.

use crate::postings::{BODY, HEADINGS, TAGS};
use crate::query::{Term, terms};
use crate::record::{Record, key};
use analysis::{Mark, Marks, Passages, snippets, title_pieces};
use serde_json::{Map, Value, json};
use types::{Piece, Timestamp, split_values};

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
/// Hits on a page unless said otherwise, and characters of a query that are looked at, as on the server.
const PAGE: usize = 20;
const MAX_CHARACTERS: usize = 128;
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
        let slug = record.slug().to_owned();
        self.remove(&slug);
        self.records.push(record);
    }

    /// Takes an article out.
    pub fn remove(&mut self, slug: &str) {
        self.records.retain(|record| record.slug() != slug);
    }

    /// As [`Shelf::search`], from and to JSON.
    #[must_use]
    pub fn search_json(&self, parameters: &str, now: f64) -> String {
        self.search(&serde_json::from_str(parameters).unwrap_or_default(), now).to_string()
    }

    /// What `/api/search` would answer if the saved articles were all. Parameters that make no sense are left out.
    #[must_use]
    pub fn search(&self, parameters: &Value, now: f64) -> Value {
        let typed: String = text(parameters, "q").chars().take(MAX_CHARACTERS).collect();
        let terms = terms(&typed);
        let places: Vec<Vec<Places>> =
            self.records.iter().map(|record| terms.iter().map(|term| Places::of(term, record)).collect()).collect();
        let rarities: Vec<f32> = (0..terms.len()).map(|term| rarity(&places, term)).collect();
        let mut found = self.find(&typed, &terms, &rarities, &places, now);
        let counted = facets(found.iter().map(|found| found.record));
        found.retain(|found| fits(found.record, parameters));
        order(&mut found, text(parameters, "sort"));

        let marks = Marks::new(terms.iter().zip(&rarities).zip(0..).map(|((term, &weight), group)| Mark {
            text: term.text.clone(),
            group,
            weight: weight.max(0.1),
            weak: false,
        }));
        let number = |name: &str| text(parameters, name).parse::<usize>().ok().filter(|number| *number > 0);
        let (page, size) = (number("page").unwrap_or(1), number("per_page").unwrap_or(PAGE).min(5 * PAGE));
        let shown = found.iter().skip((page - 1).saturating_mul(size)).take(size);
        let hits: Vec<Value> = shown.map(|found| hit(found.record, &marks)).collect();
        let words: Vec<&str> = typed.split_whitespace().collect();
        json!({
            "total": found.len(), "page": page, "per_page": size, "hits": hits, "facets": counted,
            "corrected": null, "terms": words, "took": 0,
        })
    }

    /// The records that answer, with their scores.
    fn find(&self, typed: &str, terms: &[Term], rarities: &[f32], places: &[Vec<Places>], now: f64) -> Vec<Found<'_>> {
        let title = key(typed);
        let initials = typed.to_ascii_lowercase();
        let by_initials = initials.len() >= 2 && initials.bytes().all(|byte| byte.is_ascii_alphabetic());
        let average =
            self.records.iter().map(|record| record.length as f32).sum::<f32>() / self.records.len().max(1) as f32;
        let mut found: Vec<Found<'_>> = Vec::new();
        for (record, places) in self.records.iter().zip(places) {
            let long = 1.0 - B + B * record.length as f32 / average.max(1.0);
            let (mut score, held) = score(terms, rarities, places, long);
            if !title.is_empty() && record.title_key == title {
                score += weight::SAME_TITLE;
            }
            if by_initials && record.initials.contains(&initials) {
                score += 1.0;
            }
            if score > 0.0 {
                score *= freshness(record.published() as f64, now) * popularity(record.views());
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
}

/// Inverse document frequency of a term; zero for what no article holds.
fn rarity(places: &[Vec<Places>], term: usize) -> f32 {
    let holding = places.iter().filter(|record| !record[term].found.is_empty()).count() as f32;
    if holding == 0.0 {
        return 0.0;
    }
    (1.0 + (places.len() as f32 - holding + 0.5) / (holding + 0.5)).ln()
}

/// Where a term stands in a record. For every search it is read once: that takes most of the time.
#[derive(Debug, Default)]
struct Places {
    /// The places under the first name that the article has; of one character, as many as it stands in the text.
    found: Vec<u32>,
    /// Whether it stands there under another name than the typed one.
    by_alias: bool,
}

impl Places {
    fn of(term: &Term, record: &Record) -> Self {
        if term.is_single {
            let mut found = record.places(term.names[0]);
            if record.title().contains(&term.text) {
                found.push(0);
            }
            // A character is looked for faster than a text.
            let times = term.text.chars().next().map_or(0, |single| record.text.plain.matches(single).count());
            found.extend((BODY..).take(times));
            return Self { found, by_alias: false };
        }
        let names = term.names.iter().enumerate().map(|(name, &hash)| (name, record.places(hash)));
        let known = names.into_iter().find(|(_, places)| !places.is_empty());
        known.map_or_else(Self::default, |(name, found)| Self { found, by_alias: name > 0 })
    }
}

/// The score of a record by where it holds the terms, and the weight of those it holds. `long` tells how much longer than
/// others it is.
fn score(terms: &[Term], rarities: &[f32], places: &[Places], long: f32) -> (f32, f32) {
    let (mut score, mut held, mut in_title) = (0.0, 0.0, true);
    let mut before: Option<(&Term, &[u32], f32)> = None;
    for ((term, &rarity), Places { found, by_alias }) in terms.iter().zip(rarities).zip(places) {
        let [title, tags, headings, body] = counts(found);
        in_title &= title > 0.0 || rarity == 0.0;
        if !found.is_empty() {
            held += rarity;
            let kind = if term.is_pair { weight::PAIR } else { 1.0 };
            let named = if *by_alias { weight::ALIAS } else { 1.0 };
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
        // Where a single character stands is counted in bytes of the text, not in terms.
        if let Some((earlier, earlier_found, earlier_rarity)) = before
            && !earlier.is_single
            && !term.is_single
        {
            let distance = term.place.saturating_sub(earlier.place);
            let (title, elsewhere) = adjacent(earlier_found, found, distance);
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

/// A parameter, empty when it is not given.
fn text<'v>(parameters: &'v Value, name: &str) -> &'v str {
    parameters[name].as_str().unwrap_or_default()
}

/// Whether an article passes the filters of the address.
fn fits(record: &Record, parameters: &Value) -> bool {
    let article = &record.summary;
    // Several values of one filter stand between commas; any of them will do.
    let asked = |name: &str, given: &[&Value]| {
        let asked = split_values(text(parameters, name));
        asked.iter().all(String::is_empty)
            || given.iter().any(|given| given.as_str().is_some_and(|given| asked.iter().any(|asked| asked == given)))
    };
    let kind = article["kind"].as_str().unwrap_or_default();
    let in_scope = match text(parameters, "scope") {
        "articles" => kind == "original",
        "reprints" => matches!(kind, "reprint" | "translation"),
        "downloads" => kind == "download",
        _ => true,
    };
    let tags: Vec<&Value> = article["tags"].as_array().into_iter().flatten().map(|tag| &tag["key"]).collect();
    in_scope
        && asked("category", &[&article["category"]["slug"], &article["category"]["group_slug"]])
        && asked("tag", &tags)
        && asked("kind", &[&article["kind"]])
        && asked("author", &[&article["author"]["handle"]])
        && asked("month", &[&month(record).into()])
}

fn month(record: &Record) -> String {
    Timestamp(record.published()).month().to_string()
}

fn order(found: &mut [Found<'_>], sort: &str) {
    found.sort_unstable_by(|one, other| {
        let newest = other.record.published().cmp(&one.record.published());
        match sort {
            "newest" => newest,
            "views" => other.record.views().cmp(&one.record.views()).then(newest),
            _ => other.score.total_cmp(&one.score).then(newest),
        }
    });
}

/// A hit as `/api/search` has it.
fn hit(record: &Record, marks: &Marks) -> Value {
    let passages = Passages { plain: &record.text.plain, blocks: &record.text.blocks, outline: &record.outline };
    let pieces = |pieces: Vec<Piece>| -> Vec<Value> {
        pieces.into_iter().map(|Piece { text, hit }| json!({ "text": text, "hit": hit })).collect()
    };
    let shown: Vec<Value> = snippets(&passages, marks)
        .into_iter()
        .map(|snippet| {
            json!({
                "anchor": snippet.anchor, "heading": snippet.heading, "pieces": pieces(snippet.pieces),
                "cut_left": snippet.cut_left, "cut_right": snippet.cut_right,
            })
        })
        .collect();
    let mut hit = record.summary.clone();
    hit["title_pieces"] = pieces(title_pieces(record.title(), marks)).into();
    hit["snippets"] = shown.into();
    hit
}

/// Counts by category, tag, month and kind, the most frequent first.
fn facets<'a>(articles: impl Iterator<Item = &'a Record>) -> Value {
    // Maps of JSON, because there is code for them already.
    let mut counts: [Map<String, Value>; 4] = Default::default();
    let mut count = |facet: usize, value: &str, label: &str| match counts[facet].get_mut(value) {
        Some(known) => known["count"] = (count_of(known) + 1).into(),
        None => {
            counts[facet].insert(value.to_owned(), json!({ "value": value, "label": label, "count": 1 }));
        }
    };
    for record in articles {
        let article = &record.summary;
        count(0, text(&article["category"], "slug"), text(&article["category"], "name"));
        for tag in article["tags"].as_array().into_iter().flatten() {
            count(1, text(tag, "key"), text(tag, "name"));
        }
        let month = month(record);
        count(2, &month, &month);
        count(3, text(article, "kind"), text(article, "kind"));
    }
    let [category, tag, month, kind] = counts.map(|counts| {
        // Of equals the newest month.
        let mut values: Vec<Value> = counts.into_iter().map(|(_, value)| value).collect();
        values.sort_unstable_by(|one, other| {
            count_of(other).cmp(&count_of(one)).then_with(|| text(other, "value").cmp(text(one, "value")))
        });
        Value::Array(values)
    });
    json!({ "category": category, "tag": tag, "month": month, "kind": kind })
}

/// The count of a value.
fn count_of(value: &Value) -> u64 {
    value["count"].as_u64().unwrap_or_default()
}
