//! The page of saved articles. It is the same for everybody and is kept by the service worker.

use crate::ui::PageTitle;
use crate::words;
use leptos::prelude::*;

/// `/offline`.
#[component]
pub fn OfflinePage() -> impl IntoView {
    view! {
        <PageTitle text=words::OFFLINE_READING canonical="/offline".to_owned() />
        <main id="main" class="wrap narrow offline-page">
            <h1>{words::OFFLINE_READING}</h1>
            <p>{words::OFFLINE_HELP}</p>
            <p class="needs-script">{words::OFFLINE_NEEDS_SCRIPT}</p>
            <div data-shelf=""></div>
        </main>
    }
}
