//! The page of one tag.

use crate::article::{About, ArticleList};
use crate::parameters::use_last_segment;
use crate::reply::lead_to;
use crate::resource::resource;
use crate::site::Columns;
use crate::tag::api::GetTag;
use crate::ui::{Erase, Failure, wait};
use leptos::prelude::*;
use types::ArticleFilter;

/// `/tag/{key}`.
#[component]
pub fn TagPage() -> impl IntoView {
    let key = use_last_segment();
    let tag = resource(move || GetTag { key: key.get() });
    let list = ArticleList::within(Signal::derive(move || ArticleFilter {
        tag: key.read().parse().into_iter().collect(),
        ..ArticleFilter::default()
    }));
    view! {
        <Columns category=None>
            {wait(move || async move {
                let listed = list.listed().await;
                match tag.await {
                    Ok(tag) => {
                        let canonical = format!("/tag/{}", tag.key.path_segment());
                        // An alias, or another spelling: the tag has one address.
                        if key.get_untracked() != tag.key.as_str() {
                            lead_to(&canonical);
                        }
                        let heading = format!("#{}", tag.name);
                        listed.show(About { heading: heading.clone(), title: heading, canonical, feeds: true, noindex: false })
                    }
                    Err(error) => view! { <Failure error /> }.erase(),
                }
            })}
        </Columns>
    }
    .erase()
}
