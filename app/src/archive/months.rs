//! Months as a list of links.

use crate::ui::EraseEach;
use crate::words;
use leptos::prelude::*;
use types::Month;

/// A link for each month, with its count.
#[component]
pub fn MonthList(
    /// Months and counts.
    months: Vec<(Month, u32)>,
) -> impl IntoView {
    view! {
        <ul class="months">
            {months
                .into_iter()
                .map(|(month, count)| {
                    view! {
                        <li>
                            <a href=format!("/archive/{month}")>{words::month(month)}</a>
                            <span class="num">{count}</span>
                        </li>
                    }
                })
                .erase_each()}
        </ul>
    }
}
