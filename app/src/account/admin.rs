//! `/admin`: who may register, who may do what, and what was done.

use crate::account::form::Said;
use crate::account::{Administration, viewer};
use crate::services::services;
use crate::ui::{Failure, PageTitle};
use crate::words::account as words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use types::{Account, AccountState, AuditEntry, Registration, Role};

/// `/admin`.
#[component]
pub fn AdminPage() -> impl IntoView {
    let done = use_query_map().read_untracked().get_str("done").and_then(words::done);
    let found = AsyncDerived::new(|| {
        let (viewer, services) = (viewer(), services());
        async move { services?.accounts.administration(&viewer).await }
    });
    view! {
        <main id="main" class="wrap account-page">
            <PageTitle text=words::ADMIN />
            <Said />
            {done.map(|text| view! { <p class="note good" role="status">{text}</p> })}
            <Suspense>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok(found) => view! { <Everything found /> }.into_any(),
                        Err(error) => view! { <Failure error /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Everything(found: Administration) -> impl IntoView {
    let chosen = found.registration;
    let ways = Registration::ALL
        .into_iter()
        .map(|way| (way, way == chosen))
        .map(|(way, selected)| view! { <option value=way.as_str() selected=selected>{words::registration(way)}</option> })
        .collect_view();
    let accounts = found.accounts.into_iter().map(|account| view! { <Someone account /> }).collect_view();
    let audit = found.audit.into_iter().map(|entry| view! { <Entry entry /> }).collect_view();
    view! {
        <h1>{words::ADMIN}</h1>
        <section>
            <h2>{words::SETTINGS}</h2>
            <form method="post" action="/api/set_registration" class="row">
                <label for="registration">{words::REGISTRATION}</label>
                <select id="registration" name="registration">{ways}</select>
                <button>{words::SAVE}</button>
            </form>
        </section>
        <section>
            <h2>{words::PEOPLE}</h2>
            <ul class="people">{accounts}</ul>
        </section>
        <section>
            <h2>{words::AUDIT}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=words::AUDIT>
                <table>
                    <thead>
                        <tr><th>{words::WHEN}</th><th>{words::WHO}</th><th>{words::WHAT}</th><th>{words::WHOM}</th><th>{words::FROM}</th></tr>
                    </thead>
                    <tbody>{audit}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Someone(account: Account) -> impl IntoView {
    let roles = Role::ALL
        .into_iter()
        .map(|role| (role, role == account.role))
        .map(|(role, selected)| view! { <option value=role.as_str() selected=selected>{words::role(role)}</option> })
        .collect_view();
    let states = AccountState::ALL
        .into_iter()
        .map(|state| (state, state == account.state))
        .map(
            |(state, selected)| view! { <option value=state.as_str() selected=selected>{words::state(state)}</option> },
        )
        .collect_view();
    view! {
        <li>
            <form method="post" action="/api/set_account" class="row">
                <b>{account.username.clone()}</b>
                <span>{account.name}</span>
                <input type="hidden" name="account" value=account.id.to_string() />
                <select name="role" aria-label=format!("{} {}", account.username, words::ROLE)>{roles}</select>
                <select name="state" aria-label=format!("{} {}", account.username, words::STATE)>{states}</select>
                <button aria-label=format!("{} {}", words::SAVE, account.username)>{words::SAVE}</button>
            </form>
        </li>
    }
}

#[component]
fn Entry(entry: AuditEntry) -> impl IntoView {
    view! {
        <tr>
            <td><time datetime=entry.at.rfc3339()>{entry.at.minute()}</time></td>
            <td>{entry.actor}</td>
            <td>{entry.action}</td>
            <td>{entry.object}</td>
            <td>{entry.address}</td>
        </tr>
    }
}
