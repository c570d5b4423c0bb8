//! A list of articles, page by page, with its order in the address.

use crate::article::ArticleCard;
use crate::article::api::ListArticles;
use crate::error::AppError;
use crate::parameters::use_parameters;
use crate::reply::set_status;
use crate::resource::{Loaded, resource};
use crate::site::site_names;
use crate::ui::{Erase, EraseEach, Failure, PageTitle, Pager, Part};
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use types::{ArticleFilter, ArticleSort, ArticleSummary, Page, Scope};

/// A list that a page asks for, besides what else it asks for: made where the page begins.
#[derive(Clone, Copy)]
pub struct ArticleList {
    /// What the page itself narrows the list to.
    within: Signal<ArticleFilter>,
    /// That, with order, scope and page from the address's query.
    filter: Memo<ArticleFilter>,
    path: Memo<String>,
    articles: Loaded<Page<ArticleSummary>>,
}

/// What a page says of its list.
#[derive(Default)]
pub struct About {
    /// The heading of the page.
    pub heading: String,
    /// The title of the document; that of the site alone when empty.
    pub title: String,
    /// The address of the list.
    pub canonical: String,
    /// Whether the list has feeds of its own.
    pub feeds: bool,
    /// Whether search engines are asked to leave the list out.
    pub noindex: bool,
}

impl ArticleList {
    /// Asks for the articles within a filter.
    #[must_use]
    pub fn within(within: Signal<ArticleFilter>) -> Self {
        let query = use_parameters();
        let path = use_location().pathname;
        let filter = Memo::new(move |_| {
            let query = query.read();
            let asked = ArticleFilter::from_texts(|name| query.get(name));
            let scope = if asked.scope == Scope::All { within.read().scope } else { asked.scope };
            ArticleFilter { sort: asked.sort, page: asked.page, scope, ..within.get() }
        });
        Self { within, filter, path, articles: resource(move || filter.with(ListArticles::filtered)) }
    }

    /// Waits for the articles.
    pub async fn listed(self) -> Listed {
        let page = self.articles.await;
        Listed {
            page,
            filter: self.filter.get_untracked(),
            scope: self.within.get_untracked().scope,
            path: self.path.get_untracked(),
        }
    }
}

/// A list that is there.
pub struct Listed {
    page: Result<Page<ArticleSummary>, AppError>,
    filter: ArticleFilter,
    /// That of the page, where the address does not say another one.
    scope: Scope,
    path: String,
}

impl Listed {
    /// The articles, with what leads to other parts of the list.
    #[must_use]
    pub fn show(self, about: About) -> AnyView {
        let Self { page, filter, scope, path } = self;
        let page = match page {
            Ok(page) => page,
            Err(error) => return view! { <Failure error /> }.erase(),
        };
        let About { heading, title, canonical, feeds, noindex } = about;
        let last = page.last();
        let rescoped = filter.scope != scope;
        // Any month can be written in an address; one without articles is no page. Its scope may just hide them.
        let nothing = page.total == 0 && !filter.month.is_empty() && !rescoped;
        let part = Part {
            page: page.page.get(),
            last,
            unusual: filter.sort == ArticleSort::Views || rescoped,
            missing: nothing || page.page.get() > last,
        };
        if part.missing {
            set_status(404);
        }
        let description = (!title.is_empty()).then(|| words::list_of(&title, page.total, &site_names().name));
        let feeds = feeds.then(|| canonical.clone());
        let href = {
            let (path, sort, scope) = (path.clone(), filter.sort, filter.scope);
            Box::new(move |number: u32| address(&path, sort, scope, number))
        };
        let empty = page.items.is_empty().then(|| match page.total {
            0 => (words::NOTHING_HERE, "/".to_owned(), words::HOME),
            _ => (words::NOTHING_MORE, path.clone(), words::FIRST_PAGE),
        });
        view! {
            <PageTitle
                text=title
                description=description.unwrap_or_default()
                canonical=canonical
                feeds=feeds
                part=part
                noindex=noindex
            />
            <header class="lede">
                <h1>{heading} <small class="num">{words::articles(page.total)}</small></h1>
                <Order path sort=filter.sort scope=filter.scope />
            </header>
            <div class="cards">
                {page.items.into_iter().map(|article| view! { <ArticleCard article /> }).erase_each()}
            </div>
            {empty.map(|(word, way, name)| view! { <p class="empty">{word}" "<a href=way>{name}</a></p> })}
            <Pager page=page.page last href />
        }
        .erase()
    }
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
