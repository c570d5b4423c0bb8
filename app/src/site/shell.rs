//! The document around the application. Made on the server only.

use crate::site::App;
use crate::site::assets::Assets;
use crate::words;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// Chooses the theme before the first paint, so that no page flashes in the wrong one.
const THEME: &str = "try{const t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch{}\
document.documentElement.classList.add('js')";

/// The whole document. The script loads the WASM client when the page is idle or first touched.
pub fn shell(assets: Assets) -> impl IntoView {
    let client = format!("{} {}", assets.module, assets.wasm);
    view! {
        <!DOCTYPE html>
        <html lang="zh-Hans">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbf8f2" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#16130f" />
                <script nonce=use_nonce()>{THEME}</script>
                <link rel="stylesheet" href=assets.style />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="search" type="application/opensearchdescription+xml" title=words::SITE href="/opensearch.xml" />
                <link rel="alternate" type="application/atom+xml" title=words::SITE href="/feed.xml" />
                <meta name="liuguang-client" content=client />
                <meta name="liuguang-search" content=assets.search />
                <script type="module" src=assets.script nonce=use_nonce()></script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
