//! The names under which the build serves styles, scripts and WASM.

/// Addresses of the built files; each name carries the hash of its content.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The script that works before and without WASM.
    pub script: String,
    /// The part of the script that only searching needs.
    pub search: String,
    /// The module that loads the WASM client.
    pub module: String,
    /// The WASM client.
    pub wasm: String,
    /// The style sheet of the pages for those who write and run the site.
    #[serde(default)]
    pub workshop: String,
    /// The module that takes over the editor's form.
    #[serde(default)]
    pub editor: String,
    /// The module of the page of categories.
    #[serde(default)]
    pub desk: String,
    /// The module of the pages for those who write.
    #[serde(default)]
    pub workshop_script: String,
    /// The module of reading offline, loaded beside the client.
    #[serde(default)]
    pub offline: String,
    /// The worker that searches saved articles.
    #[serde(default)]
    pub offline_worker: String,
    /// The WASM of that worker.
    #[serde(default)]
    pub offline_wasm: String,
}
