//! Measures the finished program from outside: how well it finds what people look for, and how fast, beside other engines
//! that index the same texts in the same run. `make relevance` and `make bench` call it.

mod articles;
mod baseline;
mod bench;
mod corpus;
mod growth;
mod http;
mod pages;
mod peers;
mod relevance;
mod score;
mod site;
mod table;
mod variants;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Measures the finished program.
#[derive(Parser)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    settings: Settings,
}

/// What every measurement needs.
#[derive(Args)]
pub struct Settings {
    /// Folder with `manifest.jsonl`, `relevance.jsonl` and the articles they name
    #[arg(long, env = "CORPUS", global = true)]
    corpus: Option<PathBuf>,
    /// The program
    #[arg(long, default_value = "target/release/liuguang", global = true)]
    program: PathBuf,
    /// Leaves the other engines out
    #[arg(long, global = true)]
    alone: bool,
    /// Leaves the measured site on the disk
    #[arg(long, global = true)]
    keep: bool,
    /// An empty PostgreSQL database; PostgreSQL is left out without it
    #[arg(long, env = "LIUGUANG_TEST_POSTGRES", global = true)]
    postgres: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the judged queries and compares the figures with the baseline
    Relevance {
        /// Figures that must not be missed by more than a point
        #[arg(long, default_value = "server/measure/baseline.json")]
        baseline: PathBuf,
        /// Writes the figures of this run into the baseline
        #[arg(long)]
        write_baseline: bool,
        /// Prints the queries whose article is not the first hit
        #[arg(long)]
        misses: bool,
    },
    /// Measures latency, indexing, sizes and memory with many articles, and the throughput of pages
    Bench {
        /// Numbers of articles
        #[arg(long, value_delimiter = ',', default_value = "4000,100000")]
        articles: Vec<usize>,
        /// Seconds for each measurement of page throughput; 0 leaves them out
        #[arg(long, default_value_t = 5)]
        seconds: u32,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(CommandLine::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(line: CommandLine) -> Result<()> {
    match line.command {
        Command::Relevance { baseline, write_baseline, misses } => {
            relevance::run(&line.settings, &baseline, write_baseline, misses).await
        }
        Command::Bench { articles, seconds } => bench::run(&line.settings, &articles, seconds).await,
    }
}
