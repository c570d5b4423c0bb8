//! Structured data for search engines (<https://schema.org>), escaped for a `<script>` element.

use crate::site::site_names;
use crate::ui::absolute;
use leptos::prelude::*;
use serde_json::{Value, json};

/// A schema.org object, ready to stand in a `<script>` element: `<` is written as `\u003c`, so it cannot end the element.
///
/// Only the server makes it: search engines read the first HTML, hydration leaves the content as it is, and the client
/// does without the code that writes JSON.
pub struct StructuredData(String);

impl StructuredData {
    /// The object that `make` makes; nothing in the browser.
    pub fn new(make: impl FnOnce() -> Value) -> Self {
        Self(if cfg!(feature = "ssr") { make().to_string().replace('<', "\\u003c") } else { String::new() })
    }
}

/// The way from the home page to a page, as <https://schema.org/BreadcrumbList>; each place with its name and its path.
pub fn breadcrumbs(places: impl IntoIterator<Item = (String, String)>) -> Value {
    let home = (site_names().name, "/".to_owned());
    let items = std::iter::once(home).chain(places).zip(1..).map(|((name, path), position)| {
        json!({ "@type": "ListItem", "position": position, "name": name, "item": absolute(&path) })
    });
    json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items.collect::<Vec<_>>(),
    })
}

/// Writes structured data into the page. Browsers never run it.
#[component]
pub fn JsonLd(
    /// A schema.org object.
    data: StructuredData,
) -> impl IntoView {
    view! { <script type="application/ld+json" inner_html=data.0></script> }
}
