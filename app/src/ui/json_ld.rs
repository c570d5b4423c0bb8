//! Structured data for search engines (<https://schema.org>), escaped for a `<script>` element.

use leptos::prelude::*;
use serde_json::Value;

/// Writes structured data into the page. Browsers never run it; `<` is written as `\u003c`, so it cannot end the element.
#[component]
pub fn JsonLd(
    /// A schema.org object.
    data: Value,
) -> impl IntoView {
    let json = data.to_string().replace('<', "\\u003c");
    view! { <script type="application/ld+json" inner_html=json></script> }
}
