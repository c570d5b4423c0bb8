//! What narrows a search: the scope switch and the chips with counts.

use crate::search::page::address;
use crate::words;
use leptos::prelude::*;
use std::str::FromStr;
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
    let mut chips = Vec::new();
    for value in facets.category.into_iter().take(6) {
        let mut to = query.clone();
        let chosen = toggle(&mut to.filter.category, &value.value);
        chips.push(chip(to, value, chosen));
    }
    for mut value in facets.tag.into_iter().take(6) {
        let mut to = query.clone();
        let chosen = toggle(&mut to.filter.tag, &value.value);
        value.label.insert(0, '#');
        chips.push(chip(to, value, chosen));
    }
    for mut value in facets.month.into_iter().take(3) {
        let mut to = query.clone();
        let chosen = toggle(&mut to.filter.month, &value.value);
        value.label = value.value.parse().map(words::month).unwrap_or(value.label);
        chips.push(chip(to, value, chosen));
    }
    (!chips.is_empty()).then(|| view! { <nav class="chips" aria-label=words::NARROW>{chips}</nav> })
}

/// Takes a value out of the chosen ones, or puts it among them; tells whether it was there.
fn toggle<V: FromStr + PartialEq>(chosen: &mut Vec<V>, value: &str) -> bool {
    let Ok(value) = value.parse() else { return false };
    let before = chosen.len();
    chosen.retain(|other| *other != value);
    let was_chosen = chosen.len() < before;
    if !was_chosen {
        chosen.push(value);
    }
    was_chosen
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
