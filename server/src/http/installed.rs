//! What makes the site an installed application: its manifest and its service worker.

use crate::config::Switch;
use crate::http::assets::{SiteFolder, WORKER_POLICY, send};
use crate::site::Site;
use app::words;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

/// Takes the place of the service worker where it is switched off. What readers saved stays on their devices: when the
/// worker comes back, they have it again.
const REMOVES_ITSELF: &str = "addEventListener('install',()=>skipWaiting());\
addEventListener('activate',event=>event.waitUntil((async()=>{\
for(const name of await caches.keys())if(/^(assets|pages)-/.test(name))await caches.delete(name);\
await registration.unregister()})()))";

/// `/sw.js`: asked for again at every visit, so that no browser is left with an old one.
pub async fn service_worker(
    State(folder): State<SiteFolder>,
    State(switch): State<Switch>,
    headers: HeaderMap,
) -> Response {
    let mut response = match switch {
        Switch::On => send(&folder, "sw.js", &headers, "no-cache").await,
        Switch::Off => {
            ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")], REMOVES_ITSELF)
                .into_response()
        }
    };
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, WORKER_POLICY);
    response
}

/// `/favicon.ico`, which is asked for by programs that do not read the page: leads to the smallest icon.
pub async fn favicon() -> Response {
    ([(CACHE_CONTROL, "public, max-age=604800")], Redirect::permanent("/icons/180.png")).into_response()
}

/// `/manifest.webmanifest` (<https://www.w3.org/TR/appmanifest/>), in the language of the interface.
pub async fn manifest(State(site): State<Site>) -> Response {
    let names = site.names.load();
    let application = if names.name == words::SITE { words::APPLICATION_NAME } else { &names.name };
    let icon = |file: &str, size: &str, purpose: &str| json!({ "src": format!("/icons/{file}.png"), "sizes": size, "type": "image/png", "purpose": purpose });
    let shortcut =
        |name: &str, url: &str| json!({ "name": name, "url": url, "icons": [icon("192", "192x192", "any")] });
    let manifest = json!({
        "id": "/",
        "name": application,
        "short_name": names.name,
        "description": names.description,
        "lang": "zh-Hans",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "display_override": ["standalone", "minimal-ui"],
        "theme_color": "#fbf8f2",
        "background_color": "#fbf8f2",
        // For browsers that know <https://github.com/WICG/manifest-incubations>; the pages themselves name both colours.
        "user_preferences": { "color_scheme": { "dark": { "theme_color": "#16130f", "background_color": "#16130f" } } },
        "categories": ["education", "books", "productivity"],
        "icons": [
            icon("192", "192x192", "any"),
            icon("512", "512x512", "any"),
            icon("maskable", "512x512", "maskable"),
            icon("monochrome", "512x512", "monochrome"),
            { "src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" },
        ],
        "screenshots": [
            { "src": "/screenshots/wide.webp", "sizes": "1280x800", "type": "image/webp", "form_factor": "wide", "label": words::SCREENSHOT_WIDE },
            { "src": "/screenshots/narrow.webp", "sizes": "540x1080", "type": "image/webp", "form_factor": "narrow", "label": words::SCREENSHOT_NARROW },
        ],
        "shortcuts": [
            shortcut(words::SEARCH, "/search"),
            shortcut(words::WRITE, "/editor/new"),
            shortcut(words::OFFLINE_READING, "/offline"),
        ],
        "share_target": {
            "action": "/editor/new",
            "method": "GET",
            "params": { "title": "title", "text": "text", "url": "url" },
        },
        "file_handlers": [{ "action": "/editor/new", "accept": { "text/markdown": [".md", ".markdown"] }, "launch_type": "multiple-clients" }],
        "launch_handler": { "client_mode": "navigate-existing" },
    });
    let headers = [(CONTENT_TYPE, "application/manifest+json"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, manifest.to_string()).into_response()
}
