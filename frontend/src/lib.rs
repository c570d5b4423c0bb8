//! The WASM client: makes the pages that the server sent come alive.

// Views are types inside types; the deepest page passes the compiler's usual depth of 128.
#![recursion_limit = "512"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the document. Called once by the page's script, when the browser is idle or the page is first touched.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(app::App);
}
