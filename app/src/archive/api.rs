//! Reading the archive over HTTP.

#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::error::AppError;
use crate::json::JsonAnswer;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use types::Month;

/// Months with the number of published articles, newest first.
///
/// # Errors
/// A fault of the server.
#[server(prefix = "/api", endpoint = "archive", input = GetUrl, output = JsonAnswer)]
pub async fn list_months() -> Result<Vec<(Month, u32)>, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    answer(services()?.directory.months().await)
}
