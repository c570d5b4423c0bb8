//! The page of results. Its whole state stands in the address.

use crate::article::api::list_recommended;
use crate::article::page::NeighbourList;
use crate::resource::resource;
use crate::search::api::search;
use crate::search::facets::{FacetChips, ScopeSwitch};
use crate::search::hit::HitCard;
use crate::site::Columns;
use crate::ui::Erase;
use crate::ui::{Failure, PageTitle, Pager};
use crate::words;
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;
use types::percent::encode;
use types::{ArticleFilter, ArticleSort, PageNumber, Scope, SearchQuery, SearchResults, join_values};

/// `/search`.
#[component]
pub fn SearchPage() -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| {
        let params = params.read();
        // `category=a&category=b`, as a form sends it, is `category=a,b`.
        let filter = ArticleFilter::from_texts(|name| params.get_all(name).map(|values| values.join(",")));
        SearchQuery::new(params.get_str("q").unwrap_or_default(), filter).verbatim(params.get_str("verbatim") == Some("1"))
    });
    let results = resource(
        move || query.get(),
        |query| async move { if query.text().is_empty() { Ok(SearchResults::default()) } else { search(query).await } },
    );
    view! {
        <Columns category=None>
            <h1 class="hidden">{words::RESULTS}</h1>
            <Form method="GET" action="/search" attr:class="q" attr:role="search">
                <input
                    type="search"
                    name="q"
                    maxlength="128"
                    autocomplete="off"
                    value=move || query.read().text().to_owned()
                    placeholder=words::SEARCH_HINT
                    aria-label=words::SEARCH
                />
            </Form>
            <Transition>
                {move || Suspend::new(async move {
                    let results = results.await;
                    let query = query.get_untracked();
                    match results {
                        _ if query.text().is_empty() => {
                            view! {
                                <PageTitle text=words::SEARCH canonical="/search".to_owned() />
                                <p class="empty">{words::SEARCH_EMPTY}</p>
                            }
                                .erase()
                        }
                        Ok(results) => view! { <Results query results /> }.erase(),
                        Err(error) => view! { <Failure error /> }.erase(),
                    }
                })}
            </Transition>
        </Columns>
    }
    .erase()
}

/// What was found.
#[component]
fn Results(query: SearchQuery, results: SearchResults) -> impl IntoView {
    let title = format!("{} - {}", query.text(), words::RESULTS);
    let pages = types::Page::<()> {
        total: results.total,
        page: results.page.into(),
        per_page: results.per_page,
        items: Vec::new(),
    };
    let href = {
        let query = query.clone();
        Box::new(move |number: u32| {
            let mut to = query.clone();
            to.filter.page = number.into();
            address(&to)
        })
    };
    let nothing = results.total == 0;
    view! {
        <PageTitle text=title />
        <ScopeSwitch query=query.clone() />
        <FacetChips query=query.clone() facets=results.facets />
        <p class="tell" role="status">
            {words::hits(results.total, results.took)}
            {(!results.terms.is_empty()).then(|| view! { " · "{words::MATCHED_TERMS}{results.terms.join(" ")} })}
        </p>
        <Order query=query.clone() />
        {results.hits.into_iter().map(|hit| view! { <HitCard hit /> }).collect_view()}
        {nothing.then(|| view! { <Nothing query=query.clone() /> })}
        <Pager page=pages.page last=pages.last() href />
    }
}

/// Links that change the order of the results.
#[component]
fn Order(query: SearchQuery) -> impl IntoView {
    let links = [
        (ArticleSort::Relevance, words::RELEVANCE),
        (ArticleSort::Newest, words::NEWEST),
        (ArticleSort::Views, words::MOST_READ),
    ]
    .into_iter()
    .map(|(sort, word)| {
        let mut to = query.clone();
        to.filter.sort = sort;
        to.filter.page = PageNumber::FIRST;
        let current = (query.filter.sort == sort).then_some("true");
        view! { <a href=address(&to) aria-current=current>{word}</a> }
    })
    .collect_view();
    view! { <nav class="sort" aria-label=words::ORDER>{links}</nav> }
}

/// What helps when nothing was found.
#[component]
fn Nothing(query: SearchQuery) -> impl IntoView {
    let filtered = query.filter != ArticleFilter { page: query.filter.page, ..ArticleFilter::default() };
    let plain = SearchQuery::new(query.text(), ArticleFilter::default());
    let popular = resource(|| None, list_recommended);
    view! {
        <section class="empty">
            <p><b>{words::NO_HITS}</b></p>
            <p>{words::NO_HITS_HELP}</p>
            {filtered.then(|| view! { <p><a href=address(&plain)>{words::WITHOUT_FILTERS}</a></p> })}
            <Suspense>
                {move || Suspend::new(async move {
                    popular.await.ok().map(|articles| view! { <NeighbourList heading=words::RECOMMENDED articles /> })
                })}
            </Suspense>
        </section>
    }
}

/// The address of a search: only what differs from the usual is said.
#[must_use]
pub fn address(query: &SearchQuery) -> String {
    let filter = &query.filter;
    let mut address = format!("/search?q={}", encode(query.text()));
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            address.push_str(&format!("&{name}={}", encode(&value)));
        }
    };
    add("scope", (filter.scope != Scope::All).then(|| filter.scope.to_string()));
    add("category", join_values(&filter.category));
    add("tag", join_values(&filter.tag));
    add("author", filter.author.as_ref().map(ToString::to_string));
    add("month", join_values(&filter.month));
    add("kind", join_values(&filter.kind));
    add("sort", (filter.sort != ArticleSort::Relevance).then(|| filter.sort.to_string()));
    add("page", (filter.page != PageNumber::FIRST).then(|| filter.page.to_string()));
    add("verbatim", query.verbatim.then(|| "1".to_owned()));
    address
}
