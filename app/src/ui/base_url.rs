//! Absolute addresses of pages, for search engines and for those who show a link with a picture.

use leptos::prelude::*;

/// Scheme and host of the site, without a slash at the end: as configured, else as the visitor named it. The server
/// provides it; a browser takes what it was told to open.
#[derive(Clone, Debug, Default)]
pub struct BaseUrl(pub String);

/// The whole address of a path of this site; an address that is whole already stays.
#[must_use]
pub fn absolute(address: &str) -> String {
    if !address.starts_with('/') {
        return address.to_owned();
    }
    let base = if cfg!(feature = "ssr") {
        use_context::<BaseUrl>().unwrap_or_default().0
    } else {
        location().origin().unwrap_or_default()
    };
    base + address
}
