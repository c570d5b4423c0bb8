//! The log: sentences on standard error.

use anyhow::{Context, Result};
use tracing_subscriber::EnvFilter;

/// Starts logging at a level such as `info`, or with a filter such as `info,server=debug`.
///
/// # Errors
/// When the filter cannot be understood.
pub fn start(filter: &str) -> Result<()> {
    let filter = EnvFilter::try_new(filter)
        .with_context(|| format!("LIUGUANG_LOG is {filter:?}; use error, warn, info, debug or trace"))?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    Ok(())
}
