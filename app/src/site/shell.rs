//! The document around the application. Made on the server only.

use crate::site::App;
use crate::site::assets::Assets;
use crate::site::{SiteNames, site_names};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// Chooses the theme before the first paint, so that no page flashes in the wrong one.
pub(crate) const THEME: &str = "try{const t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch{}\
document.documentElement.classList.add('js')";

/// Lets browsers that can fetch a page when its link is pointed at. Fetched only, not run: a page that nobody sees counts no reader.
/// Links out of the readers' application lead to pages that are made for one person at one time.
const SPECULATION: &str = concat!(
    r#"{"prefetch":[{"where":{"and":[{"href_matches":["/articles/*","/category/*","/tag/*"]},"#,
    r#"{"not":{"selector_matches":"[rel~=external]"}}]},"eagerness":"moderate"}]}"#
);

/// Asks for the first script when the page is painted: before, it would take the line from the style sheet and the processor
/// from the layout. Without a network it comes from the device and waits for no paint. Where nothing is painted, as in a tab
/// that nobody looks at, half a second after the load. It never comes before the document is whole: the client would not
/// find what the server made. What is clicked and pressed until then is kept for `frontend/scripts/early.ts`, and so is the
/// browser's offer to install, which comes once.
fn first_script(address: &str) -> String {
    format!(
        "{{const early=window.liuguangEarly=[];\
         for(const kind of['click','keydown'])addEventListener(kind,event=>early.push(event),true);\
         addEventListener('beforeinstallprompt',event=>{{event.preventDefault();early.push(event)}});\
         const go=()=>import('{address}');\
         let ask=()=>{{ask=()=>{{}};document.readyState=='loading'?addEventListener('DOMContentLoaded',go):go()}};\
         navigator.onLine||ask();\
         try{{new PerformanceObserver(()=>ask()).observe({{type:'paint',buffered:true}})}}catch{{}}\
         addEventListener('load',()=>setTimeout(()=>ask(),500))}}"
    )
}

/// The whole document. The script loads the WASM client when the page is idle or first touched.
pub fn shell(assets: &Assets) -> impl IntoView + use<> {
    let SiteNames { name, description } = site_names();
    // A saved article keeps every file that its head names, so the worker is named here too.
    let Assets { module, wasm, offline, offline_worker, offline_wasm, .. } = assets;
    let client = format!("{module} {wasm} {offline} {offline_worker} {offline_wasm}");
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
                <link rel="stylesheet" href=assets.style.clone() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="apple-touch-icon" href="/icons/180.png" />
                <meta name="application-name" content=name.clone() data-description=description />
                <meta name="apple-mobile-web-app-title" content=name.clone() />
                <meta name="mobile-web-app-capable" content="yes" />
                <link rel="search" type="application/opensearchdescription+xml" title=name.clone() href="/opensearch.xml" />
                // Programs that read feeds take the first: that of the page, where it has one.
                <MetaTags />
                <link rel="alternate" type="application/atom+xml" title=name.clone() href="/feed.xml" />
                <link rel="alternate" type="application/rss+xml" title=name.clone() href="/rss.xml" />
                <link rel="alternate" type="application/feed+json" title=name href="/feed.json" />
                <meta name="liuguang-client" content=client />
                <meta name="liuguang-search" content=assets.search.clone() />
                <script nonce=use_nonce()>{first_script(&assets.script)}</script>
                <script type="speculationrules" nonce=use_nonce()>{SPECULATION}</script>
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
