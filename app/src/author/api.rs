//! Reading authors over HTTP.

#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::error::AppError;
use crate::json::JsonAnswer;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use types::Author;

/// The author with this handle, and the number of published articles.
///
/// # Errors
/// [`AppError::NotFound`], or a fault of the server.
#[server(prefix = "/api", endpoint = "author", input = GetUrl, output = JsonAnswer)]
pub async fn get_author(handle: String) -> Result<(Author, u32), AppError> {
    use crate::reply::answer;
    use crate::services::services;

    answer(match handle.parse() {
        Ok(handle) => services()?.directory.author(&handle).await,
        Err(_) => Err(AppError::NotFound),
    })
}
