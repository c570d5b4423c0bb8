//! Groonga with TokenBigram: all words as phrases, then any of them; the title counts ten times. It runs as a process
//! of its own that reads commands from its standard input.

use super::{Peer, complete};
use crate::articles::Text;
use crate::score::DEPTH;
use crate::site;
use anyhow::{Context, Result, ensure};
use async_trait::async_trait;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub struct Groonga {
    folder: PathBuf,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Groonga {
    pub fn create(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut child = Command::new("groonga")
            .arg("-n")
            .arg(folder.join("db"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting `groonga`; install Debian's package groonga")?;
        let to = child.stdin.take().context("taking Groonga's input")?;
        let from = BufReader::new(child.stdout.take().context("taking Groonga's output")?);
        let mut groonga = Self { folder: folder.to_path_buf(), child, to, from };
        for command in [
            "table_create Texts TABLE_HASH_KEY Int64",
            "column_create Texts title COLUMN_SCALAR ShortText",
            "column_create Texts body COLUMN_SCALAR LongText",
            "column_create Texts category COLUMN_SCALAR Int64",
            "column_create Texts kind COLUMN_SCALAR ShortText",
            "column_create Texts month COLUMN_SCALAR Int64",
            "table_create Tags TABLE_HASH_KEY ShortText",
            "column_create Texts tags COLUMN_VECTOR Tags",
            "table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto",
            "column_create Terms titles COLUMN_INDEX|WITH_POSITION Texts title",
            "column_create Terms bodies COLUMN_INDEX|WITH_POSITION Texts body",
        ] {
            groonga.run(command)?;
        }
        Ok(groonga)
    }

    /// Sends a command and reads its answer, `[[status, began, took], body]`.
    fn run(&mut self, command: &str) -> Result<Value> {
        self.to.write_all(command.as_bytes())?;
        self.to.write_all(b"\n")?;
        self.to.flush()?;
        let mut line = String::new();
        ensure!(self.from.read_line(&mut line)? > 0, "Groonga stopped");
        let mut answer: Value =
            serde_json::from_str(&line).with_context(|| format!("reading Groonga's answer {line:?}"))?;
        ensure!(answer[0][0] == 0, "Groonga refused `{}`: {}", command.chars().take(80).collect::<String>(), answer[0]);
        Ok(answer[1].take())
    }

    /// As [`Groonga::find`], with passages and counts.
    fn show(&mut self, query: &str) -> Result<usize> {
        let found = self.run(&format!(
            "select Texts --match_columns \"title * 10 || body\" --query {} --output_columns \"_key,title,snippet_html(body)\" \
             --sort_keys -_score,_key --limit {DEPTH} --drilldown category,kind,month,tags --drilldown_sort_keys -_nsubrecs \
             --drilldown_output_columns _key,_nsubrecs --drilldown_limit 50 --command_version 2",
            quoted(query)
        ))?;
        Ok(found[0].as_array().context("reading Groonga's hits")?.len().saturating_sub(2))
    }

    fn find(&mut self, query: &str) -> Result<Vec<i64>> {
        let found = self.run(&format!(
            "select Texts --match_columns \"title * 10 || body\" --query {} --output_columns _key --sort_keys -_score,_key --limit {DEPTH}",
            quoted(query)
        ))?;
        // The first two entries are the number of hits and the columns.
        let rows = found[0].as_array().context("reading Groonga's hits")?;
        Ok(rows.iter().skip(2).filter_map(|row| row[0].as_i64()).collect())
    }
}

#[async_trait]
impl Peer for Groonga {
    fn name(&self) -> &'static str {
        "Groonga, TokenBigram"
    }

    async fn add(&mut self, texts: &[Text]) -> Result<()> {
        let rows: Vec<Value> =
            texts.iter().map(|Text { id, title, plain, category, kind, month, tags, .. }| json!({ "_key": id, "title": title, "body": plain, "category": category, "kind": kind, "month": month, "tags": tags })).collect();
        let rows = serde_json::to_string(&rows)?;
        self.run(&format!("load --table Texts\n{rows}"))?;
        Ok(())
    }

    async fn finish(&mut self) -> Result<()> {
        Ok(())
    }

    async fn search(&mut self, words: &str) -> Result<Vec<i64>> {
        let phrases = phrases(words);
        if phrases.is_empty() {
            return Ok(Vec::new());
        }
        let mut hits = self.find(&phrases.join(" "))?;
        if hits.len() < DEPTH && phrases.len() > 1 {
            let more = self.find(&phrases.join(" OR "))?;
            complete(&mut hits, more);
        }
        Ok(hits)
    }

    async fn page(&mut self, words: &str) -> Result<Option<usize>> {
        let phrases = phrases(words);
        if phrases.is_empty() {
            return Ok(Some(0));
        }
        let mut shown = self.show(&phrases.join(" "))?;
        if shown < DEPTH && phrases.len() > 1 {
            shown = self.show(&phrases.join(" OR "))?;
        }
        Ok(Some(shown))
    }

    async fn size(&mut self) -> Result<u64> {
        site::size(&self.folder)
    }

    fn resident(&self) -> Option<u64> {
        site::resident(self.child.id())
    }
}

impl Drop for Groonga {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn phrases(words: &str) -> Vec<String> {
    words.split_whitespace().map(quoted).collect()
}

/// A text in quotation marks, as Groonga reads them in commands and in queries.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}
