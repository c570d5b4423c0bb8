//! The menu of all groups and leaves: a row with panels on wide screens, a drawer on phones.
//!
//! It is one element for both, with the platform's `popover`: the button in the top bar opens it without any script.

use crate::ui::EraseEach;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use types::CategoryGroup;

/// The id by which the button in the top bar opens the menu.
pub const MENU_ID: &str = "menu";

/// Every group with its leaves.
#[component]
pub fn CategoryMenu(
    /// The tree.
    groups: Vec<CategoryGroup>,
) -> impl IntoView {
    let path = use_location().pathname;
    view! {
        <nav id=MENU_ID class="groups" aria-label=words::CATEGORIES popover="auto">
            <button class="close" popovertarget=MENU_ID popovertargetaction="hide">
                {words::CLOSE}
            </button>
            <ul class="wrap">
                {groups
                    .into_iter()
                    .map(|group| {
                        let href = format!("/category/{}", group.slug);
                        let inside: Vec<String> = std::iter::once(href.clone())
                            .chain(group.leaves.iter().map(|leaf| format!("/category/{}", leaf.slug)))
                            .collect();
                        let current = move || path.with(|path| inside.contains(path)).then_some("true");
                        view! {
                            <li>
                                <a href=href aria-current=current>{group.name}</a>
                                <ul>
                                    {group
                                        .leaves
                                        .into_iter()
                                        .map(|leaf| {
                                            view! {
                                                <li>
                                                    <a href=format!("/category/{}", leaf.slug)>
                                                        {leaf.name}
                                                        {(leaf.count > 0).then(|| view! { <span class="num">{leaf.count}</span> })}
                                                    </a>
                                                </li>
                                            }
                                        })
                                        .erase_each()}
                                </ul>
                            </li>
                        }
                    })
                    .erase_each()}
            </ul>
        </nav>
    }
}
