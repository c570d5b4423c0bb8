//! The page of a group or a leaf.

use crate::article::ArticleList;
use crate::error::AppError;
use crate::offline::SaveOffline;
use crate::offline::save::Save;
use crate::site::Columns;
use crate::site::use_frame;
use crate::ui::{Erase, Failure, wait};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::{ArticleFilter, CategoryGroup, Slug};

/// `/category/{slug}`: the articles, with the siblings of the leaf above them.
#[component]
pub fn CategoryPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").and_then(|slug| slug.parse::<Slug>().ok()));
    let frame = use_frame();
    view! {
        {wait(move || {
                let slug = slug.get();
                async move {
                    let found = match (frame.await, slug) {
                        (Ok(frame), Some(slug)) => find(frame.groups, &slug).ok_or(AppError::NotFound).map(|found| (found, slug)),
                        (Ok(_), None) => Err(AppError::NotFound),
                        (Err(error), _) => Err(error),
                    };
                    match found {
                        Ok(((group, name), slug)) => view! { <Found group name slug /> }.erase(),
                        Err(error) => view! { <Columns category=None><Failure error /></Columns> }.erase(),
                    }
                }
            })}
    }
    .erase()
}

/// The group in which the slug stands, and the name that belongs to the slug.
fn find(groups: Vec<CategoryGroup>, slug: &Slug) -> Option<(CategoryGroup, String)> {
    groups.into_iter().find_map(|group| {
        let name = if group.slug == *slug {
            group.name.clone()
        } else {
            group.leaves.iter().find(|leaf| leaf.slug == *slug)?.name.clone()
        };
        Some((group, name))
    })
}

/// The page of a category that there is.
#[component]
fn Found(group: CategoryGroup, name: String, slug: Slug) -> impl IntoView {
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
