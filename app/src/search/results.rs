//! What was found: how much, how it can be narrowed and ordered, and the hits.

use crate::reply::set_status;
use crate::search::address::address;
use crate::search::facets::{FacetChips, ScopeSwitch};
use crate::search::hit::HitCard;
use crate::search::nothing::Nothing;
use crate::site::site_names;
use crate::ui::{Erase, EraseEach, PageTitle, Pager, Part};
use crate::words;
use leptos::prelude::*;
use types::{ArticleSort, Page, PageNumber, SearchQuery, SearchResults};

/// The results of a search.
#[component]
pub fn Results(
    /// The search.
    query: SearchQuery,
    /// What it found.
    results: SearchResults,
) -> impl IntoView {
    let title = match query.text() {
        "" => words::RESULTS.to_owned(),
        text => format!("{text} - {}", words::RESULTS),
    };
    let SearchResults { total, page, per_page, hits, facets, corrected, terms, relaxed, took } = results;
    let last = Page::<()> { total, page: page.into(), per_page, items: Vec::new() }.last();
    // Nobody looks through more, and the search keeps no more in order.
    let last = last.min(SearchResults::MOST / per_page.max(1));
    let part = Part { page, last, unusual: true, missing: page > last };
    if part.missing {
        set_status(404);
    }
    let past = (hits.is_empty() && total > 0).then(|| {
        let mut first = query.clone();
        first.filter.page = PageNumber::FIRST;
        view! { <p class="empty">{words::NOTHING_MORE}" "<a href=address(&first)>{words::FIRST_PAGE}</a></p> }
    });
    let href = {
        let query = query.clone();
        Box::new(move |number: u32| {
            let mut to = query.clone();
            to.filter.page = number.into();
            address(&to)
        })
    };
    // Words lead somewhere; of what they can be narrowed to and paged through there is no end.
    let noindex = total == 0 || page > 1 || query.filter.narrows();
    let label = if total == 0 { words::LOOKED_FOR } else { words::MATCHED_TERMS };
    view! {
        <PageTitle
            text=title
            description=words::results_of(query.text(), total, &site_names().name)
            canonical="/search".to_owned()
            address=address(&query)
            part
            noindex=noindex
        />
        <ScopeSwitch query=query.clone() kinds=facets.kind.clone() />
        <FacetChips query=query.clone() facets=facets />
        <p class="tell" role="status">
            {words::hits(total, took)}
            {(!terms.is_empty()).then(|| view! { " · "{label}{terms.join("　")} })}
            {(!relaxed.is_empty()).then(|| view! { " · "{words::RELAXED_TERMS}{relaxed.join("　")} })}
        </p>
        {corrected.map(|corrected| view! { <Corrected query=query.clone() corrected /> })}
        <Order query=query.clone() />
        {hits.into_iter().map(|hit| view! { <HitCard hit /> }).erase_each()}
        {(total == 0).then(|| view! { <Nothing query=query.clone() terms /> })}
        {past}
        <Pager page=page.into() last href />
    }
    .erase_in_place()
}

/// Says that other words were searched, and leads to those that were typed.
#[component]
fn Corrected(query: SearchQuery, corrected: String) -> impl IntoView {
    let original = query.clone().verbatim(true);
    view! {
        <p class="corrected">
            {words::CORRECTED}<b>{corrected}</b>"。 "
            <a href=address(&original)>{words::search_verbatim(query.text())}</a>
        </p>
    }
}

/// Links that change the order of the results.
#[component]
fn Order(query: SearchQuery) -> impl IntoView {
    let links = [
        (ArticleSort::Relevance, words::RELEVANCE),
        (ArticleSort::Newest, words::NEWEST),
        (ArticleSort::Views, words::MOST_READ),
    ]
    .into_iter()
    .map(|(sort, word)| {
        let mut to = query.clone();
        to.filter.sort = sort;
        to.filter.page = PageNumber::FIRST;
        let current = (query.filter.sort == sort).then_some("true");
        view! { <a href=address(&to) aria-current=current>{word}</a> }
    })
    .erase_each();
    view! { <nav class="sort" aria-label=words::ORDER>{links}</nav> }
}
