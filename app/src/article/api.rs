//! Reading articles over HTTP.

#![allow(clippy::too_many_arguments, reason = "each argument is a parameter of the address")]
#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::error::AppError;
use crate::json::JsonAnswer;
use crate::without_text::Shorten;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use types::{Article, ArticleFilter, ArticleSummary, Neighbour, Page, SafeHtml, join_values};

/// The article with this slug.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Gone`], or a fault of the server.
#[server(prefix = "/api", endpoint = "article", input = GetUrl, output = JsonAnswer)]
pub async fn get_article(slug: String) -> Result<Article, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    let slug = slug.parse().map_err(|_| AppError::NotFound);
    answer(match slug {
        Ok(slug) => services()?.articles.by_slug(&slug).await,
        Err(error) => Err(error),
    })
}

/// One page of the published articles. Values that make no sense are left out of the filter, but no article is of a month
/// that is none.
///
/// # Errors
/// A fault of the server.
#[server(prefix = "/api", endpoint = "articles", input = GetUrl, output = JsonAnswer)]
pub async fn list_articles(
    #[server(default)] scope: Option<String>,
    #[server(default)] category: Option<String>,
    #[server(default)] tag: Option<String>,
    #[server(default)] author: Option<String>,
    #[server(default)] month: Option<String>,
    #[server(default)] sort: Option<String>,
    #[server(default)] page: Option<String>,
    #[server(default)] per_page: Option<String>,
    #[server(default)] kind: Option<String>,
) -> Result<Page<ArticleSummary>, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    let filter = ArticleFilter::from_texts(|name| match name {
        "scope" => scope.as_deref(),
        "category" => category.as_deref(),
        "tag" => tag.as_deref(),
        "author" => author.as_deref(),
        "month" => month.as_deref(),
        "kind" => kind.as_deref(),
        "sort" => sort.as_deref(),
        "page" => page.as_deref(),
        "per_page" => per_page.as_deref(),
        _ => None,
    });
    answer(services()?.articles.list(&filter).await)
}

/// The most read articles of a category, or of the whole site.
///
/// # Errors
/// A fault of the server.
#[server(prefix = "/api", endpoint = "recommended", input = GetUrl, output = JsonAnswer)]
pub async fn list_recommended(#[server(default)] category: Option<String>) -> Result<Vec<Neighbour>, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    let category = category.and_then(|slug| slug.parse().ok());
    answer(services()?.articles.recommended(category.as_ref()).await)
}

/// Some articles by chance, without the one that is named, because it is being read.
///
/// # Errors
/// A fault of the server.
#[server(prefix = "/api", endpoint = "random", input = GetUrl, output = JsonAnswer)]
pub async fn list_random(#[server(default)] but: Option<String>) -> Result<Vec<Neighbour>, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    let but = but.and_then(|slug| slug.parse().ok());
    answer(services()?.articles.random(but.as_ref()).await)
}

impl ListArticles {
    /// The list that a filter describes.
    #[must_use]
    pub fn filtered(filter: &ArticleFilter) -> Self {
        Self {
            scope: Some(filter.scope.to_string()),
            category: join_values(&filter.category),
            tag: join_values(&filter.tag),
            author: filter.author.as_ref().map(ToString::to_string),
            month: join_values(&filter.month),
            sort: Some(filter.sort.to_string()),
            page: Some(filter.page.to_string()),
            per_page: Some(filter.per_page.to_string()),
            kind: join_values(&filter.kind),
        }
    }
}

impl Shorten for Article {
    fn without_text(&self) -> Self {
        Self { html: SafeHtml::default(), ..self.clone() }
    }
}
