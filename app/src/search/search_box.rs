//! The search field in the top bar: a plain form that works everywhere. With scripts the box with suggestions
//! (`frontend/scripts/palette.ts`) opens where somebody points at it, and with `/`.

use crate::search::form::follow;
use crate::words;
use leptos::prelude::*;

/// Sends the words to `/search`.
#[component]
pub fn SearchBox() -> impl IntoView {
    view! {
        <form method="get" action="/search" class="find" role="search" on:submit=follow()>
            <input type="search" name="q" id="find" autocomplete="off" maxlength="128" placeholder=words::SEARCH_HINT aria-label=words::SEARCH />
            <kbd aria-hidden="true">"/"</kbd>
        </form>
    }
}
