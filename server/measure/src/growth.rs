//! Makes a small site large: new articles of paragraphs from many others, written straight into the database.
//! So the words are as frequent as in real texts, and no time goes into rendering what nobody measures.

use anyhow::{Context, Result, ensure};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};
use types::{Block, BlockKind, Heading};

/// The length of a new article's plain text in bytes, about that of an article of 1,500 characters.
const LENGTH: usize = 4000;
/// Longer blocks are left out: a table of 200 KB would be in many articles.
const LONGEST: usize = 1500;
/// Articles written in one transaction.
const BATCH: usize = 1000;

/// What new articles are made of.
struct Pieces {
    templates: Vec<i64>,
    headings: Vec<String>,
    blocks: Vec<(BlockKind, String)>,
}

/// Adds articles until there are so many.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn grow(database: &mut SqliteConnection, articles: usize) -> Result<()> {
    let row = sqlx::query("select count(*), max(id) from article where status = 'published'")
        .fetch_one(&mut *database)
        .await?;
    let (count, highest): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let missing = articles.saturating_sub(usize::try_from(count)?);
    if missing == 0 {
        return Ok(());
    }
    let pieces = Pieces::read(database).await?;
    let copy = copying(database).await?;
    sqlx::query("pragma synchronous = off").execute(&mut *database).await?;
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ articles as u64);
    for begin in (0..missing).step_by(BATCH) {
        let mut transaction = database.begin().await?;
        for number in begin..missing.min(begin + BATCH) {
            let id = highest + 1 + number as i64;
            let template = pieces.templates[chance.below(pieces.templates.len())];
            let new = pieces.article(&mut chance);
            sqlx::query(AssertSqlSafe(copy.as_str()))
                .bind(id)
                .bind(format!("grown-{id}"))
                .bind(new.title)
                .bind(new.html)
                .bind(serde_json::to_string(&new.outline)?)
                .bind(new.plain)
                .bind(serde_json::to_string(&new.blocks)?)
                .bind(template)
                .execute(&mut *transaction)
                .await
                .context("adding an article")?;
            sqlx::query("insert into article_tag (article_id, tag_key, position) select ?, tag_key, position from article_tag where article_id = ?")
                .bind(id)
                .bind(template)
                .execute(&mut *transaction)
                .await
                .context("adding tags")?;
        }
        transaction.commit().await?;
        eprint!("\r· made {} of {missing} new articles", missing.min(begin + BATCH));
    }
    eprintln!();
    Ok(())
}

/// The statement that copies a row: what is new is given, all other columns, known here or not, are those of the template.
async fn copying(database: &mut SqliteConnection) -> Result<String> {
    let rows = sqlx::query("select name from pragma_table_info('article')").fetch_all(database).await?;
    let names: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    let value = |name: &String| match name.as_str() {
        "id" => "?1".to_owned(),
        "slug" => "?2".to_owned(),
        "title" => "?3".to_owned(),
        "html" => "?4".to_owned(),
        "outline" => "?5".to_owned(),
        "plain" => "?6".to_owned(),
        "blocks" => "?7".to_owned(),
        "body" | "summary" => "''".to_owned(),
        "source_path" | "source_hash" | "series_name" | "series_part" => "null".to_owned(),
        other => other.to_owned(),
    };
    let values: Vec<String> = names.iter().map(value).collect();
    Ok(format!("insert into article ({}) select {} from article where id = ?8", names.join(", "), values.join(", ")))
}

/// A new article.
struct New {
    title: String,
    html: String,
    outline: Vec<Heading>,
    plain: String,
    blocks: Vec<Block>,
}

impl Pieces {
    async fn read(database: &mut SqliteConnection) -> Result<Self> {
        let mut pieces = Self { templates: Vec::new(), headings: Vec::new(), blocks: Vec::new() };
        let rows =
            sqlx::query("select id, plain, blocks from article where status = 'published' and source_path is not null")
                .fetch_all(database)
                .await
                .context("reading the articles that others are made of")?;
        for row in rows {
            let (id, plain, blocks): (i64, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            pieces.templates.push(id);
            for block in serde_json::from_str::<Vec<Block>>(&blocks).context("reading the blocks of an article")? {
                let text = plain.get(block.start as usize..block.end as usize).unwrap_or_default();
                match block.kind {
                    BlockKind::Heading if !text.is_empty() => pieces.headings.push(text.to_owned()),
                    kind if (20..LONGEST).contains(&text.len()) => pieces.blocks.push((kind, text.to_owned())),
                    _ => {}
                }
            }
        }
        ensure!(
            !pieces.blocks.is_empty() && !pieces.headings.is_empty(),
            "the corpus has no headings or no paragraphs"
        );
        Ok(pieces)
    }

    fn heading(&self, chance: &mut Chance) -> &str {
        &self.headings[chance.below(self.headings.len())]
    }

    fn article(&self, chance: &mut Chance) -> New {
        let title = format!("{}：{}", self.heading(chance), self.heading(chance)).chars().take(120).collect();
        let mut new = New { title, html: String::new(), outline: Vec::new(), plain: String::new(), blocks: Vec::new() };
        while new.plain.len() < LENGTH {
            if new.blocks.len().is_multiple_of(6) {
                let text = self.heading(chance).to_owned();
                let anchor = format!("section-{}", new.outline.len() + 1);
                new.html.push_str(&format!("<h2 id=\"{anchor}\">{}</h2>", escaped(&text)));
                new.outline.push(Heading { level: 2, anchor, text: text.clone() });
                new.add(BlockKind::Heading, &text);
            }
            let (kind, text) = &self.blocks[chance.below(self.blocks.len())];
            new.html.push_str(&format!("<p>{}</p>", escaped(text)));
            new.add(*kind, text);
        }
        new
    }
}

impl New {
    fn add(&mut self, kind: BlockKind, text: &str) {
        if !self.plain.is_empty() {
            self.plain.push('\n');
        }
        let start = self.plain.len() as u32;
        self.plain.push_str(text);
        let section = (self.outline.len() as u32).checked_sub(1);
        self.blocks.push(Block { kind, start, end: self.plain.len() as u32, section });
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Numbers by chance, the same in every run (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize) % end
    }
}
