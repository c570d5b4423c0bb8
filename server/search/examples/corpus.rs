//! Indexes a folder of Markdown articles and measures how well and how fast they are found again.
//!
//! `cargo run --release -p search --example corpus FOLDER [COPIES] [--misses] [--keep INDEX]`: the folder holds `manifest.jsonl`
//! (`path`, `title`, `date`, `tags`, one object a line) and `relevance.jsonl` (`query`, `relevant`, `kind`). With COPIES every article is
//! indexed so many times, to see how the time grows; an index that was kept is only searched, and every query is asked COPIES
//! times, for a profiler. The Markdown is only stripped, not parsed: `markup` does it right.

use search::{Change, Document, Index, Views};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use types::{ArticleFilter, ArticleId, ArticleKind, Block, BlockKind, Heading, SearchQuery, TagRef, Timestamp};

#[derive(Deserialize)]
struct Entry {
    path: String,
    title: String,
    date: Option<String>,
    source_repo: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Deserialize)]
struct Judged {
    query: String,
    relevant: Vec<String>,
    kind: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().ok_or("give the folder that holds manifest.jsonl")?;
    let copies = arguments.get(1).and_then(|copies| copies.parse().ok()).unwrap_or(1);
    let show_misses = arguments.iter().any(|argument| argument == "--misses");
    let folder = Path::new(folder);
    let kept = arguments.iter().skip_while(|argument| *argument != "--keep").nth(1).map(Path::new);

    let mut documents = Vec::new();
    let mut ids = HashMap::new();
    let mut bytes = 0;
    for (line, id) in fs::read_to_string(folder.join("manifest.jsonl"))?.lines().zip(1..) {
        let entry: Entry = serde_json::from_str(line)?;
        let markdown = fs::read_to_string(folder.join(&entry.path))?;
        let document = document(id, &entry, &markdown)?;
        bytes += document.plain.len();
        documents.push(document);
        ids.insert(entry.path, ArticleId(id));
    }
    println!("{} articles, {:.1} MB of plain text; {} MB resident", documents.len(), bytes as f64 / 1e6, resident());
    let index_folder = tempfile::tempdir()?;
    if let Some(kept) = kept.filter(|kept| kept.join("CURRENT").exists()) {
        drop(documents);
        return ask(&Index::open_to_read(kept)?, folder, &ids, copies, show_misses);
    }
    let index_folder = kept.unwrap_or(index_folder.path());
    let (index, mut writer) = Index::create(index_folder)?;
    let began = Instant::now();
    let count = documents.len() * copies;
    for copy in 0..copies {
        for (number, document) in documents.iter().enumerate() {
            let mut document = document.clone();
            document.id.0 += (copy * documents.len()) as i64;
            writer.add(&Change::Put(Box::new(document)))?;
            if number % 1000 == 999 && copies == 1 {
                writer.commit(None)?;
            }
        }
    }
    writer.commit(Some(1))?;
    let took = began.elapsed().as_secs_f64();
    println!(
        "indexed in {took:.2} s: {:.0} articles/s, {:.1} MB/s",
        count as f64 / took,
        (bytes * copies) as f64 / took / 1e6
    );
    let change = Change::Put(Box::new(documents[0].clone()));
    let began = Instant::now();
    writer.apply([change], Some(2))?;
    println!("one article changed and visible after {:?}", began.elapsed());
    writer.finish()?;
    drop(documents);
    let size: u64 = fs::read_dir(index_folder.join("1"))?
        .flatten()
        .filter_map(|file| file.metadata().ok())
        .map(|file| file.len())
        .sum();
    println!("{} articles, {:.1} MB on disk; {} MB resident", index.document_count(), size as f64 / 1e6, resident());
    ask(&index, folder, &ids, 1, show_misses)
}

/// Asks every judged query so many times, and prints how well and how fast it is answered.
fn ask(
    index: &Index,
    folder: &Path,
    ids: &HashMap<String, ArticleId>,
    times_each: usize,
    show_misses: bool,
) -> Result<(), Box<dyn Error>> {
    let views = Views::new();
    // Weights are fitted on the even lines; the odd ones tell what that is worth.
    let mut ranks: BTreeMap<(String, &str), Vec<Option<usize>>> = BTreeMap::new();
    let mut times = Vec::new();
    for (number, line) in fs::read_to_string(folder.join("relevance.jsonl"))?.lines().enumerate() {
        let judged: Judged = serde_json::from_str(line)?;
        let relevant: HashSet<ArticleId> = judged.relevant.iter().filter_map(|path| ids.get(path).copied()).collect();
        let filter = ArticleFilter { per_page: 10, ..ArticleFilter::default() };
        let query = SearchQuery::new(&judged.query, filter);
        let began = Instant::now();
        let found = index.search(&query, &views)?;
        times.push(began.elapsed());
        for _ in 1..times_each {
            let began = Instant::now();
            index.search(&query, &views)?;
            times.push(began.elapsed());
        }
        let rank =
            found.hits.iter().position(|hit| relevant.contains(&ArticleId((hit.id.0 - 1) % ids.len() as i64 + 1)));
        if show_misses && rank != Some(0) {
            let best: String = found
                .hits
                .first()
                .map(|hit| hit.title_pieces.iter().map(|piece| piece.text.as_str()).collect())
                .unwrap_or_default();
            println!("{} {:?} {} | {} | {best}", judged.kind, rank, judged.query, judged.relevant.join(" "));
        }
        for kind in [judged.kind.as_str(), "all"] {
            for half in [["even", "odd"][number % 2], "both"] {
                ranks.entry((kind.to_owned(), half)).or_default().push(rank);
            }
        }
    }
    for ((kind, half), ranks) in &ranks {
        let mrr = ranks.iter().flatten().map(|rank| 1.0 / (rank + 1) as f64).sum::<f64>() / ranks.len() as f64;
        let found = ranks.iter().flatten().count() as f64 / ranks.len() as f64;
        println!("{kind:>13} {half:>5}: MRR@10 {mrr:.3}, recall@10 {found:.3} of {}", ranks.len());
    }
    times.sort_unstable();
    let percentile = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or(Duration::ZERO);
    println!(
        "search with facets and 10 hits with passages: p50 {:?}, p90 {:?}, p99 {:?}; {} MB resident",
        percentile(50),
        percentile(90),
        percentile(99),
        resident()
    );
    Ok(())
}

/// Memory of this process in MB, where Linux tells it.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
}

fn document(id: i64, entry: &Entry, markdown: &str) -> Result<Document, Box<dyn Error>> {
    let mut parts = Parts::default();
    let mut code = None;
    let text = without_comments(markdown);
    for line in body(&text).lines() {
        let fence = line.trim_start().chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let is_fence = fence.is_some_and(|mark| line.trim_start().starts_with(&String::from(mark).repeat(3)));
        match (&mut code, is_fence) {
            (None, true) => code = Some(String::new()),
            (Some(text), true) => {
                parts.add(BlockKind::Code, text.trim_end());
                code = None;
            }
            (Some(text), false) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, false) if line.starts_with('#') => parts.heading(line),
            (None, false) => parts.add(BlockKind::Prose, &inline(line)),
        }
    }
    if let Some(text) = code {
        parts.add(BlockKind::Code, text.trim_end());
    }
    let date = entry.date.as_deref().unwrap_or_default();
    let year: i64 = date.get(..4).and_then(|year| year.parse().ok()).unwrap_or(2020);
    Ok(Document {
        id: ArticleId(id),
        revision: 1,
        title: entry.title.clone(),
        summary: String::new(),
        plain: parts.plain,
        blocks: parts.blocks,
        outline: parts.outline,
        tags: entry
            .tags
            .iter()
            .filter_map(|name| Some(TagRef { key: name.parse().ok()?, name: name.clone() }))
            .collect(),
        group: "all".parse()?,
        category: "all".parse()?,
        author: types::Slug::from_text(entry.source_repo.as_deref().unwrap_or("unknown"))?.into(),
        kind: ArticleKind::Original,
        published_at: Timestamp((year - 1970) * 31_557_600_000),
        further_reading: None,
    })
}

#[derive(Default)]
struct Parts {
    plain: String,
    blocks: Vec<Block>,
    outline: Vec<Heading>,
}

impl Parts {
    fn add(&mut self, kind: BlockKind, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if !self.plain.is_empty() {
            self.plain.push('\n');
        }
        let start = self.plain.len() as u32;
        self.plain.push_str(text);
        let section = (self.outline.len() as u32).checked_sub(1);
        self.blocks.push(Block { kind, start, end: self.plain.len() as u32, section });
    }

    fn heading(&mut self, line: &str) {
        let text = inline(line.trim_start_matches('#'));
        // The article's title is its first heading of the first level.
        if !line.starts_with("##") {
            return;
        }
        self.outline.push(Heading {
            level: 2,
            anchor: format!("section-{}", self.outline.len() + 1),
            text: text.trim().to_owned(),
        });
        self.add(BlockKind::Heading, text.trim());
    }
}

/// What follows the front matter.
fn body(text: &str) -> &str {
    for fence in ["---", "+++"] {
        if let Some(rest) = text.trim_start_matches('\u{feff}').strip_prefix(fence)
            && let Some((_, body)) = rest.split_once(&format!("\n{fence}"))
        {
            return body;
        }
    }
    text
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// Drops targets of links, tags and the marks of emphasis and code.
fn inline(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            ']' if characters.next_if_eq(&'(').is_some() => {
                characters.by_ref().take_while(|character| *character != ')').for_each(drop);
            }
            '<' if characters.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '/') => {
                characters.by_ref().take_while(|character| *character != '>').for_each(drop);
            }
            '*' | '`' | '[' | ']' => {}
            _ => kept.push(character),
        }
    }
    kept
}
