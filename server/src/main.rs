//! The command line: reads the command and its settings, and calls into the library.

use clap::Parser;
use server::command::CommandLine;
use std::process::ExitCode;

/// A page takes some ten thousand small pieces of memory, often on one thread and back on another (decision 0014).
/// `.cargo/config.toml` sets how soon it gives free memory back.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // One line: the operation that failed, and its causes behind colons.
        Err(error) => {
            eprintln!("liuguang: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let line = CommandLine::parse();
    server::telemetry::start(&line.settings.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(line.run())
}
