//! What is read most, beside a page.

use crate::article::api::list_recommended;
use crate::article::page::NeighbourList;
use crate::resource::resource;
use crate::ui::{Erase, wait};
use crate::words;
use leptos::prelude::*;
use types::Slug;

/// The most read articles of a category, or of the whole site.
#[component]
pub fn Recommended(
    /// The category's slug.
    category: Option<Slug>,
) -> impl IntoView {
    let articles = resource(move || category.as_ref().map(ToString::to_string), list_recommended);
    view! {
        {wait(move || async move {
                articles.await.ok().map(|articles| view! { <NeighbourList heading=words::RECOMMENDED articles /> }).erase()
            })}
    }
}
