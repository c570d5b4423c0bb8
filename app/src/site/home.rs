//! The home page, and the list of downloads, which is the same list in another scope.

use crate::article::ArticleList;
use crate::site::Columns;
use crate::ui::Erase;
use crate::ui::PageTitle;
use crate::words;
use leptos::prelude::*;
use types::{ArticleFilter, Scope};

/// `/`: the newest articles.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <PageTitle text="" canonical="/".to_owned() />
        <Columns category=None>
            <ArticleList within=Signal::stored(ArticleFilter::default()) heading=Signal::stored(words::LATEST.to_owned()) />
        </Columns>
    }
    .erase()
}

/// `/downloads`.
#[component]
pub fn DownloadsPage() -> impl IntoView {
    let filter = ArticleFilter { scope: Scope::Downloads, ..ArticleFilter::default() };
    view! {
        <PageTitle text=words::DOWNLOADS canonical="/downloads".to_owned() />
        <Columns category=None>
            <ArticleList within=Signal::stored(filter) heading=Signal::stored(words::DOWNLOADS.to_owned()) />
        </Columns>
    }
    .erase()
}
