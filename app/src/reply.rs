//! What a page or a server function says besides its content: status and cache lifetime. Nothing in the browser.

use crate::error::AppError;

/// Sets the status of the answer that is being made.
#[cfg(feature = "ssr")]
pub fn set_status(status: u16) {
    use leptos::prelude::use_context;
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(status))
    {
        response.set_status(status);
        if status == http::StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header(http::header::RETRY_AFTER, COME_BACK_IN.into());
        }
    }
}

/// Seconds after which it is worth asking again for what is not available for the moment.
#[cfg(feature = "ssr")]
const COME_BACK_IN: u16 = 5;

/// Sets the status of the answer that is being made.
#[cfg(not(feature = "ssr"))]
pub fn set_status(_status: u16) {}

/// Leads to the address under which this page stands for good (308).
#[cfg(feature = "ssr")]
pub fn lead_to(path: &str) {
    redirect(path, http::StatusCode::PERMANENT_REDIRECT);
}

/// Leads to where this is found for now (307).
#[cfg(feature = "ssr")]
pub fn lead_for_now_to(path: &str) {
    redirect(path, http::StatusCode::TEMPORARY_REDIRECT);
}

#[cfg(feature = "ssr")]
fn redirect(path: &str, status: http::StatusCode) {
    use leptos::prelude::use_context;
    if let (Some(response), Ok(path)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::HeaderValue::from_str(path))
    {
        response.insert_header(http::header::LOCATION, path);
        response.set_status(status);
    }
}

/// Leads to the address under which this page stands for good (308).
#[cfg(not(feature = "ssr"))]
pub fn lead_to(_path: &str) {}

/// Leads to where this is found for now (307).
#[cfg(not(feature = "ssr"))]
pub fn lead_for_now_to(_path: &str) {}

/// Passes a result through and sets the status that belongs to its error. For functions that only read.
///
/// # Errors
/// The error that was given.
pub fn answer<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    result.inspect_err(|error| set_status(error.status()))
}
