//! The home page, and the list of downloads, which is the same list in another scope.

use crate::article::ArticleList;
use crate::site::Columns;
use crate::ui::{Erase, JsonLd, StructuredData, absolute};
use crate::words;
use leptos::prelude::*;
use serde_json::json;
use types::{ArticleFilter, Scope};

/// `/`: the newest articles.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <Columns category=None>
            <ArticleList
                within=Signal::stored(ArticleFilter::default())
                heading=Signal::stored(words::LATEST.to_owned())
                title=""
                canonical="/"
            />
            <JsonLd data=StructuredData::new(site) />
        </Columns>
    }
    .erase()
}

/// The site as <https://schema.org/WebSite>, with its search.
fn site() -> serde_json::Value {
    json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": words::SITE,
        "description": words::SITE_DESCRIPTION,
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
    let filter = ArticleFilter { scope: Scope::Downloads, ..ArticleFilter::default() };
    view! {
        <Columns category=None>
            <ArticleList
                within=Signal::stored(filter)
                heading=Signal::stored(words::DOWNLOADS.to_owned())
                title=words::DOWNLOADS
                canonical="/downloads"
            />
        </Columns>
    }
    .erase()
}
