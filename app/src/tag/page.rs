//! The page of one tag.

use crate::article::ArticleList;
use crate::reply::lead_to;
use crate::resource::resource;
use crate::site::Columns;
use crate::tag::api::GetTag;
use crate::ui::{Erase, Failure, wait};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::ArticleFilter;

/// `/tag/{key}`.
#[component]
pub fn TagPage() -> impl IntoView {
    let params = use_params_map();
    let key = Memo::new(move |_| params.read().get("key").unwrap_or_default());
    let tag = resource(move || GetTag { key: key.get() });
    view! {
        <Columns category=None>
            {wait(move || async move {
                    match tag.await {
                        Ok(tag) => {
                            // An alias, or another spelling: the tag has one address.
                            if key.get_untracked() != tag.key.as_str() {
                                lead_to(&format!("/tag/{}", tag.key.path_segment()));
                            }
                            let heading = format!("#{}", tag.name);
                            let canonical = format!("/tag/{}", tag.key.path_segment());
                            let filter = ArticleFilter { tag: vec![tag.key], ..ArticleFilter::default() };
                            view! {
                                <ArticleList
                                    within=Signal::stored(filter)
                                    heading=Signal::stored(heading.clone())
                                    title=heading
                                    canonical
                                    feeds=true
                                />
                            }
                                .erase()
                        }
                        Err(error) => view! { <Failure error /> }.erase(),
                    }
                })}
        </Columns>
    }
    .erase()
}
