//! A place for the button that saves articles on the device.

use leptos::prelude::*;

/// What a button saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Save {
    /// One article, named by its slug.
    Article,
    /// All parts of the series of an article, which is named by its slug.
    Series,
    /// The newest articles of a category, named by its slug.
    Category,
    /// Articles, named by their slugs with commas between.
    List,
}

impl Save {
    fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Series => "series",
            Self::Category => "category",
            Self::List => "list",
        }
    }
}

/// The place; the script puts button, progress and size into it.
#[component]
pub fn SaveOffline(
    /// What is saved.
    what: Save,
    /// Its name.
    #[prop(into)]
    of: String,
) -> impl IntoView {
    view! { <div class="save-place" data-save=what.name() data-of=of></div> }
}
