//! What stands in place of a page that needs an account: the way to sign in, and from there back.

use crate::ui::PageTitle;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use types::percent::encode;

/// The way to sign in.
#[component]
pub fn SignInFirst() -> impl IntoView {
    let place = use_location();
    let (path, query) = (place.pathname.get_untracked(), place.search.get_untracked());
    let here = if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) };
    let sign_in = format!("/account?next={}", encode(&here));
    view! {
        <section class="failure">
            <PageTitle text=words::SIGNED_OUT />
            <h1>{words::SIGNED_OUT}</h1>
            <p>{words::SIGNED_OUT_HELP}</p>
            <p><a class="primary" href=sign_in rel="external">{words::account::SIGN_IN}</a></p>
            <p><a href="/">{words::HOME}</a>" · "<a href="/archive">{words::ARCHIVE}</a></p>
        </section>
    }
}
