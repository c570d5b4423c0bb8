//! The own account: profile, password, sessions and its end.

use super::password::{choose, confirm, hashed};
use crate::http::form::{Asked, Done, again, done, wrong, wrong_as};
use crate::http::session;
use crate::services::internal;
use app::error::AppError;
use app::words::account as words;
use store::AccountChange;
use types::{Account, Username};

/// Characters of a pen name.
const NAME_CHARACTERS: usize = 60;

/// Pen name and handle.
pub(super) async fn change_profile(asked: &Asked<'_>) -> Result<Done, AppError> {
    let account = asked.own()?;
    let name = asked.field("name").trim();
    if name.is_empty() || name.chars().count() > NAME_CHARACTERS || name.chars().any(char::is_control) {
        return Ok(wrong("name", words::BAD_NAME));
    }
    let Ok(handle) = asked.field("handle").trim().parse() else { return Ok(wrong("handle", words::BAD_HANDLE)) };
    let event = asked.event("profile changed", &account.username);
    let changed = asked.state.site.store.set_profile(account, name, &handle, &event).await;
    match changed.map_err(|error| internal("changing a profile", &error))? {
        AccountChange::Taken => return Ok(wrong_as(409, "handle", words::HANDLE_TAKEN)),
        AccountChange::Done | AccountChange::Missing | AccountChange::LastAdmin | AccountChange::NoHeir => {}
    }
    asked.state.site.content_changed();
    Ok(done("/account?done=profile"))
}

/// Another password, for who knows the old one; a new session takes the place of all others.
pub(super) async fn change_password(asked: &Asked<'_>) -> Result<Done, AppError> {
    let account = asked.own()?;
    if let Some(refusal) = confirm(asked, account).await? {
        return Ok(refusal);
    }
    let chosen =
        account.username.parse::<Username>().and_then(|username| choose(asked.field("new_password"), &username));
    let password = match chosen {
        Ok(password) => password,
        Err(why) => return Ok(wrong("new_password", words::invalid(why))),
    };
    let hash = match hashed(password.expose()).await? {
        Ok(hash) => hash,
        Err(busy) => return Ok(busy),
    };
    let changed = asked
        .state
        .site
        .store
        .set_password(account.id, &hash, &asked.event("password changed", &account.username))
        .await;
    changed.map_err(|error| internal("changing a password", &error))?;
    let event = asked.event("signed in", "");
    let cookie = session::begin(asked.state, account, &asked.parts.headers, &event).await?;
    Ok(Done::At("/account?done=password".into(), Some(cookie)))
}

/// Ends one of the own sessions.
pub(super) async fn end_session(asked: &Asked<'_>) -> Result<Done, AppError> {
    let account = asked.own()?;
    let Ok(session) = asked.field("session").parse::<i64>() else { return Ok(again(422, words::BAD_VALUE)) };
    let ended = asked
        .state
        .site
        .store
        .end_session_of(account.id, session, &asked.event("session ended", &account.username))
        .await;
    match ended.map_err(|error| internal("ending a session", &error))? {
        true => Ok(done("/account?done=session")),
        false => Ok(again(404, words::BAD_VALUE)),
    }
}

/// Ends the own account, for who knows its password.
pub(super) async fn close_account(asked: &Asked<'_>) -> Result<Done, AppError> {
    let account = asked.own()?;
    if let Some(refusal) = confirm(asked, account).await? {
        return Ok(refusal);
    }
    if let Some(refusal) = end_account(asked, account).await? {
        return Ok(refusal);
    }
    let cookie = session::end(asked.state, &asked.parts.headers).await?;
    Ok(Done::At("/account?done=closed".into(), Some(cookie)))
}

/// Ends an account: its articles go to the author that the field `heir` names, or stay under the site's name.
/// Gives the refusal, if it was not done.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_account(asked: &Asked<'_>, account: &Account) -> Result<Option<Done>, AppError> {
    let heir = asked.field("heir").trim();
    let heir = match heir.parse() {
        Ok(handle) => Some(handle),
        Err(_) if heir.is_empty() => None,
        Err(_) => return Ok(Some(wrong("heir", words::NO_HEIR))),
    };
    let site = &asked.state.site;
    let object = match &heir {
        Some(heir) => format!("{} → {heir}", account.username),
        None => account.username.clone(),
    };
    let name = site.names.load().name.clone();
    let closed = site.store.close_account(account, heir.as_ref(), &name, &asked.event("account closed", &object)).await;
    match closed.map_err(|error| internal("closing an account", &error))? {
        AccountChange::LastAdmin => return Ok(Some(again(409, words::LAST_ADMIN))),
        AccountChange::NoHeir => return Ok(Some(wrong("heir", words::NO_HEIR))),
        AccountChange::Done | AccountChange::Missing | AccountChange::Taken => {}
    }
    site.content_changed();
    Ok(None)
}
