//! The page of a group or a leaf.

use crate::article::ArticleList;
use crate::category::api::{CategoryPlace, GetCategory};
use crate::offline::SaveOffline;
use crate::offline::save::Save;
use crate::resource::resource;
use crate::site::Columns;
use crate::ui::{Erase, Failure, wait};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::ArticleFilter;

/// `/category/{slug}`: the articles, with the siblings of the leaf above them.
#[component]
pub fn CategoryPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let place = resource(move || GetCategory { slug: slug.get() });
    view! {
        {wait(move || async move {
                match place.await {
                    Ok(place) => view! { <Found place /> }.erase(),
                    Err(error) => view! { <Columns category=None><Failure error /></Columns> }.erase(),
                }
            })}
    }
    .erase()
}

/// The page of a category that there is.
#[component]
fn Found(place: CategoryPlace) -> impl IntoView {
    let CategoryPlace { slug, name, group } = place;
    let filter = ArticleFilter { category: vec![slug.clone()], ..ArticleFilter::default() };
    let heading = name.clone();
    let links: Vec<_> = std::iter::once((group.slug, group.name.clone(), None))
        .chain(group.leaves.into_iter().map(|leaf| (leaf.slug, leaf.name, Some(leaf.count))))
        .map(|(to, name, count)| {
            let current = (to == slug).then_some("page");
            view! {
                <a href=format!("/category/{to}") aria-current=current>
                    {name} {count.map(|count| view! { " "<span class="num">{count}</span> })}
                </a>
            }
        })
        .collect();
    view! {
        <Columns category=Some(slug.clone())>
            <nav class="siblings" aria-label=group.name>{links}</nav>
            <SaveOffline what=Save::Category of=slug.to_string() />
            <ArticleList
                within=Signal::stored(filter)
                heading=Signal::stored(heading)
                title=name
                canonical=format!("/category/{slug}")
                feeds=true
            />
        </Columns>
    }
}
