//! The mark and the name of the site, which lead home.

use crate::site::site_names;
use crate::ui::Erase;
use leptos::prelude::*;

/// Stands in the page itself: a picture of its own is a document more that browsers make before the first paint.
const MARK: &str = include_str!("../../../public/favicon.svg");

/// The link at the left of the top bar.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/">
            <i aria-hidden="true" inner_html=MARK></i>
            <span>{site_names().name}</span>
        </a>
    }
    .erase()
}
