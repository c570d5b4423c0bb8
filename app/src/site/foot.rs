//! The foot of every page. It stays as it is during a visit, so only the server makes it, as it makes the menu: the
//! browser keeps what it was sent.

use leptos::prelude::*;

/// The line that the name comes from, the ways to what is in no list, and to those who run the site.
#[component]
pub fn Foot() -> impl IntoView {
    view! { <footer inner_html=content()></footer> }
}

/// Nothing: hydration leaves the content alone.
#[cfg(not(feature = "ssr"))]
fn content() -> String {
    String::new()
}

#[cfg(feature = "ssr")]
fn content() -> String {
    use crate::site::site_names;
    use crate::words;

    view! {
        <div class="wrap">
            <span>{words::MOTTO}</span>
            <nav aria-label=site_names().name>
                <a href="/feed.xml" rel="external">{words::FEED}</a>
                <a href="/archive">{words::ARCHIVE}</a>
                <a href="/downloads">{words::DOWNLOADS}</a>
                <a href="/offline">{words::OFFLINE_READING}</a>
                <a href="/account" rel="external">{words::ACCOUNT}</a>
                {contact_link()}
                <span data-install=""></span>
            </nav>
        </div>
    }
    .to_html()
}

/// The way to those who run the site, if their settings name one.
#[cfg(feature = "ssr")]
#[must_use]
pub fn contact_link() -> Option<AnyView> {
    let contact = crate::services::services().map(|services| services.site.contact()).unwrap_or_default();
    let address = if contact.contains("://") { contact.clone() } else { format!("mailto:{contact}") };
    (!contact.is_empty()).then(|| view! { <a href=address rel="external">{crate::words::CONTACT}</a> }.into_any())
}
