//! The WASM client: makes the pages that the server sent come alive.

// Views are types inside types; the deepest page passes the compiler's usual depth of 128.
#![recursion_limit = "512"]

use app::site::SiteNames;
use leptos::prelude::{document, provide_context};
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the document. Called once by the page's script, when the browser is idle or the page is first touched.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(|| {
        if let Some(names) = names() {
            provide_context(names);
        }
        app::App()
    });
}

/// What the server wrote into the head: the site's name and description.
fn names() -> Option<SiteNames> {
    let head = document().query_selector("meta[name=\"application-name\"]").ok()??;
    Some(SiteNames { name: head.get_attribute("content")?, description: head.get_attribute("data-description")? })
}
