//! Measures how fast articles are saved, and how long lists and pages take among many of them.
//!
//! `cargo run --release -p store --example save_speed [ARTICLES] [DATABASE_URL]`: 100,000 articles in a temporary SQLite
//! file unless told otherwise. A PostgreSQL database must be empty. The articles are synthetic, 6 kB of Markdown each.

#![allow(clippy::disallowed_methods, reason = "made-up articles need no renderer")]

use std::fmt::Write;
use std::time::{Duration, Instant};
use store::{ArticleToSave, SeedGroup, Store};
use types::{
    ArticleFilter, ArticleId, ArticleKind, ArticleStatus, Block, BlockKind, Heading, SafeHtml, Slug, Timestamp,
};

/// Articles in one transaction, as the importer saves them.
const BATCH: usize = 200;
/// Times that every question is asked.
const ROUNDS: usize = 60;
const TAGS: u64 = 2_000;
const AUTHORS: u64 = 500;
const GROUPS: u64 = 10;
const LEAVES: u64 = 8;

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let articles: u64 = arguments.next().map_or(Ok(100_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let url = arguments.next().unwrap_or_else(|| format!("sqlite:{}", folder.path().join("site.sqlite").display()));
    let store = Store::open(&url).await?;
    store.seed_categories(&tree()?).await?;
    save(&store, articles).await?;
    save_one_by_one(&store, articles).await?;
    import_again(&store, articles).await?;
    view(&store, articles).await?;
    read(&store, articles).await
}

async fn save(store: &Store, articles: u64) -> Result<(), Failure> {
    let (mut saving, mut last) = (Duration::ZERO, Duration::ZERO);
    for start in (0..articles).step_by(BATCH) {
        let batch = (start..articles.min(start + BATCH as u64)).map(article).collect::<Result<Vec<_>, _>>()?;
        let begun = Instant::now();
        for saved in store.save_articles(&batch).await {
            saved?;
        }
        last = begun.elapsed();
        saving += last;
    }
    println!(
        "save, batches of {BATCH}: {:.0} articles/s; the last batch {last:.1?}",
        articles as f64 / saving.as_secs_f64()
    );
    Ok(())
}

async fn save_one_by_one(store: &Store, articles: u64) -> Result<(), Failure> {
    let mut times = Vec::with_capacity(ROUNDS);
    for number in 0..ROUNDS as u64 {
        let article = article(articles + number)?;
        let begun = Instant::now();
        store.save_articles(std::slice::from_ref(&article)).await.remove(0)?;
        times.push(begun.elapsed());
    }
    report("save, one transaction each", times);
    Ok(())
}

async fn import_again(store: &Store, articles: u64) -> Result<(), Failure> {
    let begun = Instant::now();
    let known = store.sources().await?.len();
    println!("what {known} sources are known: {:.1?}", begun.elapsed());
    let batch = (0..articles.min(1_000)).map(article).collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    for saved in store.save_articles(&batch).await {
        saved?;
    }
    println!("{} unchanged articles in one batch: {:.1?}", batch.len(), begun.elapsed());
    Ok(())
}

async fn view(store: &Store, articles: u64) -> Result<(), Failure> {
    let views = (0..2_000)
        .map(|view| Ok((slug(chance(view) % articles)?, view as i64, 20_000)))
        .collect::<Result<Vec<_>, Failure>>()?;
    let begun = Instant::now();
    let counted = store.record_views(&views).await?;
    println!("{counted} views counted: {:.1?}", begun.elapsed());
    Ok(())
}

async fn read(store: &Store, articles: u64) -> Result<(), Failure> {
    for query in [
        "",
        "page=100",
        "page=5000",
        "scope=articles",
        "scope=reprints",
        "scope=reprints&page=500",
        "scope=downloads",
        "category=leaf-3-3",
        "category=group-3",
        "category=group-3&page=300",
        "category=group-3&scope=articles",
        "tag=tag-0",
        "tag=tag-0&page=50",
        "tag=tag-700",
        "tag=tag-0&category=group-3",
        "author=author-7",
        "month=2020-05",
        "month=2020-05&category=group-3",
        "sort=views",
        "category=group-3&sort=views",
        "tag=tag-0&sort=views",
    ] {
        let filter = ArticleFilter::from_texts(|name| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        });
        let mut total = 0;
        let mut times = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            total = store.list(&filter).await?.total;
            times.push(begun.elapsed());
        }
        report(&format!("list ?{query} ({total})"), times);
    }
    let ids: Vec<ArticleId> = store.slugs_after(ArticleId(0), 50_000).await?.into_iter().map(|(id, ..)| id).collect();
    macro_rules! measure {
        ($what:literal, $number:ident, $question:expr) => {{
            let mut times = Vec::with_capacity(ROUNDS);
            for $number in 0..ROUNDS as u64 {
                let begun = Instant::now();
                $question.await?;
                times.push(begun.elapsed());
            }
            report($what, times);
        }};
    }
    measure!("an article's page", number, store.article_by_slug(&slug(chance(number) % articles)?));
    let place = |number: u64| (chance(number) as usize) % ids.len().saturating_sub(200).max(1);
    measure!("20 summaries by number", number, store.summaries_by_id(&ids[place(number)..][..20]));
    measure!("200 articles for the index", number, store.articles_for_index(&ids[place(number)..][..200]));
    measure!("10,000 addresses for the site map", _number, store.slugs_after(ArticleId(0), 10_000));
    measure!("the tree with counts", _number, store.categories());
    measure!("the months", _number, store.months());
    measure!("20 hot tags", _number, store.hot_tags(20));
    measure!("the tag that most carry", _number, store.tag(&"tag-0".parse()?));
    measure!("the 10 most read", _number, store.most_read(None, 10));
    measure!("the newest change", _number, store.last_change());
    Ok(())
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
    println!("{what}: p50 {:.2?}, p99 {:.2?}", at(50), at(99));
}

fn tree() -> Result<Vec<SeedGroup>, Failure> {
    (0..GROUPS)
        .map(|group| {
            let leaves = (0..LEAVES)
                .map(|leaf| Ok((format!("叶 {group} {leaf}"), format!("leaf-{group}-{leaf}").parse()?)))
                .collect::<Result<_, Failure>>()?;
            Ok(SeedGroup { name: format!("组 {group}"), slug: format!("group-{group}").parse()?, leaves })
        })
        .collect()
}

fn slug(number: u64) -> Result<Slug, Failure> {
    Ok(format!("article-{number}").parse()?)
}

/// A fixed sequence without visible order (the finaliser of SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
fn chance(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// Few are named often and many seldom, as with real tags: the square of an even distribution.
fn skewed(number: u64, bound: u64) -> u64 {
    let even = (chance(number) % 10_000) as f64 / 10_000.0;
    (even * even * even * bound as f64) as u64
}

fn article(number: u64) -> Result<ArticleToSave, Failure> {
    let mut body = String::with_capacity(7_000);
    for sentence in 0..45 {
        write!(
            body,
            "第 {number} 篇第 {sentence} 句：索引把查询从全表扫描变成几次页的读取，代价是每次写入都要维护它，数字 {}。\n\n",
            chance(number * 64 + sentence)
        )?;
    }
    let plain = body.clone();
    let kind = match number % 20 {
        0..12 => ArticleKind::Original,
        12..18 => ArticleKind::Reprint,
        18 => ArticleKind::Translation,
        _ => ArticleKind::Download,
    };
    let author = skewed(number + 1, AUTHORS);
    // Ten years up to the end of 2025, in no order.
    let at = Timestamp(1_451_606_400_000 + (chance(number) % 315_360_000) as i64 * 1000);
    let end = u32::try_from(plain.len())?;
    Ok(ArticleToSave {
        id: None,
        slug: slug(number)?,
        kind,
        status: ArticleStatus::Published,
        title: format!("索引的代价，第 {number} 篇"),
        summary: "索引把查询从全表扫描变成几次页的读取，代价是每次写入都要维护它。".into(),
        html: SafeHtml::from_sanitizer(
            body.split("\n\n").fold(String::with_capacity(8_000), |html, text| html + "<p>" + text + "</p>"),
        ),
        body,
        outline: (0..6)
            .map(|part| Heading { level: 2, anchor: format!("part-{part}"), text: format!("第 {part} 节") })
            .collect(),
        plain,
        blocks: (0..45)
            .map(|part| Block { kind: BlockKind::Prose, start: part, end, section: Some(part / 8) })
            .collect(),
        words: 1_800,
        minutes: 6,
        category: format!("leaf-{}-{}", chance(number) % GROUPS, chance(number + 7) % LEAVES).parse()?,
        tags: (0..4).map(|place| format!("Tag {}", skewed(number * 4 + place, TAGS))).collect(),
        author_handle: format!("author-{author}").parse()?,
        author_name: format!("作者 {author}"),
        published_at: at,
        updated_at: at,
        applies_to: None,
        further_reading: None,
        series: None,
        provenance: Vec::new(),
        cover: None,
        attachments: None,
        render_version: 1,
        source_path: Some(format!("notes/{number}.md")),
        source_hash: Some(format!("{:016x}", chance(number))),
    })
}
