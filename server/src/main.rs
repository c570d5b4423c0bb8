//! The command line: reads the command and its settings, and calls into the library.

use clap::Parser;
use server::command::CommandLine;
use std::process::ExitCode;

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
