//! The document's title and description, escaped.
//!
//! Leptos 0.8.23 writes `<Title>` unescaped into the server's HTML, so that a title may close the element and run a
//! script. `clippy.toml` forbids the bare component; this wrapper escapes on the server and not in the browser,
//! where the text becomes a property. `server/tests/http` holds the test that will fail when Leptos escapes by itself.

use crate::site::site_names;
use leptos::prelude::*;
use leptos_meta::{Link, Meta};

/// Escapes a text for the content of `<title>`, which knows character references but no elements.
fn escaped(text: &str) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text.to_owned() }
}

/// Sets the document's title, followed by the site's name, its description and its canonical path.
#[component]
#[allow(clippy::disallowed_methods, reason = "the one place that may use the bare component")]
pub fn PageTitle(
    /// The page's own title; the site's name alone when empty.
    #[prop(into)]
    text: String,
    /// One or two sentences for search engines.
    #[prop(into, optional)]
    description: String,
    /// The address under which search engines should know this page.
    #[prop(into, optional)]
    canonical: Option<String>,
    /// The address below which the page's feeds stand.
    #[prop(into, optional)]
    feeds: Option<String>,
) -> impl IntoView {
    let site = site_names();
    let title = if text.is_empty() { site.name.clone() } else { format!("{text} · {}", site.name) };
    let (name, title) = (if text.is_empty() { site.name } else { text }, escaped(&title));
    let description = if description.is_empty() { site.description } else { description };
    view! {
        <leptos_meta::Title text=title />
        <Meta name="description" content=description.clone() />
        <Meta property="og:title" content=name />
        <Meta property="og:description" content=description />
        {canonical.map(|href| view! { <Link rel="canonical" href=href /> })}
        {feeds
            .map(|page| {
                view! {
                    <Link rel="alternate" type_="application/atom+xml" href=format!("{page}/feed.xml") />
                    <Link rel="alternate" type_="application/rss+xml" href=format!("{page}/rss.xml") />
                    <Link rel="alternate" type_="application/feed+json" href=format!("{page}/feed.json") />
                }
            })}
    }
}
