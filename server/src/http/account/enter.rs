//! Coming in: signing in and registering.

use super::password::{choose, hashed, slow_down, verify};
use crate::http::form::{Asked, Done, again, done, wrong, wrong_as};
use crate::http::session;
use crate::services::internal;
use app::error::AppError;
use app::words::account as words;
use std::time::Instant;
use store::{Event, NewAccount, Registered};
use types::percent::encode;
use types::{Account, AccountState, Registration, Username};

/// Begins a session for who gives a name and its password.
pub(super) async fn sign_in(asked: &Asked<'_>) -> Result<Done, AppError> {
    let store = &asked.state.site.store;
    let typed: String = asked.field("username").trim().to_lowercase().chars().take(64).collect();
    if let Err(wait) = asked.state.throttle.sign_in(&typed, &asked.block, Instant::now()) {
        return Ok(slow_down(wait));
    }
    let found = store.account_named(&typed).await.map_err(|error| internal("reading an account", &error))?;
    let (account, hash) = found.unzip();
    let fits = match verify(asked.field("password"), hash).await? {
        Ok(fits) => fits,
        Err(busy) => return Ok(busy),
    };
    let account = match account {
        Some(account) if fits && account.state != AccountState::Closed => account,
        account => {
            // Unknown names are written down like others, so that this takes as long; what was typed is not: it may be a password.
            let object = account.map(|account| account.username).unwrap_or_default();
            let noted = store.note(&asked.event("sign in failed", &object)).await;
            noted.map_err(|error| internal("writing the audit log", &error))?;
            return Ok(again(401, words::WRONG));
        }
    };
    asked.state.throttle.succeeded(&typed, &asked.block);
    if account.state == AccountState::Waiting {
        return Ok(again(403, words::WAITING));
    }
    enter(asked, &account, "signed in").await
}

/// Makes an account, and begins a session where nobody has to approve it.
pub(super) async fn register(asked: &Asked<'_>) -> Result<Done, AppError> {
    let store = &asked.state.site.store;
    let invitation = asked.field("invitation");
    let way = asked.state.services.accounts.registration().await?;
    if way == Registration::Closed && invitation.is_empty() {
        return Ok(again(403, words::REGISTRATION_CLOSED));
    }
    let username = match asked.field("username").parse::<Username>() {
        Ok(username) => username,
        Err(why) => return Ok(wrong("username", words::invalid(why))),
    };
    let password = match choose(asked.field("password"), &username) {
        Ok(password) => password,
        Err(why) => return Ok(wrong("password", words::invalid(why))),
    };
    if let Err(wait) = asked.state.throttle.register(&asked.block, Instant::now()) {
        return Ok(slow_down(wait));
    }
    let hash = match hashed(password.expose()).await? {
        Ok(hash) => hash,
        Err(busy) => return Ok(busy),
    };
    let waits = way == Registration::Approval && invitation.is_empty();
    let state = if waits { AccountState::Waiting } else { AccountState::Active };
    let role = asked.state.site.registration_role().await?;
    let new = NewAccount { username: &username, password: &hash, role, state };
    let registered = if invitation.is_empty() {
        let event = Event { actor: username.as_str(), ..asked.event("registered", username.as_str()) };
        let added = store.add_account(&new, &event).await;
        added.map(|id| id.map_or(Registered::Taken, Registered::Done))
    } else {
        let event = Event { actor: username.as_str(), ..asked.event("registered by invitation", username.as_str()) };
        store.add_invited(&new, &session::hashed(invitation), &event).await
    };
    match registered.map_err(|error| internal("making an account", &error))? {
        Registered::Taken => return Ok(wrong_as(409, "username", words::TAKEN)),
        Registered::NoInvitation => return Ok(again(410, words::NO_INVITATION)),
        Registered::Done(_) if waits => return Ok(done("/account?done=waiting")),
        Registered::Done(_) => {}
    }
    let found = store.account_named(username.as_str()).await.map_err(|error| internal("reading an account", &error))?;
    let (account, _) = found.ok_or(AppError::Unavailable)?;
    enter(asked, &account, "signed in").await
}

/// Begins a session, and leads where the person wanted to go.
async fn enter(asked: &Asked<'_>, account: &Account, action: &str) -> Result<Done, AppError> {
    let event = Event { actor: &account.username, action, object: "", address: &asked.address };
    let cookie = session::begin(asked.state, account, &asked.parts.headers, &event).await?;
    Ok(Done::At(own_path(asked.field("next")).unwrap_or_else(|| "/account".to_owned()), Some(cookie)))
}

/// A path of this site as an address, or nothing: never another host, whatever browsers make of backslashes and control
/// characters.
fn own_path(next: &str) -> Option<String> {
    let rest = next.strip_prefix('/')?;
    let plain = |character: char| !character.is_ascii() || character.is_ascii_graphic() && character != '\\';
    if !next.chars().all(plain) || rest.starts_with('/') || rest.starts_with("api/") {
        return None;
    }
    // In an address only ASCII stands for itself.
    let mut address = String::with_capacity(next.len());
    for character in next.chars() {
        if character.is_ascii() {
            address.push(character);
        } else {
            address.push_str(&encode(character.encode_utf8(&mut [0; 4])));
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_own_paths_are_followed() {
        for path in ["/", "/editor/new", "/search?q=a&page=2"] {
            assert_eq!(own_path(path).as_deref(), Some(path));
        }
        assert_eq!(own_path("/editor?q=图").as_deref(), Some("/editor?q=%E5%9B%BE"));
        for path in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\r\nb",
            "/api/x",
            "/ x",
        ] {
            assert_eq!(own_path(path), None, "{path:?}");
        }
    }
}
