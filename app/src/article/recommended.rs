//! What is read most, beside a page.

use crate::article::api::ListRecommended;
use crate::article::page::NeighbourList;
use crate::resource::resource;
use crate::ui::{Erase, wait};
use crate::words;
use leptos::prelude::*;
use types::{Neighbour, Slug};

/// Articles that are shown.
const SHOWN: usize = 8;

/// The most read articles of a category, or of the whole site.
#[component]
pub fn Recommended(
    /// The category's slug.
    #[prop(into)]
    category: Signal<Option<Slug>>,
    /// The article that is being read: it is not recommended to its reader.
    #[prop(optional)]
    but: Option<Slug>,
) -> impl IntoView {
    let articles = resource(move || ListRecommended { category: category.read().as_ref().map(ToString::to_string) });
    let but = StoredValue::new(but);
    let others = move |mut articles: Vec<Neighbour>| {
        but.with_value(|but| articles.retain(|article| Some(&article.slug) != but.as_ref()));
        articles.truncate(SHOWN);
        articles
    };
    view! {
        {wait(move || async move {
                articles
                    .await
                    .ok()
                    .map(|articles| view! { <NeighbourList heading=words::RECOMMENDED articles=others(articles) /> })
                    .erase()
            })}
    }
}
