//! What narrows a search: the scope switch and the chips with counts.

use crate::search::page::address;
use crate::words;
use leptos::prelude::*;
use types::{FacetValue, Facets, PageNumber, Scope, SearchQuery};

/// The scopes as a row of links.
#[component]
pub fn ScopeSwitch(
    /// The current search.
    query: SearchQuery,
) -> impl IntoView {
    let links = Scope::EVERY
        .into_iter()
        .zip(words::SCOPES)
        .map(|(scope, word)| {
            let mut to = query.clone();
            to.filter.scope = scope;
            to.filter.page = PageNumber::FIRST;
            let current = (query.filter.scope == scope).then_some("page");
            view! { <a href=address(&to) aria-current=current>{word}</a> }
        })
        .collect_view();
    view! { <nav class="scopes" aria-label=words::SCOPE>{links}</nav> }
}

/// The most frequent categories, tags and months as chips; the chosen ones can be taken off again.
#[component]
pub fn FacetChips(
    /// The current search.
    query: SearchQuery,
    /// Counts.
    facets: Facets,
) -> impl IntoView {
    let filter = &query.filter;
    let mut chips = Vec::new();
    for value in facets.category.into_iter().take(6) {
        let mut to = query.clone();
        let chosen = filter.category.as_ref().is_some_and(|slug| slug.as_str() == value.value);
        to.filter.category = if chosen { None } else { value.value.parse().ok() };
        chips.push(chip(to, value, chosen));
    }
    for mut value in facets.tag.into_iter().take(6) {
        let mut to = query.clone();
        let chosen = filter.tag.as_ref().is_some_and(|key| key.as_str() == value.value);
        to.filter.tag = if chosen { None } else { value.value.parse().ok() };
        value.label.insert(0, '#');
        chips.push(chip(to, value, chosen));
    }
    for mut value in facets.month.into_iter().take(3) {
        let mut to = query.clone();
        let month = value.value.parse::<types::Month>().ok();
        let chosen = month.is_some() && filter.month == month;
        to.filter.month = if chosen { None } else { month };
        value.label = month.map(words::month).unwrap_or(value.label);
        chips.push(chip(to, value, chosen));
    }
    (!chips.is_empty()).then(|| view! { <nav class="chips" aria-label=words::NARROW>{chips}</nav> })
}

/// A link that puts a filter on or takes it off.
fn chip(mut to: SearchQuery, value: FacetValue, chosen: bool) -> impl IntoView {
    to.filter.page = PageNumber::FIRST;
    view! {
        <a class="chip" href=address(&to) aria-current=chosen.then_some("true")>
            {value.label}" "<span class="num">{value.count}</span> {chosen.then_some(" ×")}
        </a>
    }
}
