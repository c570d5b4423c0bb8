//! What the pages of admins share: navigation, what a post did, searching and paging a list, buttons that post.

use super::{ListQuery, Place};
use crate::account::{Viewer, viewer};
use crate::error::AppError;
use crate::form::Said;
use crate::parameters::use_parameters;
use crate::services::{Admin, services};
use crate::ui::{Failure, PageTitle, Pager};
use crate::words::admin as words;
use leptos::prelude::*;
use std::future::Future;
use std::sync::Arc;
use types::{Object, Page, PageNumber, can};

/// The part of a list that the address asks for.
pub(super) fn asked() -> ListQuery {
    let query = use_parameters();
    let query = query.read_untracked();
    let text = query.get("q").unwrap_or_default().trim().chars().take(100).collect();
    ListQuery { text, page: PageNumber::from_text(query.get("page")) }
}

/// A page: loads what it shows, under the navigation of all of them.
pub(super) fn desk<T, F>(
    place: Place,
    load: impl Fn(Arc<dyn Admin>, Viewer) -> F + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let done = use_parameters().read_untracked().get("done").and_then(words::done);
    let load = Arc::new(load);
    let found = AsyncDerived::new(move || {
        let (viewer, services, load) = (viewer(), services(), Arc::clone(&load));
        async move { load(services?.admin, viewer).await }
    });
    let role = viewer().role();
    let mut links = Place::ALL
        .into_iter()
        .filter(|other| can(role, other.needs(), Object::Foreign))
        .map(|other| {
            let current = (other == place).then_some("page");
            view! { <a href=other.path() aria-current=current>{words::place(other)}</a> }
        })
        .peekable();
    let menu = links.peek().is_some().then(|| {
        view! { <nav class="desk" aria-label=words::ADMIN>{links.collect_view()}</nav> }
    });
    view! {
        <main id="main" class="wrap account-page admin">
            <PageTitle text=format!("{} · {}", words::place(place), words::ADMIN) />
            {menu}
            <h1>{words::place(place)}</h1>
            <Said />
            {done.map(|text| view! { <p class="note good" role="status">{text}</p> })}
            <Suspense>
                {move || {
                    let show = show.clone();
                    Suspend::new(async move {
                        match found.await {
                            Ok(found) => show(found),
                            Err(error) => view! { <Failure error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
    .into_any()
}

/// Searches a list.
#[component]
pub(super) fn Find(
    /// The list.
    place: Place,
    /// What was searched.
    text: String,
) -> impl IntoView {
    view! {
        <form method="get" action=place.path() role="search" class="row seek">
            <label for="find">{words::FIND}</label>
            <input id="find" type="search" name="q" value=text autocomplete="off" />
            <button>{words::FIND_IT}</button>
        </form>
    }
    .into_any()
}

/// Leads through the pages of a list, or says that it is empty.
pub(super) fn pages<T>(place: Place, text: String, page: &Page<T>) -> AnyView {
    let last = u32::try_from(page.total.div_ceil(u64::from(page.per_page.max(1)))).unwrap_or(u32::MAX).max(1);
    let href = move |number: u32| ListQuery { text: text.clone(), page: number.into() }.address(place);
    view! {
        {(page.total == 0).then(|| view! { <p>{words::EMPTY}</p> })}
        <Pager page=page.page last href=Box::new(href) />
    }
    .into_any()
}

/// A form that is one button.
#[component]
pub(super) fn Act(
    /// Where it is posted.
    to: String,
    /// What it does.
    action: &'static str,
    /// To what.
    #[prop(into)]
    id: String,
    /// The word on the button.
    word: &'static str,
    /// The word for voices, which hear no neighbours.
    label: String,
    /// It would do nothing now.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    view! {
        <form method="post" action=to>
            <input type="hidden" name="action" value=action />
            <input type="hidden" name="id" value=id />
            <button aria-label=label disabled=disabled>{word}</button>
        </form>
    }
    .into_any()
}

/// The hidden fields by which a form says what it does, and to what.
pub(super) fn means(action: &'static str, id: &str) -> AnyView {
    view! {
        <input type="hidden" name="action" value=action />
        <input type="hidden" name="id" value=id.to_owned() />
    }
    .into_any()
}
