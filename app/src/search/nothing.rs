//! What helps when nothing was found.

use crate::article::Recommended;
use crate::search::address::{address, filters, with_words};
use crate::ui::Erase;
use crate::words;
use leptos::prelude::*;
use types::{ArticleFilter, SearchQuery};

/// Says so, and offers fewer words, the search without filters, and articles that many read.
#[component]
pub fn Nothing(
    /// The search.
    query: SearchQuery,
    /// The terms that were looked for.
    terms: Vec<String>,
) -> impl IntoView {
    let plain = SearchQuery::new(query.text(), ArticleFilter::default());
    let is_filtered = !filters(&query).is_empty();
    let single = if terms.len() > 1 { terms } else { Vec::new() };
    let links: Vec<_> = single
        .into_iter()
        .take(6)
        .map(|term| {
            let href = address(&with_words(&query, &term));
            view! { <a href=href>{term}</a> }
        })
        .collect();
    view! {
        <section class="empty">
            <h2>{words::NO_HITS}</h2>
            <p>{words::NO_HITS_HELP}</p>
            {is_filtered.then(|| view! { <p><a href=address(&plain)>{words::WITHOUT_FILTERS}</a></p> })}
            {(!links.is_empty()).then(|| view! { <p class="terms">{words::ONE_WORD} {links}</p> })}
            <p>{words::SEARCH_GRAMMAR}</p>
            <Recommended category=None />
        </section>
    }
    .erase()
}
