//! Faults on their way to visitors: logged here once, with a number that the visitor is told.

use app::error::AppError;
use std::error::Error;

/// Logs a fault with all its causes and returns what a visitor may know.
pub fn internal(operation: &str, error: &dyn Error) -> AppError {
    let report = uuid::Uuid::new_v4().simple().to_string()[..8].to_owned();
    let mut causes = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        causes.push_str(": ");
        causes.push_str(&cause.to_string());
        source = cause.source();
    }
    tracing::error!(report, operation, "{operation} failed (report {report}): {causes}");
    AppError::Internal { report }
}
