//! The one place where HTML is shown as it is.

use leptos::prelude::*;
use types::SafeHtml;

/// Shows sanitised HTML.
///
/// While a page from the server is being hydrated, `html` is empty in the browser: the text stands in the document
/// already, hydration leaves `inner_html` alone, and so no article travels twice.
#[component]
pub fn Prose(
    /// What to show.
    html: SafeHtml,
    /// Its language, where it is not that of the page.
    tongue: Option<&'static str>,
) -> impl IntoView {
    view! { <div class="prose" lang=tongue inner_html=html.into_string()></div> }
}
