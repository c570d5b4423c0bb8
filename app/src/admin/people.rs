//! `/admin/people`: who has an account, what they may do, and how an account ends.

use super::Place;
use super::desk::{Find, asked, desk, means, pages};
use crate::account::page::Heirs;
use crate::form::{Choice, Field, form_key, notice};
use crate::words::{account, admin as words};
use leptos::prelude::*;
use types::{Account, AccountState, Author, Page, Role};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct People {
    /// Some of the accounts.
    pub page: Page<Account>,
    /// Who could take somebody's articles over, as in [`crate::account::OwnAccount`].
    pub heirs: Vec<Author>,
}

/// `/admin/people`.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let asked = asked();
    let query = asked.clone();
    desk(
        Place::People,
        move |admin, viewer| {
            let asked = asked.clone();
            async move { admin.people(&viewer, &asked).await }
        },
        move |People { page, heirs }| {
            let (query, here) = (query.clone(), query.address(Place::People));
            let pager = pages(Place::People, query.text.clone(), &page);
            let people = page
                .items
                .into_iter()
                .map(|account| {
                    let heirs = heirs.iter().filter(|heir| heir.handle.as_str() != account.handle).cloned().collect();
                    someone(account, heirs, &here)
                })
                .collect_view();
            view! {
                <Find place=Place::People text=query.text />
                <ul class="entries">{people}</ul>
                {pager}
            }
            .into_any()
        },
    )
}

fn someone(account: Account, heirs: Vec<Author>, here: &str) -> AnyView {
    let id = account.id.to_string();
    let (set, close) = (form_key("set", &id), form_key("close", &id));
    let roles = Role::ALL.map(|role| (role.to_string(), account::role(role).to_owned())).to_vec();
    let states = AccountState::ALL.map(|state| (state.to_string(), account::state(state).to_owned())).to_vec();
    let open = notice().form == close;
    let (posted, closed) = (here.to_owned(), here.to_owned());
    let ended = account.state == AccountState::Closed && account.handle.starts_with("former-");
    let ending = (!ended).then(|| {
        view! {
            <details open=open>
                <summary>{words::close(&account.username)}</summary>
                <p>{words::CLOSE_HELP}</p>
                <form method="post" action=closed>
                    {means("close", &id)}
                    <Heirs form=close.clone() prefix=format!("{close}-") heirs />
                    <Field form=close.clone() prefix=format!("{close}-") name="confirm" label=words::CONFIRM />
                    <p class="actions"><button>{account::CLOSE_ACCOUNT}</button></p>
                </form>
            </details>
        }
    });
    view! {
        <li>
            <form method="post" action=posted class="row">
                <b>{account.username.clone()}</b>
                <span>{account.name.clone()}</span>
                {means("set", &id)}
                <Choice form=set.clone() prefix=format!("{set}-") name="role" label=words::role_of(&account.username) value=account.role.as_str() options=roles />
                <Choice form=set.clone() prefix=format!("{set}-") name="state" label=words::state_of(&account.username) value=account.state.as_str() options=states />
                <button aria-label=words::save(&account.username)>{account::SAVE}</button>
            </form>
            {ending}
        </li>
    }
    .into_any()
}
