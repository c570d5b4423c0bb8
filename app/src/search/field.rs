//! The large field of the results page: a plain form. With the client `frontend/scripts/fields.ts` lets the results
//! follow the typing.

use crate::search::address::filters;
use crate::search::form::follow;
use crate::ui::EraseEach;
use crate::words;
use leptos::prelude::*;
use types::SearchQuery;

/// The field with the words of the current search. What the search is narrowed to goes along with other words.
#[component]
pub fn SearchField(
    /// The current search.
    query: Memo<SearchQuery>,
) -> impl IntoView {
    view! {
        <form method="get" action="/search" class="q" role="search" aria-label=words::SEARCH_AGAIN on:submit=follow()>
            <input
                type="search"
                name="q"
                maxlength="128"
                autocomplete="off"
                enterkeyhint="search"
                // Whoever comes without words comes to type some.
                autofocus=query.with_untracked(SearchQuery::is_empty)
                value=query.get_untracked().text().to_owned()
                placeholder=words::SEARCH_HINT
                aria-label=words::SEARCH
            />
            {move || {
                filters(&query.read())
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .erase_each()
            }}
        </form>
    }
}
