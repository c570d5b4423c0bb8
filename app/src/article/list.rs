//! A list of articles, page by page, with its order in the address.

use crate::article::ArticleCard;
use crate::article::api::ListArticles;
use crate::parameters::use_parameters;
use crate::resource::resource;
use crate::ui::{Erase, EraseEach, Failure, PageTitle, Pager, Part, wait};
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use types::{ArticleFilter, ArticleSort, Scope};

/// The articles within a filter; the address's query adds order, scope and page.
#[component]
pub fn ArticleList(
    /// What the page itself narrows the list to.
    #[prop(into)]
    within: Signal<ArticleFilter>,
    /// The heading of the page.
    #[prop(into)]
    heading: Signal<String>,
    /// The title of the document; that of the site alone when empty.
    #[prop(into)]
    title: String,
    /// The address of the list.
    #[prop(into)]
    canonical: String,
    /// Whether the list has feeds of its own.
    #[prop(optional)]
    feeds: bool,
) -> impl IntoView {
    let query = use_parameters();
    let path = use_location().pathname;
    let filter = Memo::new(move |_| {
        let query = query.read();
        let asked = ArticleFilter::from_texts(|name| query.get(name));
        let scope = if asked.scope == Scope::All { within.read().scope } else { asked.scope };
        ArticleFilter { sort: asked.sort, page: asked.page, scope, ..within.get() }
    });
    let articles = resource(move || filter.with(ListArticles::filtered));

    view! {
        {wait(move || {
            let (title, canonical) = (title.clone(), canonical.clone());
            async move {
                let page = match articles.await {
                    Ok(page) => page,
                    Err(error) => return view! { <Failure error /> }.erase(),
                };
                let (filter, path) = (filter.get_untracked(), path.get_untracked());
                let last = page.last();
                let part = Part {
                    page: page.page.get(),
                    last,
                    unusual: filter.sort == ArticleSort::Views || filter.scope != within.get_untracked().scope,
                };
                let feeds = feeds.then(|| canonical.clone());
                let href = {
                    let filter = filter.clone();
                    let path = path.clone();
                    Box::new(move |number: u32| address(&path, filter.sort, filter.scope, number))
                };
                let empty = page.items.is_empty().then(|| match page.total {
                    0 => (words::NOTHING_HERE, "/".to_owned(), words::HOME),
                    _ => (words::NOTHING_MORE, path.clone(), words::FIRST_PAGE),
                });
                view! {
                    <PageTitle text=title canonical=canonical feeds=feeds part=part />
                    <header class="lede">
                        <h1>{heading.get_untracked()} <small class="num">{words::articles(page.total)}</small></h1>
                        <Order path=path.clone() sort=filter.sort scope=filter.scope />
                    </header>
                    <div class="cards">
                        {page.items.into_iter().map(|article| view! { <ArticleCard article /> }).erase_each()}
                    </div>
                    {empty.map(|(word, way, name)| view! { <p class="empty">{word}" "<a href=way>{name}</a></p> })}
                    <Pager page=page.page last href />
                }
                .erase()
            }
        })}
    }
    .erase()
}

/// Links that change the order of the list.
#[component]
fn Order(path: String, sort: ArticleSort, scope: Scope) -> impl IntoView {
    let by_views = sort == ArticleSort::Views;
    let original = scope == Scope::Articles;
    let current = |yes: bool| yes.then_some("true");
    let other_scope = if original { Scope::All } else { Scope::Articles };
    view! {
        <nav class="sort" aria-label=words::ORDER>
            <a href=address(&path, ArticleSort::Relevance, scope, 1) aria-current=current(!by_views)>{words::NEWEST}</a>
            <a href=address(&path, ArticleSort::Views, scope, 1) aria-current=current(by_views)>{words::MOST_READ}</a>
            {(scope != Scope::Downloads)
                .then(|| {
                    view! {
                        <a href=address(&path, sort, other_scope, 1) aria-current=current(original)>
                            {words::ORIGINAL_ONLY}
                        </a>
                    }
                })}
        </nav>
    }
}

/// The address of a page of a list: only what differs from the usual is said.
fn address(path: &str, sort: ArticleSort, scope: Scope, page: u32) -> String {
    let mut parts = Vec::new();
    if sort == ArticleSort::Views {
        parts.push("sort=views".to_owned());
    }
    if scope == Scope::Articles {
        parts.push("scope=articles".to_owned());
    }
    if page > 1 {
        parts.push(format!("page={page}"));
    }
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}
