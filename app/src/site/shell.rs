//! The document around the application. Made on the server only.

use crate::site::App;
use crate::site::assets::Assets;
use crate::site::{SiteNames, site_names};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// Chooses the theme before the first paint, so that no page flashes in the wrong one.
const THEME: &str = "try{const t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch{}\
document.documentElement.classList.add('js')";

/// Lets browsers that can fetch a page when its link is pointed at. Fetched only, not run: a page that nobody sees counts no reader.
const SPECULATION: &str =
    r#"{"prefetch":[{"where":{"href_matches":["/articles/*","/category/*","/tag/*"]},"eagerness":"moderate"}]}"#;

/// The whole document. The script loads the WASM client when the page is idle or first touched.
pub fn shell(assets: Assets) -> impl IntoView {
    let SiteNames { name, description } = site_names();
    let client = format!("{} {} {}", assets.module, assets.wasm, assets.offline);
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
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="apple-touch-icon" href="/icons/180.png" />
                <meta name="application-name" content=name.clone() data-description=description />
                <meta name="apple-mobile-web-app-title" content=name.clone() />
                <meta name="mobile-web-app-capable" content="yes" />
                <link rel="search" type="application/opensearchdescription+xml" title=name.clone() href="/opensearch.xml" />
                <link rel="alternate" type="application/atom+xml" title=name.clone() href="/feed.xml" />
                <link rel="alternate" type="application/rss+xml" title=name.clone() href="/rss.xml" />
                <link rel="alternate" type="application/feed+json" title=name href="/feed.json" />
                <meta name="liuguang-client" content=client />
                <meta name="liuguang-search" content=assets.search />
                <script type="module" src=assets.script fetchpriority="low" nonce=use_nonce()></script>
                <script type="speculationrules" nonce=use_nonce()>{SPECULATION}</script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
