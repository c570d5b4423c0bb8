//! The log: sentences on standard error.

use anyhow::{Context, Result};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::debug_fn;

/// What holds where the filter says nothing else. The parser of HTML warns of tables that it need not understand, and
/// PostgreSQL remarks at every start that a table is there already.
const BASE: &str = "error,html5ever=error,sqlx::postgres::notice=warn";

/// Starts logging at a level such as `info`, or with a filter such as `info,server=debug`.
///
/// # Errors
/// When the filter cannot be understood.
pub fn start(filter: &str) -> Result<()> {
    let filter = understood(filter)?;
    // A file or a journal is no place for colours, nor a terminal whose owner wants none (<https://no-color.org>).
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .with_target(false)
        .fmt_fields(in_one_line())
        .init();
    Ok(())
}

/// A line for each event: what sqlx tells of a slow statement has the whole of it, over many lines, behind a summary.
fn in_one_line() -> impl for<'w> FormatFields<'w> {
    debug_fn(|writer, field, value| match field.name() {
        "message" => write!(writer, "{value:?}"),
        "db.statement" => Ok(()),
        name => write!(writer, " {name}={value:?}"),
    })
}

/// The filter. A word alone must be a level: the library would take a misspelt one for the only part that may log.
fn understood(filter: &str) -> Result<EnvFilter> {
    let failed = || format!("LIUGUANG_LOG is {filter:?}; use error, warn, info, debug or trace");
    for part in filter.split(',').map(str::trim).filter(|part| !part.is_empty() && !part.contains(['=', '[', ']'])) {
        part.parse::<LevelFilter>().with_context(failed)?;
    }
    EnvFilter::try_new(format!("{BASE},{filter}")).with_context(failed)
}

#[cfg(test)]
mod tests {
    use super::{in_one_line, understood};
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    /// What is written, for all who have a copy.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_slow_statement_is_one_line_and_remarks_of_the_database_are_none() {
        let written = Written::default();
        let writer = written.clone();
        let log = tracing_subscriber::fmt()
            .with_env_filter(understood("info").unwrap())
            .with_writer(move || writer.clone())
            .with_ansi(false)
            .with_target(false)
            .fmt_fields(in_one_line());
        tracing::subscriber::with_default(log.finish(), || {
            tracing::info!(target: "sqlx::postgres::notice", "relation is there already");
            tracing::warn!(target: "sqlx::query", summary = "select a", db.statement = "\n\nselect a\nfrom b\n", "slow");
        });
        let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert!(written.ends_with("slow summary=\"select a\"\n") && written.lines().count() == 1, "{written}");
    }

    #[test]
    fn a_word_that_is_no_level_is_refused() {
        for filter in ["info", "WARN", "off", "", "info,server=debug", "server=debug", "html5ever=trace,info"] {
            understood(filter).unwrap_or_else(|error| panic!("{filter}: {error:#}"));
        }
        for filter in ["wran", "loud", "info,servre", "server=loud"] {
            let refused = understood(filter).unwrap_err().to_string();
            assert!(refused.contains("LIUGUANG_LOG") && refused.contains("use error, warn"), "{refused}");
        }
    }
}
