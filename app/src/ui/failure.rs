//! What a visitor sees when something does not work, with a way on.

use crate::error::AppError;
use crate::reply::set_status;
use crate::ui::{Erase, PageTitle};
use crate::words;
use leptos::prelude::*;

/// A page or a part of one that could not be made.
#[component]
pub fn Failure(
    /// Why.
    error: AppError,
) -> impl IntoView {
    set_status(error.status());
    // The client shows no page that needs an account.
    #[cfg(feature = "ssr")]
    if matches!(error, AppError::SignedOut) {
        return view! { <crate::account::SignInFirst /> }.erase();
    }
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
    // A page loaded whole may still be had: from this device, or because the next build of the site speaks otherwise.
    let unreachable = matches!(error, AppError::Transport(_)).then_some("");
    view! {
        <section class="failure" data-unreachable=unreachable>
            <PageTitle text=title />
            <h1>{title}</h1>
            <p>{help}</p>
            <form class="q" action="/search" role="search" aria-label=words::SEARCH_AGAIN>
                <input type="search" name="q" placeholder=words::SEARCH_HINT aria-label=words::SEARCH />
            </form>
            <p><a href="/">{words::HOME}</a>" · "<a href="/archive">{words::ARCHIVE}</a></p>
        </section>
    }
    .erase()
}
