//! The home page, and the list of downloads, which is the same list in another scope.

use crate::article::{About, ArticleList};
use crate::site::{Columns, site_names};
use crate::ui::{Erase, JsonLd, StructuredData, absolute, wait};
use crate::words;
use leptos::prelude::*;
use serde_json::json;
use types::{ArticleFilter, Scope};

/// `/`: the newest articles.
#[component]
pub fn HomePage() -> impl IntoView {
    let list = ArticleList::within(Signal::stored(ArticleFilter::default()));
    let about = || About { heading: words::LATEST.to_owned(), canonical: "/".to_owned(), ..About::default() };
    view! {
        <Columns category=None>
            {wait(move || async move { list.listed().await.show(about()) })}
            <JsonLd data=StructuredData::new(site) />
        </Columns>
    }
    .erase()
}

/// The site as <https://schema.org/WebSite>, with its search.
fn site() -> serde_json::Value {
    let names = site_names();
    json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": names.name,
        "description": names.description,
        "url": absolute("/"),
        "inLanguage": "zh-Hans",
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": absolute("/search?q={q}") },
            "query-input": "required name=q",
        },
    })
}

/// `/downloads`.
#[component]
pub fn DownloadsPage() -> impl IntoView {
    let list =
        ArticleList::within(Signal::stored(ArticleFilter { scope: Scope::Downloads, ..ArticleFilter::default() }));
    let about = || About {
        heading: words::DOWNLOADS.to_owned(),
        title: words::DOWNLOADS.to_owned(),
        canonical: "/downloads".to_owned(),
        ..About::default()
    };
    view! {
        <Columns category=None>{wait(move || async move { list.listed().await.show(about()) })}</Columns>
    }
    .erase()
}
