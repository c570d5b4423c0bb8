//! What a visitor sees when something does not work, with a way on.

use crate::error::AppError;
use crate::reply::set_status;
use crate::ui::{Erase, PageTitle};
use crate::words;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use types::percent::encode;

/// A page or a part of one that could not be made.
#[component]
pub fn Failure(
    /// Why.
    error: AppError,
) -> impl IntoView {
    set_status(error.status());
    let (title, help) = match &error {
        AppError::NotFound => (words::NOT_FOUND, words::NOT_FOUND_HELP.to_owned()),
        AppError::Gone => (words::GONE, words::NOT_FOUND_HELP.to_owned()),
        AppError::Invalid { message, .. } => (words::FAILURE, message.to_owned()),
        AppError::SignedOut => (words::SIGNED_OUT, words::SIGNED_OUT_HELP.to_owned()),
        AppError::Forbidden => (words::FORBIDDEN, words::FORBIDDEN_HELP.to_owned()),
        AppError::Unavailable => (words::FAILURE, words::UNAVAILABLE.to_owned()),
        AppError::Internal { report } => (words::FAILURE, format!("{} {report}", words::FAILURE_HELP)),
        AppError::Transport(_) => (words::FAILURE, words::OFFLINE.to_owned()),
    };
    // Whoever signs in comes back here; everybody else can look for what they wanted.
    let way = if matches!(error, AppError::SignedOut) {
        let place = use_location();
        let (path, query) = (place.pathname.get_untracked(), place.search.get_untracked());
        let here = if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) };
        let sign_in = format!("/account?next={}", encode(&here));
        Either::Left(view! { <p><a class="primary" href=sign_in rel="external">{words::SIGN_IN}</a></p> })
    } else {
        Either::Right(view! {
            <form class="q" action="/search" role="search" aria-label=words::SEARCH_AGAIN>
                <input type="search" name="q" placeholder=words::SEARCH_HINT aria-label=words::SEARCH />
            </form>
        })
    };
    view! {
        <section class="failure">
            <PageTitle text=title />
            <h1>{title}</h1>
            <p>{help}</p>
            {way}
            <p><a href="/">{words::HOME}</a>" · "<a href="/archive">{words::ARCHIVE}</a></p>
        </section>
    }
    .erase()
}
