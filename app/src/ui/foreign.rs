//! Parts of forms that a person or a script of ours changes.

use crate::ui::escaped;
use leptos::prelude::*;

/// A `<textarea>` with a text in it.
///
/// Leptos 0.8.23 does not escape its children on the server, so the text is escaped here. HTML drops one line feed
/// behind the start tag; one is written that may be dropped.
#[component]
pub fn TextArea(
    /// Name in the form, and id.
    name: &'static str,
    /// Lines shown.
    rows: u32,
    /// The text.
    text: String,
    /// Whether something is wrong with it.
    #[prop(optional)]
    invalid: bool,
    /// Whether it only shows a text.
    #[prop(optional)]
    readonly: bool,
    /// Whether the page opens at it.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let html = format!("\n{}", escaped(&text));
    let (error, invalid) = (invalid.then(|| format!("{name}-error")), invalid.then_some("true"));
    view! {
        <textarea
            name=name
            id=name
            rows=rows
            readonly=readonly
            autofocus=autofocus
            spellcheck="false"
            autocomplete="off"
            aria-invalid=invalid
            aria-describedby=error
            inner_html=html
        ></textarea>
    }
}

/// A `<textarea>` of a short text, in a form of its own; escaped as in [`TextArea`].
#[component]
pub fn Lines(
    /// Its id.
    id: String,
    /// Name in the form.
    name: &'static str,
    /// The text.
    text: String,
    /// Whether something is wrong with it.
    invalid: bool,
    /// Ids of what describes it.
    described: Option<String>,
    /// It may stay empty.
    free: bool,
) -> impl IntoView {
    let html = format!("\n{}", escaped(&text));
    view! {
        <textarea
            name=name
            id=id
            rows="3"
            autocomplete="off"
            aria-invalid=invalid.then_some("true")
            aria-describedby=described
            autofocus=invalid
            required=!free
            inner_html=html
        ></textarea>
    }
}

/// An element that a script fills and shows.
#[component]
pub fn Foreign(
    /// The class by which the script finds it.
    class: &'static str,
) -> impl IntoView {
    view! { <div class=class hidden></div> }
}
