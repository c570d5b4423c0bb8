//! The series on the page of one of its parts.

use crate::offline::SaveOffline;
use crate::offline::save::Save;
use crate::ui::EraseEach;
use crate::words;
use leptos::prelude::*;
use types::{Series, SeriesPart, Slug};

/// The most parts that are listed at once; of a longer series only the parts around this one, or a phone would show nothing
/// else, and the others below a fold.
const SHORT: usize = 8;

/// The parts of a series, the current one marked.
#[component]
pub fn SeriesParts(
    /// The series.
    series: Series,
    /// The article whose page this is.
    current: Slug,
) -> impl IntoView {
    let Series { name, parts } = series;
    let (count, here) = (parts.len(), parts.iter().position(|part| part.slug == current).unwrap_or(0));
    let long = count > SHORT;
    let around = parts.get(here.saturating_sub(1)..(here + 2).min(count));
    let near = list(around.filter(|_| long).unwrap_or(&parts), &current);
    let all = long.then(|| {
        view! {
            <details>
                <summary>{words::all_parts(count)}</summary>
                {list(&parts, &current)}
            </details>
        }
    });
    view! {
        <nav class="series" aria-label=words::SERIES>
            <b>{words::SERIES}"："{name}</b>
            {near}
            {all}
            <SaveOffline what=Save::Series of=current.to_string() />
        </nav>
    }
}

/// Parts with their own numbers, which may have gaps, and those without a number behind them.
fn list(parts: &[SeriesPart], current: &Slug) -> impl IntoView + use<> {
    let items = parts
        .iter()
        .map(|part| {
            let here = (part.slug == *current).then_some("page");
            let (number, title) = (part.part.map(|part| part.to_string()), part.title.clone());
            view! { <li value=number><a href=format!("/articles/{}", part.slug) aria-current=here>{title}</a></li> }
        })
        .erase_each();
    view! { <ol>{items}</ol> }
}
