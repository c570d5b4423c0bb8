//! Where an article stands in the tree, as links.

use leptos::prelude::*;
use types::CategoryRef;

/// Group and leaf, or the group alone.
#[component]
pub fn CategoryTrail(
    /// Where.
    category: CategoryRef,
) -> impl IntoView {
    let leaf = category.is_leaf();
    view! {
        <a href=format!("/category/{}", category.group_slug)>{category.group}</a>
        {leaf.then(|| view! { <a href=format!("/category/{}", category.slug)>{category.name}</a> })}
    }
}
