//! `liuguang render`: the publishing renderer at the terminal.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufWriter, Read, Write};

#[derive(Deserialize)]
struct Input {
    markdown: String,
}

#[derive(Serialize)]
struct Output<'a> {
    html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Knows no images and no other articles.
pub struct Nowhere;

impl markup::Surroundings for Nowhere {}

/// Renders standard input to standard output.
///
/// # Errors
/// When the input cannot be read or is refused by the renderer.
pub fn run(json_lines: bool) -> Result<()> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    if !json_lines {
        let mut markdown = String::new();
        std::io::stdin().read_to_string(&mut markdown).context("reading Markdown from standard input")?;
        let rendered = markup::render(&markdown, &Nowhere)?;
        output.write_all(rendered.html.as_str().as_bytes()).context("writing HTML to standard output")?;
        return output.flush().context("writing HTML to standard output");
    }
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.with_context(|| format!("reading line {}", number + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let input: Input = serde_json::from_str(&line)
            .with_context(|| format!("line {} is not an object {{\"markdown\": …}}", number + 1))?;
        match markup::render(&input.markdown, &Nowhere) {
            Ok(rendered) => write_line(&mut output, &Output { html: rendered.html.as_str(), error: None })?,
            Err(error) => write_line(&mut output, &Output { html: "", error: Some(error.to_string()) })?,
        }
    }
    output.flush().context("writing to standard output")
}

fn write_line(output: &mut impl Write, value: &Output<'_>) -> Result<()> {
    serde_json::to_writer(&mut *output, value).context("writing a line")?;
    output.write_all(b"\n").context("writing a line")
}
