//! Faults on their way to visitors: logged here once, with a number that the visitor is told.

use app::error::AppError;
use std::error::Error;
use store::StoreError;

/// Logs a fault with all its causes and returns what a visitor may know. What a database out of reach brings about passes.
pub fn internal(operation: &str, error: &(dyn Error + 'static)) -> AppError {
    let report = uuid::Uuid::new_v4().simple().to_string()[..8].to_owned();
    let causes = store::causes(error);
    tracing::error!(report, operation, "{operation} failed (report {report}): {causes}");
    if error.downcast_ref().is_some_and(StoreError::is_passing) {
        AppError::Unavailable
    } else {
        AppError::Internal { report }
    }
}
