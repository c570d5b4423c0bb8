//! The page of one author, and the link that leads there.

use crate::article::{About, ArticleList};
use crate::author::api::GetAuthor;
use crate::resource::resource;
use crate::site::Columns;
use crate::ui::{Erase, Failure, wait};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::{ArticleFilter, Author};

/// An author's name.
#[component]
pub fn AuthorLink(
    /// The author.
    author: Author,
) -> impl IntoView {
    view! { <a class="author" rel="author" href=format!("/author/{}", author.handle)>{author.name}</a> }
}

/// `/author/{handle}`.
#[component]
pub fn AuthorPage() -> impl IntoView {
    let params = use_params_map();
    let handle = Memo::new(move |_| params.read().get("handle").unwrap_or_default());
    let author = resource(move || GetAuthor { handle: handle.get() });
    let list = ArticleList::within(Signal::derive(move || ArticleFilter {
        author: handle.read().parse().ok(),
        ..ArticleFilter::default()
    }));
    view! {
        <Columns category=None>
            {wait(move || async move {
                let listed = list.listed().await;
                match author.await {
                    Ok((author, _)) => {
                        let canonical = format!("/author/{}", author.handle);
                        let heading = author.name.clone();
                        listed.show(About { heading, title: author.name, canonical, feeds: true, noindex: false })
                    }
                    Err(error) => view! { <Failure error /> }.erase(),
                }
            })}
        </Columns>
    }
    .erase()
}
