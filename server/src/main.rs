//! The command line: reads the command and its settings, and calls into the library.

use clap::Parser;
use server::command::CommandLine;

fn main() -> anyhow::Result<()> {
    let line = CommandLine::parse();
    server::telemetry::start(&line.settings.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(line.run())
}
