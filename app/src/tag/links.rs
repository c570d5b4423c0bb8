//! The tags of one article.

use crate::ui::EraseEach;
use leptos::prelude::*;
use types::TagRef;

/// A link for each tag.
#[component]
pub fn TagLinks(
    /// The tags.
    tags: Vec<TagRef>,
) -> impl IntoView {
    tags.into_iter()
        .map(|tag| view! { <a class="tag" href=format!("/tag/{}", tag.key.path_segment())>{tag.name}</a> })
        .erase_each()
}
