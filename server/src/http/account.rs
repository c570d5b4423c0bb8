//! What the forms of `/account` post. What was not carried out is answered with the page again, and why.

use crate::http::AppState;
use crate::http::form::{Asked, Done, Typed, again, answer as respond, done, seconds, wait, wrong, wrong_as};
use crate::http::session;
use crate::passwords::{self, PasswordError};
use crate::services::internal;
use app::error::AppError;
use app::words::account as words;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing;
use std::time::{Duration, Instant};
use store::{AccountChange, Event, NewAccount, Registered};
use types::percent::encode;
use types::{Account, AccountState, Action, InvalidCredential, Object, Password, Registration, Username};

/// Characters of a pen name.
const NAME_CHARACTERS: usize = 60;

/// Everything that these forms post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// Begins a session.
    SignIn,
    /// Makes an account.
    Register,
    /// Ends the session.
    SignOut,
    /// Pen name and handle.
    ChangeProfile,
    /// The own password.
    ChangePassword,
    /// Ends a session elsewhere.
    EndSession,
    /// Ends the own account.
    CloseAccount,
}

impl Post {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::SignIn,
        Self::Register,
        Self::SignOut,
        Self::ChangeProfile,
        Self::ChangePassword,
        Self::EndSession,
        Self::CloseAccount,
    ];

    /// Its fixed address.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::SignIn => "/api/sign_in",
            Self::Register => "/api/register",
            Self::SignOut => "/api/sign_out",
            Self::ChangeProfile => "/api/change_profile",
            Self::ChangePassword => "/api/change_password",
            Self::EndSession => "/api/end_session",
            Self::CloseAccount => "/api/close_account",
        }
    }

    /// What somebody must be allowed to do; nothing for what everybody may.
    #[must_use]
    pub fn needs(self) -> Option<(Action, Object)> {
        match self {
            Self::SignIn | Self::Register | Self::SignOut => None,
            Self::ChangeProfile | Self::ChangePassword | Self::EndSession | Self::CloseAccount => {
                Some((Action::OwnAccount, Object::Own))
            }
        }
    }

    /// The page that its form stands on.
    fn page(self, asked: &Asked<'_>) -> Uri {
        let invitation = asked.field("invitation");
        match self {
            Self::Register if invitation.len() == 64 && invitation.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                format!("/account?invitation={invitation}").parse().unwrap_or(Uri::from_static("/account?register=1"))
            }
            Self::Register => Uri::from_static("/account?register=1"),
            _ => Uri::from_static("/account"),
        }
    }
}

/// The routes of these posts.
pub fn routes() -> Router<AppState> {
    Post::ALL.into_iter().fold(Router::new(), |router, post| {
        let handler = move |State(state): State<AppState>, parts: Parts, body: Bytes| answer(state, post, parts, body);
        router.route(post.path(), routing::post(handler))
    })
}

async fn answer(state: AppState, post: Post, parts: Parts, body: Bytes) -> Response {
    let (result, typed, page) = {
        let asked = Asked::new(&state, &parts, &body);
        let result = match post.needs() {
            Some((action, object)) if !asked.may(action, object) => asked.refuse().await,
            _ => carry_out(&asked, post).await,
        };
        (result, Typed::named(post.path().trim_start_matches("/api/"), &asked), post.page(&asked))
    };
    respond(&state, parts, result, typed, page).await
}

async fn carry_out(asked: &Asked<'_>, post: Post) -> Result<Done, AppError> {
    match post {
        Post::SignIn => asked.sign_in().await,
        Post::Register => asked.register().await,
        Post::SignOut => {
            let cookie = session::end(asked.state, &asked.parts.headers).await?;
            Ok(Done::At("/account?done=signed-out".into(), Some(cookie)))
        }
        Post::ChangeProfile => asked.change_profile().await,
        Post::ChangePassword => asked.change_password().await,
        Post::EndSession => asked.end_session().await,
        Post::CloseAccount => asked.close_account().await,
    }
}

impl Asked<'_> {
    async fn sign_in(&self) -> Result<Done, AppError> {
        let store = &self.state.site.store;
        let typed: String = self.field("username").trim().to_lowercase().chars().take(64).collect();
        if let Err(wait) = self.state.throttle.sign_in(&typed, &self.block, Instant::now()) {
            return Ok(slow_down(wait));
        }
        let found = store.account_named(&typed).await.map_err(|error| internal("reading an account", &error))?;
        let (account, hash) = found.unzip();
        let fits = match self.verify(self.field("password"), hash).await? {
            Ok(fits) => fits,
            Err(busy) => return Ok(busy),
        };
        let account = match account {
            Some(account) if fits && account.state != AccountState::Closed => account,
            account => {
                // Unknown names are written down like others, so that this takes as long; what was typed is not: it may be a password.
                let object = account.map(|account| account.username).unwrap_or_default();
                let noted = store.note(&self.event("sign in failed", &object)).await;
                noted.map_err(|error| internal("writing the audit log", &error))?;
                return Ok(again(401, words::WRONG));
            }
        };
        self.state.throttle.succeeded(&typed);
        if account.state == AccountState::Waiting {
            return Ok(again(403, words::WAITING));
        }
        self.enter(&account, "signed in").await
    }

    async fn register(&self) -> Result<Done, AppError> {
        let store = &self.state.site.store;
        let invitation = self.field("invitation");
        let way = self.state.services.accounts.registration().await?;
        if way == Registration::Closed && invitation.is_empty() {
            return Ok(again(403, words::REGISTRATION_CLOSED));
        }
        let username = match self.field("username").parse::<Username>() {
            Ok(username) => username,
            Err(why) => return Ok(wrong("username", words::invalid(why))),
        };
        let password = match choose(self.field("password"), &username) {
            Ok(password) => password,
            Err(why) => return Ok(wrong("password", words::invalid(why))),
        };
        if let Err(wait) = self.state.throttle.register(&self.block, Instant::now()) {
            return Ok(slow_down(wait));
        }
        let hash = match hashed(password.expose()).await? {
            Ok(hash) => hash,
            Err(busy) => return Ok(busy),
        };
        let waits = way == Registration::Approval && invitation.is_empty();
        let state = if waits { AccountState::Waiting } else { AccountState::Active };
        let role = self.state.site.registration_role().await?;
        let new = NewAccount { username: &username, password: &hash, role, state };
        let registered = if invitation.is_empty() {
            let event = Event { actor: username.as_str(), ..self.event("registered", username.as_str()) };
            let added = store.add_account(&new, &event).await;
            added.map(|id| id.map_or(Registered::Taken, Registered::Done))
        } else {
            let event = Event { actor: username.as_str(), ..self.event("registered by invitation", username.as_str()) };
            store.add_invited(&new, &session::hashed(invitation), &event).await
        };
        match registered.map_err(|error| internal("making an account", &error))? {
            Registered::Taken => return Ok(wrong_as(409, "username", words::TAKEN)),
            Registered::NoInvitation => return Ok(again(410, words::NO_INVITATION)),
            Registered::Done(_) if waits => return Ok(done("/account?done=waiting")),
            Registered::Done(_) => {}
        }
        let found =
            store.account_named(username.as_str()).await.map_err(|error| internal("reading an account", &error))?;
        let (account, _) = found.ok_or(AppError::Unavailable)?;
        self.enter(&account, "signed in").await
    }

    /// Begins a session, and leads where the person wanted to go.
    async fn enter(&self, account: &Account, action: &str) -> Result<Done, AppError> {
        let event = Event { actor: &account.username, action, object: "", address: &self.address };
        let cookie = session::begin(self.state, account, &self.parts.headers, &event).await?;
        Ok(Done::At(own_path(self.field("next")).unwrap_or_else(|| "/account".to_owned()), Some(cookie)))
    }

    async fn change_profile(&self) -> Result<Done, AppError> {
        let account = self.own()?;
        let name = self.field("name").trim();
        if name.is_empty() || name.chars().count() > NAME_CHARACTERS || name.chars().any(char::is_control) {
            return Ok(wrong("name", words::BAD_NAME));
        }
        let Ok(handle) = self.field("handle").trim().parse() else { return Ok(wrong("handle", words::BAD_HANDLE)) };
        let event = self.event("profile changed", &account.username);
        let changed = self.state.site.store.set_profile(account, name, &handle, &event).await;
        match changed.map_err(|error| internal("changing a profile", &error))? {
            AccountChange::Taken => return Ok(wrong_as(409, "handle", words::HANDLE_TAKEN)),
            AccountChange::Done | AccountChange::Missing | AccountChange::LastAdmin | AccountChange::NoHeir => {}
        }
        self.state.site.content_changed();
        Ok(done("/account?done=profile"))
    }

    async fn change_password(&self) -> Result<Done, AppError> {
        let account = self.own()?;
        if let Some(refusal) = self.confirm(account).await? {
            return Ok(refusal);
        }
        let chosen =
            account.username.parse::<Username>().and_then(|username| choose(self.field("new_password"), &username));
        let password = match chosen {
            Ok(password) => password,
            Err(why) => return Ok(wrong("new_password", words::invalid(why))),
        };
        let hash = match hashed(password.expose()).await? {
            Ok(hash) => hash,
            Err(busy) => return Ok(busy),
        };
        let changed = self
            .state
            .site
            .store
            .set_password(account.id, &hash, &self.event("password changed", &account.username))
            .await;
        changed.map_err(|error| internal("changing a password", &error))?;
        let event = self.event("signed in", "");
        let cookie = session::begin(self.state, account, &self.parts.headers, &event).await?;
        Ok(Done::At("/account?done=password".into(), Some(cookie)))
    }

    async fn end_session(&self) -> Result<Done, AppError> {
        let account = self.own()?;
        let Ok(session) = self.field("session").parse::<i64>() else { return Ok(again(422, words::BAD_VALUE)) };
        let ended = self
            .state
            .site
            .store
            .end_session_of(account.id, session, &self.event("session ended", &account.username))
            .await;
        match ended.map_err(|error| internal("ending a session", &error))? {
            true => Ok(done("/account?done=session")),
            false => Ok(again(404, words::BAD_VALUE)),
        }
    }

    async fn close_account(&self) -> Result<Done, AppError> {
        let account = self.own()?;
        if let Some(refusal) = self.confirm(account).await? {
            return Ok(refusal);
        }
        if let Some(refusal) = end_account(self, account).await? {
            return Ok(refusal);
        }
        let cookie = session::end(self.state, &self.parts.headers).await?;
        Ok(Done::At("/account?done=closed".into(), Some(cookie)))
    }

    /// Asks for the password once more: somebody may have found an open browser. Counted like signing in.
    async fn confirm(&self, account: &Account) -> Result<Option<Done>, AppError> {
        if let Err(wait) = self.state.throttle.sign_in(&account.username, &self.block, Instant::now()) {
            return Ok(Some(slow_down(wait)));
        }
        let found = self.state.site.store.account_of_author(account.author).await;
        let (_, hash) = found.map_err(|error| internal("reading an account", &error))?.unzip();
        match self.verify(self.field("password"), hash).await? {
            Ok(true) => {
                self.state.throttle.succeeded(&account.username);
                Ok(None)
            }
            Ok(false) => Ok(Some(wrong("password", words::WRONG_PASSWORD))),
            Err(busy) => Ok(Some(busy)),
        }
    }

    /// Whether the password fits; a page that asks to wait when too many are being checked.
    async fn verify(&self, password: &str, hash: Option<String>) -> Result<Result<bool, Done>, AppError> {
        let usable = password.chars().count() <= Password::MAX;
        let password = if usable { password.to_owned() } else { String::new() };
        turn(passwords::verify(password, hash).await).map(|fits| fits.map(|fits| fits && usable))
    }
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

/// The password that was chosen, in the form in which it is hashed.
fn choose(text: &str, username: &Username) -> Result<Password, InvalidCredential> {
    Password::choose(&passwords::normalized(text), username)
}

fn slow_down(time: Duration) -> Done {
    wait(time, words::wait(seconds(time)))
}

async fn hashed(password: &str) -> Result<Result<String, Done>, AppError> {
    turn(passwords::hash(password.to_owned()).await)
}

fn turn<T>(result: Result<T, PasswordError>) -> Result<Result<T, Done>, AppError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(PasswordError::Busy) => Ok(Err(wait(Duration::from_secs(5), words::BUSY))),
        Err(error) => Err(internal("hashing a password", &error)),
    }
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
