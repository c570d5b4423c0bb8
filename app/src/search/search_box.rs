//! The search box in the top bar: a plain form that works everywhere; `/` focuses it.

use crate::words;
use leptos::prelude::*;
use leptos_router::components::Form;

/// Sends the words to `/search`.
#[component]
pub fn SearchBox() -> impl IntoView {
    view! {
        <Form method="GET" action="/search" attr:class="find" attr:role="search">
            <input type="search" name="q" id="find" autocomplete="off" maxlength="128" placeholder=words::SEARCH_HINT aria-label=words::SEARCH />
            <kbd aria-hidden="true">"/"</kbd>
        </Form>
    }
}
