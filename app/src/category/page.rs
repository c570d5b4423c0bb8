//! The page of a group or a leaf.

use crate::article::{About, ArticleList, Listed};
use crate::category::api::{CategoryPlace, GetCategory};
use crate::offline::SaveOffline;
use crate::offline::save::Save;
use crate::resource::resource;
use crate::site::Columns;
use crate::ui::{Erase, Failure, JsonLd, StructuredData, breadcrumbs, wait};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::{ArticleFilter, Slug};

/// `/category/{slug}`: the articles, with the siblings of the leaf above them.
#[component]
pub fn CategoryPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let category = Memo::new(move |_| slug.read().parse::<Slug>().ok());
    let place = resource(move || GetCategory { slug: slug.get() });
    let list = ArticleList::within(Signal::derive(move || ArticleFilter {
        category: category.get().into_iter().collect(),
        ..ArticleFilter::default()
    }));
    view! {
        <Columns category>
            {wait(move || async move {
                let listed = list.listed().await;
                match place.await {
                    Ok(place) => found(place, listed),
                    Err(error) => view! { <Failure error /> }.erase(),
                }
            })}
        </Columns>
    }
    .erase()
}

/// The page of a category that there is.
fn found(place: CategoryPlace, listed: Listed) -> AnyView {
    let CategoryPlace { slug, name, group, hidden } = place;
    let structured = StructuredData::new(|| {
        let leaf = (group.slug != slug).then(|| (name.clone(), format!("/category/{slug}")));
        breadcrumbs(std::iter::once((group.name.clone(), format!("/category/{}", group.slug))).chain(leaf))
    });
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
    let canonical = format!("/category/{slug}");
    view! {
        <nav class="siblings" aria-label=group.name>{links}</nav>
        <SaveOffline what=Save::Category of=slug.to_string() />
        {listed.show(About { heading: name.clone(), title: name, canonical, feeds: true, noindex: hidden })}
        <JsonLd data=structured />
    }
    .erase()
}
