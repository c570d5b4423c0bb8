//! Passwords in these forms: chosen, hashed, checked and asked for once more.

use crate::http::form::{Asked, Done, seconds, wait, wrong};
use crate::passwords::{self, PasswordError};
use crate::services::internal;
use app::error::AppError;
use app::words::account as words;
use std::time::{Duration, Instant};
use types::{Account, InvalidCredential, Password, Username};

/// Asks for the password once more: somebody may have found an open browser. Counted apart from signing in, so that no
/// stranger can keep the owner from it.
pub(super) async fn confirm(asked: &Asked<'_>, account: &Account) -> Result<Option<Done>, AppError> {
    if let Err(wait) = asked.state.throttle.confirm(&account.username, Instant::now()) {
        return Ok(Some(slow_down(wait)));
    }
    let found = asked.state.site.store.account_of_author(account.author).await;
    let (_, hash) = found.map_err(|error| internal("reading an account", &error))?.unzip();
    match verify(asked.field("password"), hash).await? {
        Ok(true) => {
            asked.state.throttle.confirmed(&account.username);
            Ok(None)
        }
        Ok(false) => Ok(Some(wrong("password", words::WRONG_PASSWORD))),
        Err(busy) => Ok(Some(busy)),
    }
}

/// Whether the password fits; a page that asks to wait when too many are being checked.
pub(super) async fn verify(password: &str, hash: Option<String>) -> Result<Result<bool, Done>, AppError> {
    let usable = password.chars().count() <= Password::MAX;
    let password = if usable { password.to_owned() } else { String::new() };
    turn(passwords::verify(password, hash).await).map(|fits| fits.map(|fits| fits && usable))
}

/// The password that was chosen, in the form in which it is hashed.
pub(super) fn choose(text: &str, username: &Username) -> Result<Password, InvalidCredential> {
    Password::choose(&passwords::normalized(text), username)
}

/// The page again, which asks to wait.
pub(super) fn slow_down(time: Duration) -> Done {
    wait(time, words::wait(seconds(time)))
}

/// The hash to store; a page that asks to wait when too many are being hashed.
pub(super) async fn hashed(password: &str) -> Result<Result<String, Done>, AppError> {
    turn(passwords::hash(password.to_owned()).await)
}

fn turn<T>(result: Result<T, PasswordError>) -> Result<Result<T, Done>, AppError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(PasswordError::Busy) => Ok(Err(wait(Duration::from_secs(5), words::BUSY))),
        Err(error) => Err(internal("hashing a password", &error)),
    }
}
