//! Reading tags over HTTP.

#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::error::AppError;
use crate::json::JsonAnswer;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use types::Tag;

/// The tags in most use.
///
/// # Errors
/// A fault of the server.
#[server(prefix = "/api", endpoint = "tags", input = GetUrl, output = JsonAnswer)]
pub async fn list_tags() -> Result<Vec<Tag>, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    answer(services()?.directory.tags().await)
}

/// The tag with this key or alias.
///
/// # Errors
/// [`AppError::NotFound`], or a fault of the server.
#[server(prefix = "/api", endpoint = "tag", input = GetUrl, output = JsonAnswer)]
pub async fn get_tag(key: String) -> Result<Tag, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    answer(match key.parse() {
        Ok(key) => services()?.directory.tag(&key).await,
        Err(_) => Err(AppError::NotFound),
    })
}
