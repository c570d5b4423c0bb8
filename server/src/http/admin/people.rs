//! Accounts of others: role, state, end.

use super::nonsense;
use crate::http::account::end_account;
use crate::http::form::{Asked, Done, again, wrong};
use crate::services::internal;
use app::error::AppError;
use app::words::{account, admin as words};
use store::AccountChange;
use types::{AccountState, Role};

/// Carries a post out.
pub(super) async fn change(asked: &Asked<'_>) -> Result<Done, AppError> {
    let store = &asked.state.site.store;
    let Ok(id) = asked.field("id").parse() else { return Ok(again(404, words::NO_PERSON)) };
    let found = store.account(id).await.map_err(|error| internal("reading an account", &error))?;
    let Some(person) = found else { return Ok(again(404, words::NO_PERSON)) };
    match asked.field("action") {
        "set" => {
            let Ok(role) = asked.field("role").parse::<Role>() else { return Ok(wrong("role", account::BAD_VALUE)) };
            let Ok(state) = asked.field("state").parse::<AccountState>() else {
                return Ok(wrong("state", account::BAD_VALUE));
            };
            let object = format!("{}: {role}, {state}", person.username);
            let changed = store.set_account(person.id, role, state, &asked.event("account set", &object)).await;
            Ok(match changed.map_err(|error| internal("changing an account", &error))? {
                AccountChange::Done => asked.back("account"),
                AccountChange::LastAdmin => again(409, account::LAST_ADMIN),
                AccountChange::Missing | AccountChange::Taken | AccountChange::NoHeir => again(404, words::NO_PERSON),
            })
        }
        "close" if asked.field("confirm").trim().to_lowercase() != person.username => {
            Ok(wrong("confirm", words::NOT_CONFIRMED))
        }
        "close" => Ok(end_account(asked, &person).await?.unwrap_or_else(|| asked.back("closed"))),
        _ => Ok(nonsense()),
    }
}
