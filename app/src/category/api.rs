//! Reading the tree over HTTP.

#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::error::AppError;
use crate::json::JsonAnswer;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use types::{CategoryGroup, Slug};

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

/// A category among its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryPlace {
    /// In addresses.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// The group that it is, or in which it stands.
    pub group: CategoryGroup,
    /// Menus and lists of categories leave it out; its articles are there all the same.
    #[serde(default)]
    pub hidden: bool,
}

/// A group or a leaf, and where it stands.
///
/// # Errors
/// [`AppError::NotFound`] when there is none with this slug.
#[server(prefix = "/api", endpoint = "category", input = GetUrl, output = JsonAnswer)]
pub async fn get_category(slug: String) -> Result<CategoryPlace, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    answer(match slug.parse() {
        Ok(slug) => services()?.directory.category(&slug).await,
        Err(_) => Err(AppError::NotFound),
    })
}
