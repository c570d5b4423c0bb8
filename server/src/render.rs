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
    json_lines_to(&mut std::io::stdin().lock(), &mut output)
}

/// One line out for each line in, so that who sent many knows which is which.
fn json_lines_to(input: &mut impl BufRead, output: &mut impl Write) -> Result<()> {
    for (number, line) in input.split(b'\n').enumerate() {
        let line = line.with_context(|| format!("reading line {}", number + 1))?;
        match rendered(&line) {
            Ok(rendered) => write_line(output, &Output { html: rendered.html.as_str(), error: None })?,
            Err(error) => write_line(output, &Output { html: "", error: Some(format!("{error:#}")) })?,
        }
    }
    output.flush().context("writing to standard output")
}

fn rendered(line: &[u8]) -> Result<markup::Rendered> {
    let input: Input = serde_json::from_slice(line).context("the line is not an object {\"markdown\": …}")?;
    Ok(markup::render(&input.markdown, &Nowhere)?)
}

fn write_line(output: &mut impl Write, value: &Output<'_>) -> Result<()> {
    serde_json::to_writer(&mut *output, value).context("writing a line")?;
    output.write_all(b"\n").context("writing a line")
}

#[cfg(test)]
mod tests {
    use super::json_lines_to;

    #[test]
    fn every_line_is_answered_by_one() {
        let lines = b"{\"markdown\": \"*a*\"}\n\nno object\n{\"markdown\": 7}\n\xff\n{\"markdown\": \"b\"}\r\n";
        let mut output = Vec::new();
        json_lines_to(&mut lines.as_slice(), &mut output).unwrap();
        let answers: Vec<serde_json::Value> =
            String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(answers.len(), 6);
        for (number, answer) in answers.iter().enumerate() {
            let (html, error) = (answer["html"].as_str().unwrap(), answer["error"].as_str());
            let good = [0, 5].contains(&number);
            assert_eq!((html.is_empty(), error.is_none()), (!good, good), "{answer}");
            assert!(good || error.unwrap().contains("is not an object"), "{answer}");
        }
    }
}
