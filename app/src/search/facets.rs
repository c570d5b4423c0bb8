//! What narrows a search: the scope switch and the chips with counts.
//!
//! Robots are asked not to follow these links: filters multiply without end, and none of their pages is a text.

use crate::search::address::address;
use crate::ui::{Erase, EraseEach};
use crate::words;
use leptos::prelude::*;
use std::fmt::Display;
use std::str::FromStr;
use types::{ArticleFilter, ArticleKind, Facet, FacetValue, Facets, PageNumber, Scope, SearchQuery};

/// Chips of categories and of tags; those that are chosen are always there.
const MOST_NAMES: usize = 6;
/// Chips of months.
const MOST_MONTHS: usize = 3;

/// The scopes as a row of links, each with the number of hits where that is known.
#[component]
pub fn ScopeSwitch(
    /// The current search.
    query: SearchQuery,
    /// Hits of each kind of article within the current scope.
    kinds: Facet,
) -> impl IntoView {
    // Inside a scope nothing is known of the others.
    let counted = query.filter.scope == Scope::All && query.filter.kind.is_empty();
    let links = Scope::EVERY
        .into_iter()
        .zip(words::SCOPES)
        .map(|(scope, word)| {
            let mut to = query.clone();
            to.filter.scope = scope;
            to.filter.kind.clear();
            to.filter.page = PageNumber::FIRST;
            let current = (query.filter.scope == scope).then_some("page");
            let within =
                |kind: &str| scope == Scope::All || scope.kinds().iter().any(|other| other.to_string() == kind);
            let count: u64 = kinds.iter().filter(|value| within(&value.value)).map(|value| value.count).sum();
            view! {
                <a href=address(&to) rel="nofollow" aria-current=current>
                    {word} {counted.then(|| view! { <span class="num">" "{words::grouped(count)}</span> })}
                </a>
            }
        })
        .erase_each();
    view! { <nav class="scopes" aria-label=words::SCOPE>{links}</nav> }
}

/// The most frequent categories, tags, months and kinds as chips. Several can be chosen; each can be taken off again.
#[component]
pub fn FacetChips(
    /// The current search.
    query: SearchQuery,
    /// Counts.
    facets: Facets,
) -> impl IntoView {
    let mut chips = Vec::new();
    chips.extend(row(&query, facets.category, MOST_NAMES, |filter| &mut filter.category));
    let tags = facets.tag.into_iter().map(|value| FacetValue { label: format!("#{}", value.label), ..value }).collect();
    chips.extend(row(&query, tags, MOST_NAMES, |filter| &mut filter.tag));
    let months = facets
        .month
        .into_iter()
        .map(|value| FacetValue { label: value.value.parse().map(words::month).unwrap_or(value.label), ..value });
    chips.extend(row(&query, months.collect(), MOST_MONTHS, |filter| &mut filter.month));
    // Where only one kind was found, there is nothing to choose.
    if facets.kind.len() > 1 || !query.filter.kind.is_empty() {
        let kinds = facets
            .kind
            .into_iter()
            .map(|value| FacetValue { label: value.value.parse().map(kind).unwrap_or_default().to_owned(), ..value });
        chips.extend(row(&query, kinds.collect(), MOST_NAMES, |filter| &mut filter.kind));
    }
    (!chips.is_empty()).then(|| view! { <nav class="chips" aria-label=words::NARROW>{chips}</nav> })
}

/// The name of every kind, originals too.
fn kind(kind: ArticleKind) -> &'static str {
    words::kind(kind).unwrap_or(words::ORIGINAL)
}

/// The chips of one property: those that are chosen, and the most frequent ones.
fn row<V: FromStr + PartialEq + Display>(
    query: &SearchQuery,
    mut facet: Facet,
    most: usize,
    values: impl Fn(&mut ArticleFilter) -> &mut Vec<V>,
) -> Vec<AnyView> {
    let mut current = query.filter.clone();
    let chosen = values(&mut current);
    // A value that no hit has any more must still be there to be taken off.
    for value in chosen.iter().map(ToString::to_string) {
        if !facet.iter().any(|other| other.value == value) {
            facet.push(FacetValue { label: value.clone(), value, count: 0 });
        }
    }
    let mut shown = 0;
    facet
        .into_iter()
        .filter_map(|value| {
            let parsed: V = value.value.parse().ok()?;
            let is_chosen = chosen.contains(&parsed);
            shown += 1;
            if shown > most && !is_chosen {
                return None;
            }
            let mut to = query.clone();
            to.filter.page = PageNumber::FIRST;
            let others = values(&mut to.filter);
            others.retain(|other| *other != parsed);
            if !is_chosen {
                others.push(parsed);
            }
            Some(chip(&to, value, is_chosen).erase_in_place())
        })
        .collect()
}

/// A link that puts a filter on or takes it off.
fn chip(to: &SearchQuery, value: FacetValue, is_chosen: bool) -> impl IntoView + use<> {
    view! {
        <a class="chip" href=address(to) rel="nofollow" aria-current=is_chosen.then_some("true")>
            {value.label}" "<span class="num">{value.count}</span>
            {is_chosen.then(|| view! { <span aria-hidden="true">" ×"</span><span class="hidden">{words::TAKE_OFF}</span> })}
        </a>
    }
}
