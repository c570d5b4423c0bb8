//! Absolute addresses of pages, for search engines and for those who show a link with a picture.

use leptos::prelude::*;

/// Scheme and host of the site, without a slash at the end: as configured, else as the visitor named it. The server
/// provides it; a browser does without, because nobody reads what it would change in a page that is there already.
#[derive(Clone, Debug, Default)]
pub struct BaseUrl(pub String);

/// The whole address of a path of this site; an address that is whole already stays.
#[must_use]
pub fn absolute(address: &str) -> String {
    if !address.starts_with('/') {
        return address.to_owned();
    }
    use_context::<BaseUrl>().unwrap_or_default().0 + address
}
