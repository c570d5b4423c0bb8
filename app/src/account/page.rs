//! `/account`: signing in and registering, or the own account.

use crate::account::form::{Field, Said};
use crate::account::{Notice, OwnAccount, viewer};
use crate::error::AppError;
use crate::services::services;
use crate::ui::{Failure, PageTitle};
use crate::words::account as words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use types::percent::encode;
use types::{Action, Object, OpenSession, Registration, can};

/// `/account`.
#[component]
pub fn AccountPage() -> impl IntoView {
    let query = use_query_map();
    let next = query.read_untracked().get_str("next").unwrap_or_default().to_owned();
    let new = query.read_untracked().get_str("register").is_some();
    let done = query.read_untracked().get_str("done").and_then(words::done);
    let found = AsyncDerived::new(|| {
        let (viewer, services) = (viewer(), services());
        async move {
            let services = services?;
            Ok::<_, AppError>((services.accounts.own(&viewer).await?, services.accounts.registration().await?))
        }
    });
    view! {
        <main id="main" class="wrap account-page">
            <PageTitle text=words::ACCOUNT />
            <Said />
            {done.map(|text| view! { <p class="note good" role="status">{text}</p> })}
            <Suspense>
                {move || {
                    let next = next.clone();
                    Suspend::new(async move {
                        match found.await {
                            Ok((Some(own), _)) => view! { <Own own /> }.into_any(),
                            Ok((None, registration)) if new => view! { <Register next registration /> }.into_any(),
                            Ok((None, registration)) => view! { <SignIn next registration /> }.into_any(),
                            Err(error) => view! { <Failure error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
}

/// What was typed before, after a post that was not carried out: where to go, and the name.
fn typed(next: String) -> (String, String) {
    let notice = use_context::<Notice>().unwrap_or_default();
    (if notice.next.is_empty() { next } else { notice.next }, notice.username)
}

#[component]
fn Register(next: String, registration: Registration) -> impl IntoView {
    let (next, username) = typed(next);
    let back = format!("/account?next={}", encode(&next));
    let form = (registration != Registration::Closed).then(|| {
        view! {
            <form method="post" action="/api/register" class="account">
                <input type="hidden" name="next" value=next />
                <Field name="username" label=words::USERNAME complete="username" value=username help=words::USERNAME_HELP />
                <Field name="password" label=words::PASSWORD kind="password" complete="new-password" help=words::PASSWORD_HELP />
                <p class="actions"><button class="primary">{words::REGISTER}</button></p>
            </form>
        }
    });
    view! {
        <h1>{words::REGISTER}</h1>
        {(registration == Registration::Approval).then(|| view! { <p>{words::NEEDS_APPROVAL}</p> })}
        {(registration == Registration::Closed).then(|| view! { <p>{words::REGISTRATION_CLOSED}</p> })}
        {form}
        <p><a href=back>{words::SIGN_IN}</a></p>
    }
}

#[component]
fn SignIn(next: String, registration: Registration) -> impl IntoView {
    let (next, typed) = typed(next);
    let new = format!("/account?register=1&next={}", encode(&next));
    let register = (registration != Registration::Closed).then(|| view! { <p><a href=new>{words::REGISTER}</a></p> });
    view! {
        <h1>{words::SIGN_IN}</h1>
        <form method="post" action="/api/sign_in" class="account">
            <input type="hidden" name="next" value=next />
            <Field name="username" label=words::USERNAME complete="username" value=typed />
            <Field name="password" label=words::PASSWORD kind="password" complete="current-password" />
            <p class="actions"><button class="primary">{words::SIGN_IN}</button></p>
        </form>
        {register}
    }
}

#[component]
fn Own(own: OwnAccount) -> impl IntoView {
    let OwnAccount { account, sessions } = own;
    let writes = can(Some(account.role), Action::Write, Object::Own);
    let runs = can(Some(account.role), Action::ManageAccounts, Object::Foreign);
    let sessions = sessions.into_iter().map(|session| view! { <Session session /> }).collect_view();
    view! {
        <h1>{account.name.clone()}</h1>
        <p>{words::SIGNED_IN_AS}" "<b>{account.username}</b>" · "{words::role(account.role)}</p>
        <nav class="actions" aria-label=words::PLACES>
            {writes.then(|| view! { <a href="/editor">{words::MY_ARTICLES}</a> })}
            {runs.then(|| view! { <a href="/admin">{words::ADMIN}</a> })}
            <a href=format!("/author/{}", account.handle)>{words::AUTHOR_PAGE}</a>
        </nav>
        <form method="post" action="/api/sign_out"><p class="actions"><button>{words::SIGN_OUT}</button></p></form>
        <section>
            <h2>{words::PROFILE}</h2>
            <form method="post" action="/api/change_profile" class="account">
                <Field name="name" label=words::NAME value=account.name help=words::NAME_HELP />
                <Field name="handle" label=words::HANDLE value=account.handle help=words::HANDLE_HELP />
                <p class="actions"><button>{words::SAVE}</button></p>
            </form>
        </section>
        <section>
            <h2>{words::CHANGE_PASSWORD}</h2>
            <form method="post" action="/api/change_password" class="account">
                <Field name="password" label=words::OLD_PASSWORD kind="password" complete="current-password" />
                <Field name="new_password" label=words::NEW_PASSWORD kind="password" complete="new-password" help=words::PASSWORD_HELP />
                <p class="actions"><button>{words::CHANGE_PASSWORD}</button></p>
            </form>
        </section>
        <section>
            <h2>{words::SESSIONS}</h2>
            <ul class="sessions">{sessions}</ul>
        </section>
        <section>
            <h2>{words::CLOSE_ACCOUNT}</h2>
            <p>{words::CLOSE_HELP}</p>
            <form method="post" action="/api/close_account" class="account">
                <Field name="password" prefix="close-" label=words::PASSWORD kind="password" complete="current-password" />
                <p class="actions"><button>{words::CLOSE_ACCOUNT}</button></p>
            </form>
        </section>
    }
}

#[component]
fn Session(session: OpenSession) -> impl IntoView {
    let agent = if session.agent.is_empty() { words::UNKNOWN_BROWSER.to_owned() } else { session.agent };
    let label = format!("{} {agent}", words::END_SESSION);
    view! {
        <li>
            <span>{agent}</span>
            <span>{session.address}</span>
            <span>{words::LAST_SEEN}" "<time datetime=session.seen_at.rfc3339()>{session.seen_at.minute()}</time></span>
            <form method="post" action="/api/end_session">
                <input type="hidden" name="session" value=session.id.to_string() />
                <button aria-label=label>{words::END_SESSION}</button>
            </form>
        </li>
    }
}
