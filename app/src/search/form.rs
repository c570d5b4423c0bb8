//! The form of a search: a plain form that leads to `/search`; with the client the page changes without reloading.
//!
//! Leptos' own `<Form>` can also post, which takes a fiftieth of the client and which no form here does.

use leptos::form::form_data_from_event;
use leptos::web_sys::{SubmitEvent, UrlSearchParams};
use leptos_router::hooks::use_navigate;

/// What a `<form method="get" action="/search">` does when it is submitted.
pub fn follow() -> impl Fn(SubmitEvent) + 'static {
    let navigate = use_navigate();
    move |event| {
        if event.default_prevented() {
            return;
        }
        let fields = form_data_from_event(&event).ok();
        // Left to the browser where the fields cannot be read.
        let Some(query) = fields.and_then(|fields| UrlSearchParams::new_with_str_sequence_sequence(&fields).ok())
        else {
            return;
        };
        event.prevent_default();
        navigate(&format!("/search?{}", String::from(query.to_string())), Default::default());
    }
}
