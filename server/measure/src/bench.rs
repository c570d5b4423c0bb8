//! How fast: search and suggestions over HTTP, indexing, sizes and memory, at several numbers of articles, beside other
//! engines with the same texts and queries.

use crate::corpus::Corpus;
use crate::http::Client;
use crate::peers::{self, Peer};
use crate::site::Site;
use crate::{Settings, articles, growth, pages, row, table};
use anyhow::{Context, Result, ensure};
use sqlx::{Row, SqliteConnection};
use std::path::Path;
use std::time::{Duration, Instant};
use types::percent::encode;

/// One engine's figures.
struct Figures {
    name: String,
    /// Ids of the best ten.
    ids: Option<Times>,
    /// The same task for all: ten hits with passages, and counts.
    page: Option<Pages>,
    indexing: Duration,
    size: u64,
    resident: Option<u64>,
}

/// How long the same task took, many times, shortest first.
struct Times(Vec<Duration>);

/// For each query how long its page took and how many hits were on it.
struct Pages(Vec<(Duration, usize)>);

/// Measures and prints.
///
/// # Errors
/// When something is missing or does not work.
pub async fn run(settings: &Settings, sizes: &[usize], seconds: u32) -> Result<()> {
    let corpus = Corpus::open(settings)?;
    let folder =
        tempfile::Builder::new().disable_cleanup(settings.keep).tempdir().context("making a temporary folder")?;
    if settings.keep {
        eprintln!("· the site stays in {}", folder.path().display());
    }
    let site = Site::new(&settings.program, folder.path());
    let took = site.import(&corpus.folder)?;
    let mut database = articles::open(&site.database()).await?;
    let (count, _) = extent(&mut database).await?;
    println!(
        "import with rendering and indexing: {count} articles in {:.1} s, {:.0} articles/s",
        took.as_secs_f64(),
        count as f64 / took.as_secs_f64()
    );
    if seconds > 0 {
        pages::run(&site, folder.path(), seconds, &corpus.queries)?;
    }
    let mut sizes = sizes.to_vec();
    sizes.sort_unstable();
    for size in sizes {
        growth::grow(&mut database, size).await?;
        let queries: Vec<&str> = corpus.queries.iter().map(|query| query.query.as_str()).collect();
        measure(settings, &site, &mut database, folder.path(), &queries).await?;
    }
    Ok(())
}

/// The number of articles, and the bytes of their texts.
async fn extent(database: &mut SqliteConnection) -> Result<(u64, u64)> {
    let sql = "select count(*), sum(length(cast(title as blob)) + length(cast(plain as blob))) from article where status = 'published'";
    let row = sqlx::query(sql).fetch_one(database).await.context("counting the articles")?;
    Ok((u64::try_from(row.try_get::<i64, _>(0)?)?, u64::try_from(row.try_get::<i64, _>(1)?)?))
}

async fn measure(
    settings: &Settings,
    site: &Site,
    database: &mut SqliteConnection,
    folder: &Path,
    queries: &[&str],
) -> Result<()> {
    let (count, bytes) = extent(database).await?;
    println!("\n{count} articles, {:.0} MB of text, {} queries one after the other", bytes as f64 / 1e6, queries.len());
    let indexing = site.reindex()?;
    let served = site.serve()?;
    let mut client = served.client()?;
    // Ten hits with passages, and facets; the size of pages that the other engines are asked for.
    let searches: Vec<String> =
        queries.iter().map(|query| format!("/api/search?q={}&per_page=10", encode(query))).collect();
    let search = Pages(ask(&mut client, &searches, hits)?);
    let beginnings: Vec<String> =
        beginnings(queries).iter().map(|text| format!("/api/suggest?q={}", encode(text))).collect();
    let suggest = ask(&mut client, &beginnings, |_| Ok(()))
        .map(|answers| Times::new(answers.into_iter().map(|(took, ())| took).collect()));
    let resident = served.resident();
    drop(served);
    let mut all = vec![Figures {
        name: "流光, over HTTP".into(),
        ids: None,
        page: Some(search),
        indexing,
        size: site.index_size()?,
        resident,
    }];
    let peer_folder = tempfile::tempdir_in(folder).context("making a temporary folder")?;
    for mut peer in peers::all(settings, peer_folder.path()).await? {
        let indexing = peers::fill(&mut *peer, database).await?;
        let (ids, page) = ask_peer(&mut *peer, queries).await?;
        all.push(Figures {
            name: peer.name().into(),
            ids: Some(ids),
            page,
            indexing,
            size: peer.size().await?,
            resident: peer.resident(),
        });
    }
    show(&all, bytes);
    match suggest {
        Ok(times) => {
            println!("  suggestions, {} beginnings: p50 {}, p99 {}", beginnings.len(), times.show(50), times.show(99))
        }
        Err(error) => println!("  suggestions could not be measured: {error:#}"),
    }
    Ok(())
}

/// Asks for every path twice, so that nothing is measured cold; the other engines have had every query before as well.
/// Gives for the second time how long it took and what is read from the answer, in order. What was
/// refused counts as an answer without anything.
fn ask<T: Default>(
    client: &mut Client,
    paths: &[String],
    read: impl Fn(&[u8]) -> Result<T>,
) -> Result<Vec<(Duration, T)>> {
    for path in paths {
        // A large index is cold at first, and what takes too long is refused.
        let _ = client.get(path);
    }
    let mut answers = Vec::with_capacity(paths.len());
    let mut refused = 0;
    for path in paths {
        let began = Instant::now();
        let answer = client.get(path);
        let took = began.elapsed();
        let content = match answer {
            Ok(body) => read(&body).with_context(|| format!("reading the answer to {path}"))?,
            Err(error) => {
                eprintln!("· {error:#}");
                refused += 1;
                T::default()
            }
        };
        answers.push((took, content));
    }
    ensure!(refused < paths.len(), "the site answered none of {refused} questions");
    if refused > 0 {
        println!("  {refused} of {} questions were refused; they count with the time it took", paths.len());
    }
    Ok(answers)
}

/// The number of hits that an answer of `/api/search` shows.
fn hits(answer: &[u8]) -> Result<usize> {
    let answer: serde_json::Value = serde_json::from_slice(answer)?;
    Ok(answer["hits"].as_array().context("there are no `hits`")?.len())
}

/// How long ids take, and whole pages where the engine makes them.
async fn ask_peer(peer: &mut dyn Peer, queries: &[&str]) -> Result<(Times, Option<Pages>)> {
    for query in queries {
        peer.search(query).await?;
        peer.page(query).await?;
    }
    let (mut ids, mut pages) = (Vec::with_capacity(queries.len()), Vec::with_capacity(queries.len()));
    for query in queries {
        let began = Instant::now();
        peer.search(query).await.with_context(|| format!("{}: searching {query:?}", peer.name()))?;
        ids.push(began.elapsed());
    }
    for query in queries {
        let began = Instant::now();
        let shown = peer.page(query).await.with_context(|| format!("{}: a page of {query:?}", peer.name()))?;
        let took = began.elapsed();
        pages.extend(shown.map(|shown| (took, shown)));
    }
    eprintln!("· {}: {} queries", peer.name(), queries.len());
    Ok((Times::new(ids), (!pages.is_empty()).then_some(Pages(pages))))
}

/// What is typed on the way to the queries: one to four characters of each.
fn beginnings(queries: &[&str]) -> Vec<String> {
    let long = |query: &str, length: usize| query.chars().take(length).collect::<String>();
    let mut all: Vec<String> =
        (1..=4).flat_map(|length| queries.iter().map(move |query| long(query, length))).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn show(all: &[Figures], bytes: u64) {
    let mut rows = vec![row![
        "",
        "page p50",
        "ratio",
        "page p99",
        "ratio",
        "page mean",
        "ratio",
        "full",
        "ids p50",
        "ids p99",
        "index MB/s",
        "index/text",
        "memory MB"
    ]];
    let none = || "-".to_owned();
    let own = all[0].page.as_ref();
    let own_times = own.map(Pages::times);
    for figures in all {
        let mut cells = row![figures.name];
        let times = figures.page.as_ref().map(Pages::times);
        for measure in [|times: &Times| times.at(50), |times: &Times| times.at(99), Times::mean] {
            let ratio = times.as_ref().zip(own_times.as_ref());
            let ratio = ratio.map(|(times, own)| measure(times).as_secs_f64() / measure(own).as_secs_f64());
            cells.push(times.as_ref().map_or_else(none, |times| milliseconds(measure(times))));
            cells.push(ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}")));
        }
        let full = figures.page.as_ref().zip(own).map(|(pages, own)| format!("{:.0} %", pages.full(own) * 100.0));
        let ids = |percent| figures.ids.as_ref().map_or_else(none, |times| times.show(percent));
        cells.extend(row![
            full.unwrap_or_else(none),
            ids(50),
            ids(99),
            format!("{:.1}", bytes as f64 / 1e6 / figures.indexing.as_secs_f64()),
            format!("{:.2}", figures.size as f64 / bytes as f64),
            figures.resident.map_or_else(none, |megabytes| megabytes.to_string()),
        ]);
        rows.push(cells);
    }
    table::print(
        "page: ten hits with passages, and counts by category, kind, month and tag; full: pages with as many hits as \
         ours; ids: only the ten",
        &rows,
    );
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1000.0)
}

impl Pages {
    fn times(&self) -> Times {
        Times::new(self.0.iter().map(|(took, _)| *took).collect())
    }

    /// The share of the queries for which there are as many hits on the page as on another engine's.
    fn full(&self, other: &Self) -> f64 {
        let full = self.0.iter().zip(&other.0).filter(|((_, shown), (_, other))| shown >= other).count();
        full as f64 / self.0.len() as f64
    }
}

impl Times {
    fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    fn at(&self, percent: usize) -> Duration {
        self.0.get(self.0.len() * percent / 100).copied().unwrap_or_default()
    }

    fn show(&self, percent: usize) -> String {
        milliseconds(self.at(percent))
    }

    fn mean(&self) -> Duration {
        self.0.iter().sum::<Duration>() / u32::try_from(self.0.len().max(1)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_times() {
        let times = Times::new((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!((times.show(50), times.show(99)), ("101.00 ms".to_owned(), "199.00 ms".to_owned()));
    }

    #[test]
    fn full_pages_are_counted_and_times_averaged() {
        let pages =
            |of: &[(u64, usize)]| Pages(of.iter().map(|&(time, shown)| (Duration::from_millis(time), shown)).collect());
        let (theirs, ours) = (pages(&[(1, 0), (9, 10), (8, 3), (2, 9)]), pages(&[(5, 10), (4, 10), (3, 2), (1, 10)]));
        assert_eq!(theirs.full(&ours), 0.5);
        assert_eq!(theirs.times().mean(), Duration::from_millis(5));
    }

    #[test]
    fn beginnings_are_whole_characters_and_no_two_are_equal() {
        assert_eq!(beginnings(&["锁ab", "锁"]), ["锁", "锁a", "锁ab"]);
    }
}
