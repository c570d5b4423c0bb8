//! The judged queries: ours through HTTP, the other engines' directly, all in one run over the same texts.

use crate::corpus::{Corpus, Judged};
use crate::http::Client;
use crate::score::{Board, Score};
use crate::site::Site;
use crate::{Settings, articles, baseline, peers, row, table, variants};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use types::percent::encode;

/// The part of an answer of `/api/search` that is looked at.
#[derive(Deserialize)]
pub(crate) struct Answer {
    /// The hits of the first page.
    pub hits: Vec<Hit>,
}

#[derive(Deserialize)]
pub(crate) struct Hit {
    /// In addresses.
    pub slug: String,
    /// Plain text.
    pub title: String,
}

/// The articles by what queries and answers call them.
struct Ids {
    by_path: HashMap<String, i64>,
    by_slug: HashMap<String, i64>,
    titles: Vec<String>,
}

/// Measures, prints and compares.
///
/// # Errors
/// When something is missing or does not work, or a kind of query fell behind the baseline.
pub async fn run(settings: &Settings, baseline: &Path, write_baseline: bool, misses: bool) -> Result<()> {
    let corpus = Corpus::open(settings)?;
    let folder = tempfile::tempdir().context("making a temporary folder")?;
    let site = Site::new(&settings.program, folder.path());
    let took = site.import(&corpus.folder)?;
    let mut database = articles::open(&site.database()).await?;
    let ids = Ids::read(&mut database).await?;
    eprintln!("· {} articles in {:.0} s", ids.by_slug.len(), took.as_secs_f64());
    let judged: Vec<HashSet<i64>> = corpus.queries.iter().map(|query| ids.relevant(query)).collect();
    let unknown = judged.iter().filter(|relevant| relevant.is_empty()).count();
    if unknown > 0 {
        eprintln!("  {unknown} queries have no article that was imported; they count as not found");
    }

    let served = site.serve()?;
    let mut client = served.client()?;
    let mut boards = vec![("流光", Board::default())];
    for (number, (query, relevant)) in corpus.queries.iter().zip(&judged).enumerate() {
        let answer = ask(&mut client, &query.query)?;
        let hits: Vec<i64> = answer.hits.iter().map(|hit| ids.by_slug.get(&hit.slug).copied().unwrap_or(-1)).collect();
        if misses && hits.first().is_none_or(|first| !relevant.contains(first)) {
            let rank = hits
                .iter()
                .position(|hit| relevant.contains(hit))
                .map_or("-".to_owned(), |rank| (rank + 1).to_string());
            println!("{}\t{rank}\t{}\t{}", query.kind, query.query, answer.hits.first().map_or("", |hit| &hit.title));
        }
        boards[0].1.add(number, &query.kind, &hits, relevant);
        progress("流光", number + 1, corpus.queries.len());
    }
    let checked = variants::run(&mut client, &corpus.queries, &ids.titles);
    drop(served);
    for mut peer in peers::all(settings, folder.path()).await? {
        peers::fill(&mut *peer, &mut database).await?;
        let mut board = Board::default();
        for (number, (query, relevant)) in corpus.queries.iter().zip(&judged).enumerate() {
            let hits = peer
                .search(&query.query)
                .await
                .with_context(|| format!("{}: searching {:?}", peer.name(), query.query))?;
            board.add(number, &query.kind, &hits, relevant);
            progress(peer.name(), number + 1, corpus.queries.len());
        }
        boards.push((peer.name(), board));
    }
    show(&boards);
    if write_baseline {
        baseline::write(baseline, &boards[0].1)?;
        println!("the baseline {} holds these figures now", baseline.display());
        return checked;
    }
    baseline::check(baseline, &boards[0].1)?;
    checked
}

pub(crate) fn ask(client: &mut Client, query: &str) -> Result<Answer> {
    let body = client.get(&format!("/api/search?q={}&per_page=10", encode(query)))?;
    serde_json::from_slice(&body).with_context(|| format!("reading the answer to {query:?}"))
}

impl Ids {
    async fn read(database: &mut sqlx::SqliteConnection) -> Result<Self> {
        let mut ids = Self { by_path: HashMap::new(), by_slug: HashMap::new(), titles: Vec::new() };
        let mut last = i64::MIN;
        loop {
            let texts = articles::after(database, last).await?;
            let Some(text) = texts.last() else { return Ok(ids) };
            last = text.id;
            for text in texts {
                ids.by_path.extend(text.path.map(|path| (path, text.id)));
                ids.by_slug.insert(text.slug, text.id);
                ids.titles.push(text.title);
            }
        }
    }

    fn relevant(&self, query: &Judged) -> HashSet<i64> {
        query.relevant.iter().filter_map(|path| self.by_path.get(path).copied()).collect()
    }
}

fn progress(name: &str, done: usize, all: usize) {
    if done == all || done.is_multiple_of(20) {
        eprint!("\r· {name}: {done} of {all} queries{}", if done == all { "\n" } else { "" });
    }
}

/// Prints one table for each measure, and how we stand to the best of the others.
fn show(boards: &[(&str, Board)]) {
    let ours = &boards[0].1;
    let kinds = ours.kinds();
    type Measure = (&'static str, fn(Score) -> f64, Option<usize>);
    let measures: [Measure; 6] = [
        ("MRR@10", |score| score.mrr, None),
        ("MRR@10, even lines", |score| score.mrr, Some(0)),
        ("MRR@10, odd lines", |score| score.mrr, Some(1)),
        ("nDCG@10", |score| score.ndcg, None),
        ("recall@10", |score| score.recall, None),
        ("queries without a hit", |score| score.empty, None),
    ];
    for (title, measure, half) in measures {
        let heading =
            std::iter::once(String::new()).chain(kinds.iter().map(|kind| format!("{kind} ({})", ours.queries(kind))));
        let mut rows = vec![heading.collect::<Vec<_>>()];
        for (name, board) in boards {
            let mut row = row![name];
            row.extend(kinds.iter().map(|kind| format!("{:.3}", measure(board.score(kind, half)))));
            rows.push(row);
        }
        table::print(title, &rows);
    }
    println!();
    for kind in kinds {
        let mrr = ours.score(kind, None).mrr;
        let best = boards[1..].iter().map(|(name, board)| (board.score(kind, None).mrr, *name));
        if let Some((other, name)) = best.max_by(|one, other| one.0.total_cmp(&other.0)) {
            let word = if mrr < other - 0.01 { "BEHIND" } else { "level or ahead" };
            println!("{kind}: {mrr:.3}, the best other is {name} with {other:.3}: {word} by {:+.3}", mrr - other);
        }
    }
}
