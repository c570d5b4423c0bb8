//! Reading commands over HTTP.

#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::error::AppError;
use crate::json::JsonAnswer;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use types::LearningCard;

/// A command, by chance.
///
/// # Errors
/// [`AppError::NotFound`] when there is none, or a fault of the server.
#[server(prefix = "/api", endpoint = "learning", input = GetUrl, output = JsonAnswer)]
pub async fn get_learning_card() -> Result<LearningCard, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    answer(services()?.site.learning_card().await)
}
