//! Searching over HTTP.

#![allow(clippy::too_many_arguments, reason = "each argument is a parameter of the address")]
#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::article::api::ListArticles;
use crate::error::AppError;
use crate::json::JsonAnswer;
use crate::without_text::Shorten;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use types::{Hit, SearchQuery, SearchResults, Suggestion};

/// Articles that match the words `q`, or all that the filter lets through where there are no words. Values that make no sense
/// are left out of the filter, but no article is of a month that is none; `category`, `tag`, `month` and
/// `kind` take several values with commas between. With `verbatim=1` these very words are searched, though they find nothing.
///
/// # Errors
/// [`AppError::Unavailable`] while the index is being built, or a fault of the server.
#[server(prefix = "/api", endpoint = "search", input = GetUrl, output = JsonAnswer)]
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
    #[server(default)] kind: Option<String>,
    #[server(default)] verbatim: Option<String>,
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
        "kind" => kind.as_deref(),
        "sort" => sort.as_deref(),
        "page" => page.as_deref(),
        "per_page" => per_page.as_deref(),
        _ => None,
    });
    let verbatim = verbatim.is_some_and(|verbatim| verbatim == "1");
    let query = SearchQuery::new(q.as_deref().unwrap_or_default(), filter).verbatim(verbatim);
    answer(services()?.search.search(&query).await)
}

impl SearchArticles {
    /// The search that a query describes.
    #[must_use]
    pub fn by(query: &SearchQuery) -> Self {
        let ListArticles { scope, category, tag, author, month, sort, page, per_page, kind } =
            ListArticles::filtered(&query.filter);
        Self {
            q: Some(query.text().to_owned()),
            scope,
            category,
            tag,
            author,
            month,
            sort,
            page,
            per_page,
            kind,
            verbatim: query.verbatim.then(|| "1".to_owned()),
        }
    }
}

impl Shorten for SearchResults {
    /// Marked titles and passages are left out.
    fn without_text(&self) -> Self {
        Self {
            hits: self.hits.iter().map(Hit::without_passages).collect(),
            facets: self.facets.clone(),
            corrected: self.corrected.clone(),
            terms: self.terms.clone(),
            relaxed: self.relaxed.clone(),
            ..*self
        }
    }
}

/// What could be meant by `q`, which may be half a word: at most ten categories, tags and articles, the likeliest first;
/// with `kind` (`category`, `tag` or `article`) only such.
///
/// # Errors
/// A fault of the server.
#[server(prefix = "/api", endpoint = "suggest", input = GetUrl, output = JsonAnswer)]
pub async fn suggest(
    #[server(default)] q: Option<String>,
    #[server(default)] kind: Option<String>,
) -> Result<Vec<Suggestion>, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    let query = SearchQuery::new(q.as_deref().unwrap_or_default(), Default::default());
    let kind = kind.and_then(|kind| kind.parse().ok());
    answer(services()?.search.suggest(query.text(), kind).await)
}
