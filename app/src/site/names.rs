//! What the site calls itself: as its admins wrote it, else as the words of the interface say.

use crate::words;
use leptos::prelude::use_context;

/// Name and description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteNames {
    /// The name.
    pub name: String,
    /// What the site is, in one or two sentences.
    pub description: String,
}

impl Default for SiteNames {
    fn default() -> Self {
        Self { name: words::SITE.to_owned(), description: words::SITE_DESCRIPTION.to_owned() }
    }
}

/// The site's name and description. On the server they come with the request, in the browser from the document's head.
#[must_use]
pub fn site_names() -> SiteNames {
    use_context::<SiteNames>().unwrap_or_default()
}
