//! Reading the tree over HTTP.

#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::error::AppError;
use crate::json::JsonAnswer;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use types::CategoryGroup;

/// Groups and leaves with the number of published articles.
///
/// # Errors
/// A fault of the server.
#[server(prefix = "/api", endpoint = "categories", input = GetUrl, output = JsonAnswer)]
pub async fn list_categories() -> Result<Vec<CategoryGroup>, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    answer(services()?.directory.categories().await)
}
