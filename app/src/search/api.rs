//! Searching over HTTP.

#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use types::{SearchQuery, SearchResults};

/// Articles that match the words `q`. Values that make no sense are left out of the filter.
///
/// # Errors
/// [`AppError::Unavailable`] while the index is being built, or a fault of the server.
#[server(prefix = "/api", endpoint = "search", input = GetUrl)]
pub async fn search_articles(
    #[server(default)] q: Option<String>,
    #[server(default)] scope: Option<String>,
    #[server(default)] category: Option<String>,
    #[server(default)] tag: Option<String>,
    #[server(default)] author: Option<String>,
    #[server(default)] month: Option<String>,
    #[server(default)] sort: Option<String>,
    #[server(default)] page: Option<String>,
    #[server(default)] per_page: Option<String>,
) -> Result<SearchResults, AppError> {
    use crate::reply::answer;
    use crate::services::services;
    use types::ArticleFilter;

    let filter = ArticleFilter::from_texts(|name| match name {
        "scope" => scope.as_deref(),
        "category" => category.as_deref(),
        "tag" => tag.as_deref(),
        "author" => author.as_deref(),
        "month" => month.as_deref(),
        "sort" => sort.as_deref(),
        "page" => page.as_deref(),
        "per_page" => per_page.as_deref(),
        _ => None,
    });
    let query = SearchQuery::new(q.as_deref().unwrap_or_default(), filter);
    answer(services()?.search.search(&query).await)
}

/// The search that a query describes, from a view.
///
/// # Errors
/// As [`search_articles`].
pub async fn search(query: SearchQuery) -> Result<SearchResults, AppError> {
    let text = query.text().to_owned();
    let filter = query.filter;
    search_articles(
        Some(text),
        Some(filter.scope.to_string()),
        filter.category.map(|slug| slug.to_string()),
        filter.tag.map(|key| key.to_string()),
        filter.author.map(|handle| handle.to_string()),
        filter.month.map(|month| month.to_string()),
        Some(filter.sort.to_string()),
        Some(filter.page.to_string()),
        Some(filter.per_page.to_string()),
    )
    .await
}
