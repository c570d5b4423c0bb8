//! Running other programs.

use anyhow::{Context, Result, ensure};
use std::process::Command;

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be started or does not succeed; the message holds the command line.
pub fn run(program: &str, arguments: &[&str]) -> Result<()> {
    let line = || format!("{program} {}", arguments.join(" "));
    let status = Command::new(program).args(arguments).status().with_context(|| format!("starting `{}`", line()))?;
    ensure!(status.success(), "`{}` failed with {status}", line());
    Ok(())
}

/// Runs a program to its end and returns what it printed.
///
/// # Errors
/// As [`run`], or when the output is not UTF-8.
pub fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let line = || format!("{program} {}", arguments.join(" "));
    let output = Command::new(program).args(arguments).output().with_context(|| format!("starting `{}`", line()))?;
    ensure!(output.status.success(), "`{}` failed: {}", line(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).with_context(|| format!("reading the output of `{}`", line()))
}
