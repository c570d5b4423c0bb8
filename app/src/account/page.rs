//! `/account`: signing in and registering, or the own account.

use crate::account::{MOST_HEIRS, OwnAccount, viewer};
use crate::error::AppError;
use crate::form::{Choice, Field, Said, filled};
use crate::parameters::use_parameters;
use crate::reply::set_status;
use crate::services::services;
use crate::ui::{Failure, PageTitle};
use crate::words::account as words;
use leptos::prelude::*;
use types::percent::encode;
use types::{Action, Author, Object, OpenSession, Registration, Role, can};

/// `/account`.
#[component]
pub fn AccountPage() -> impl IntoView {
    let query = use_parameters();
    let next = query.read_untracked().get("next").unwrap_or_default().to_owned();
    let new = query.read_untracked().get("register").is_some();
    let invitation = query.read_untracked().get("invitation").map(str::to_owned);
    let done = query.read_untracked().get("done").and_then(words::done);
    let invited = invitation.clone();
    let found = AsyncDerived::new(move || {
        let (viewer, services, invited) = (viewer(), services(), invited.clone());
        async move {
            let accounts = services?.accounts;
            let invited = match invited {
                Some(token) => Some(accounts.invitation(&token).await?),
                None => None,
            };
            Ok::<_, AppError>((accounts.own(&viewer).await?, accounts.registration().await?, invited))
        }
    });
    view! {
        <main id="main" class="wrap account-page">
            <PageTitle text=words::ACCOUNT />
            <Said />
            {done.map(|text| view! { <p class="note good" role="status">{text}</p> })}
            <Suspense>
                {move || {
                    let (next, token) = (next.clone(), invitation.clone().unwrap_or_default());
                    Suspend::new(async move {
                        match found.await {
                            Ok((Some(own), ..)) => view! { <Own own /> }.into_any(),
                            Ok((None, _, Some(None))) => view! { <NoInvitation /> }.into_any(),
                            Ok((None, _, Some(Some(role)))) => {
                                view! { <Invited role /> <Register next registration=Registration::Open token /> }.into_any()
                            }
                            Ok((None, registration, None)) if new => {
                                view! { <Register next registration token=String::new() /> }.into_any()
                            }
                            Ok((None, registration, None)) => view! { <SignIn next registration /> }.into_any(),
                            Err(error) => view! { <Failure error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
}

/// What an invitation makes of somebody.
#[component]
fn Invited(role: Role) -> impl IntoView {
    view! { <p class="note good">{words::invited(role)}</p> }
}

/// An invitation that was used, has run out, or never was.
#[component]
fn NoInvitation() -> impl IntoView {
    set_status(410);
    view! {
        <h1>{words::REGISTER}</h1>
        <p>{words::NO_INVITATION}</p>
        <p><a href="/account">{words::SIGN_IN}</a></p>
    }
}

#[component]
fn Register(next: String, registration: Registration, token: String) -> impl IntoView {
    let next = filled("register", "next", &next);
    let back = format!("/account?next={}", encode(&next));
    let form = (registration != Registration::Closed).then(|| {
        view! {
            <form method="post" action="/api/register" class="account">
                <input type="hidden" name="next" value=next />
                {(!token.is_empty()).then(|| view! { <input type="hidden" name="invitation" value=token /> })}
                <Field form="register" name="username" label=words::USERNAME complete="username" help=words::USERNAME_HELP />
                <Field form="register" name="password" label=words::PASSWORD kind="password" complete="new-password" help=words::PASSWORD_HELP />
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
    let next = filled("sign_in", "next", &next);
    let new = format!("/account?register=1&next={}", encode(&next));
    let register = (registration != Registration::Closed).then(|| view! { <p><a href=new>{words::REGISTER}</a></p> });
    view! {
        <h1>{words::SIGN_IN}</h1>
        <form method="post" action="/api/sign_in" class="account">
            <input type="hidden" name="next" value=next />
            <Field form="sign_in" name="username" label=words::USERNAME complete="username" />
            <Field form="sign_in" name="password" label=words::PASSWORD kind="password" complete="current-password" />
            <p class="actions"><button class="primary">{words::SIGN_IN}</button></p>
        </form>
        {register}
    }
}

#[component]
fn Own(own: OwnAccount) -> impl IntoView {
    let OwnAccount { account, sessions, heirs } = own;
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
        <form method="post" action="/api/sign_out" data-leaves=viewer().author()><p class="actions"><button>{words::SIGN_OUT}</button></p></form>
        <section>
            <h2>{words::PROFILE}</h2>
            <form method="post" action="/api/change_profile" class="account">
                <Field form="change_profile" name="name" label=words::NAME value=account.name help=words::NAME_HELP />
                <Field form="change_profile" name="handle" label=words::HANDLE value=account.handle help=words::HANDLE_HELP />
                <p class="actions"><button>{words::SAVE}</button></p>
            </form>
        </section>
        <section>
            <h2>{words::CHANGE_PASSWORD}</h2>
            <form method="post" action="/api/change_password" class="account">
                <Field form="change_password" name="password" label=words::OLD_PASSWORD kind="password" complete="current-password" />
                <Field form="change_password" name="new_password" label=words::NEW_PASSWORD kind="password" complete="new-password" help=words::PASSWORD_HELP />
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
                <Heirs form="close_account" prefix="close-" heirs />
                <Field form="close_account" name="password" prefix="close-" label=words::PASSWORD kind="password" complete="current-password" />
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

/// Who gets the articles of an account that ends.
#[component]
pub fn Heirs(
    /// The form it stands in.
    #[prop(into)]
    form: String,
    /// Begins the field's id.
    #[prop(into)]
    prefix: String,
    /// Who could.
    heirs: Vec<Author>,
) -> impl IntoView {
    if heirs.len() > MOST_HEIRS as usize {
        let help = words::HEIR_HELP;
        return view! { <Field form prefix name="heir" label=words::HEIR help free=true /> }.into_any();
    }
    let options = std::iter::once((String::new(), words::STAYS.to_owned()))
        .chain(heirs.into_iter().map(|heir| (heir.handle.to_string(), format!("{} ({})", heir.name, heir.handle))))
        .collect();
    view! { <Choice form=form prefix=prefix name="heir" label=words::HEIR value="" options=options /> }.into_any()
}
