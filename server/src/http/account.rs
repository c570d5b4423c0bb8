//! What the forms of `/account` and `/admin` post. What was not carried out is answered with the page again, and why.

use crate::http::AppState;
use crate::http::session::{self, SignedIn};
use crate::passwords::{self, PasswordError};
use crate::services::accounts::REGISTRATION;
use crate::services::internal;
use crate::throttle::{block, shortened};
use app::account::{Notice, Viewer};
use app::error::AppError;
use app::words::{self as all, account as words};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use store::{AccountChange, Event, NewAccount};
use types::{Account, AccountState, Action, Object, Password, Registration, Role, Username, can};

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
    /// Who may register.
    SetRegistration,
    /// Somebody's role and state.
    SetAccount,
}

impl Post {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::SignIn,
        Self::Register,
        Self::SignOut,
        Self::ChangeProfile,
        Self::ChangePassword,
        Self::EndSession,
        Self::CloseAccount,
        Self::SetRegistration,
        Self::SetAccount,
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
            Self::SetRegistration => "/api/set_registration",
            Self::SetAccount => "/api/set_account",
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
            Self::SetRegistration => Some((Action::ChangeSettings, Object::Foreign)),
            Self::SetAccount => Some((Action::ManageAccounts, Object::Foreign)),
        }
    }

    /// The page that its form stands on.
    fn page(self) -> &'static str {
        match self {
            Self::SetRegistration | Self::SetAccount => "/admin",
            Self::Register => "/account?register=1",
            _ => "/account",
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

/// What to answer.
enum Done {
    /// Another page, and the cookie of a session that began or ended.
    At(String, Option<HeaderValue>),
    /// The same page, and why.
    Again(Notice),
}

fn done(place: &str) -> Done {
    Done::At(place.to_owned(), None)
}

fn again(status: u16, text: impl Into<String>) -> Done {
    Done::Again(Notice { text: text.into(), status, ..Notice::default() })
}

/// A post with what is known about it.
struct Asked<'a> {
    state: &'a AppState,
    parts: &'a Parts,
    fields: HashMap<String, String>,
    account: Option<Account>,
    /// Counted by.
    block: String,
    /// Written down.
    address: String,
}

async fn answer(state: AppState, post: Post, parts: Parts, body: Bytes) -> Response {
    let account = parts.extensions.get::<SignedIn>().map(|signed_in| signed_in.0.clone());
    let address = session::address(&parts.extensions);
    let fields = url::form_urlencoded::parse(&body).into_owned().collect();
    let asked =
        Asked { state: &state, parts: &parts, fields, account, block: block(address), address: shortened(address) };
    let role = asked.account.as_ref().map(|account| account.role);
    let result = match post.needs() {
        Some((action, object)) if !can(role, action, object) => asked.refuse(post).await,
        _ => asked.carry_out(post).await,
    };
    let typed = (asked.field("username").to_owned(), asked.field("next").to_owned());
    match result {
        Ok(Done::At(place, cookie)) => {
            let mut response = StatusCode::FOUND.into_response();
            let headers = response.headers_mut();
            headers.insert(LOCATION, HeaderValue::from_str(&place).unwrap_or(HeaderValue::from_static("/account")));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Some(cookie) = cookie {
                headers.insert(SET_COOKIE, cookie);
            }
            response
        }
        Ok(Done::Again(notice)) => {
            let notice = Notice { username: typed.0, next: typed.1, ..notice };
            page(&state, post, parts, notice).await
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
            (status, headers, all::editor::failure(&error)).into_response()
        }
    }
}

/// The page with the form, and the sentence above it. Who may not see the admins' page gets the own account's.
async fn page(state: &AppState, post: Post, mut parts: Parts, notice: Notice) -> Response {
    let viewer = parts.extensions.get::<Viewer>().cloned().unwrap_or_default();
    let refused = matches!(notice.status, 401 | 403) && post.needs().is_some();
    parts.uri = axum::http::Uri::from_static(if refused { "/account" } else { post.page() });
    parts.extensions.insert(notice);
    state.workshop_page(viewer, None, Request::from_parts(parts, Body::empty())).await
}

impl Asked<'_> {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    fn own(&self) -> Result<&Account, AppError> {
        self.account.as_ref().ok_or(AppError::SignedOut)
    }

    /// An event that the person who asks causes.
    fn event<'e>(&'e self, action: &'e str, object: &'e str) -> Event<'e> {
        let actor = self.account.as_ref().map_or("", |account| &account.username);
        Event { actor, action, object, address: &self.address }
    }

    async fn refuse(&self, post: Post) -> Result<Done, AppError> {
        if self.account.is_none() {
            return Ok(again(401, all::SIGNED_OUT_HELP));
        }
        let noted = self.state.site.store.note(&self.event("refused", post.path())).await;
        noted.map_err(|error| internal("writing the audit log", &error))?;
        Ok(again(403, all::FORBIDDEN_HELP))
    }

    async fn carry_out(&self, post: Post) -> Result<Done, AppError> {
        match post {
            Post::SignIn => self.sign_in().await,
            Post::Register => self.register().await,
            Post::SignOut => {
                let cookie = session::end(self.state, &self.parts.headers).await?;
                Ok(Done::At("/account?done=signed-out".into(), Some(cookie)))
            }
            Post::ChangeProfile => self.change_profile().await,
            Post::ChangePassword => self.change_password().await,
            Post::EndSession => self.end_session().await,
            Post::CloseAccount => self.close_account().await,
            Post::SetRegistration => self.set_registration().await,
            Post::SetAccount => self.set_account().await,
        }
    }

    async fn sign_in(&self) -> Result<Done, AppError> {
        let store = &self.state.site.store;
        let typed: String = self.field("username").trim().to_lowercase().chars().take(64).collect();
        if let Err(wait) = self.state.throttle.sign_in(&typed, &self.block, Instant::now()) {
            return Ok(again(429, words::wait(seconds(wait))));
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
        let way = self.state.services.accounts.registration().await?;
        if way == Registration::Closed {
            return Ok(again(403, words::REGISTRATION_CLOSED));
        }
        let username = match self.field("username").parse::<Username>() {
            Ok(username) => username,
            Err(why) => return Ok(again(422, words::invalid(why))),
        };
        let password = match Password::choose(self.field("password"), &username) {
            Ok(password) => password,
            Err(why) => return Ok(again(422, words::invalid(why))),
        };
        if let Err(wait) = self.state.throttle.register(&self.block, Instant::now()) {
            return Ok(again(429, words::wait(seconds(wait))));
        }
        let hash = match hashed(password.expose()).await? {
            Ok(hash) => hash,
            Err(busy) => return Ok(busy),
        };
        let state = if way == Registration::Approval { AccountState::Waiting } else { AccountState::Active };
        let new = NewAccount { username: &username, password: &hash, role: Role::Author, state };
        let added = store.add_account(&new, &self.event("registered", username.as_str())).await;
        if added.map_err(|error| internal("making an account", &error))?.is_none() {
            return Ok(again(409, words::TAKEN));
        }
        if state == AccountState::Waiting {
            return Ok(done("/account?done=waiting"));
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
        Ok(Done::At(own_path(self.field("next")).unwrap_or("/account").to_owned(), Some(cookie)))
    }

    async fn change_profile(&self) -> Result<Done, AppError> {
        let account = self.own()?;
        let name = self.field("name").trim();
        if name.is_empty() || name.chars().count() > NAME_CHARACTERS || name.chars().any(char::is_control) {
            return Ok(again(422, words::BAD_NAME));
        }
        let Ok(handle) = self.field("handle").trim().parse() else { return Ok(again(422, words::BAD_HANDLE)) };
        let event = self.event("profile changed", &account.username);
        let changed = self.state.site.store.set_profile(account, name, &handle, &event).await;
        match changed.map_err(|error| internal("changing a profile", &error))? {
            AccountChange::Taken => return Ok(again(409, words::HANDLE_TAKEN)),
            AccountChange::Done | AccountChange::Missing | AccountChange::LastAdmin => {}
        }
        self.names_changed();
        Ok(done("/account?done=profile"))
    }

    async fn change_password(&self) -> Result<Done, AppError> {
        let account = self.own()?;
        if let Some(refusal) = self.confirm(account).await? {
            return Ok(refusal);
        }
        let chosen = account
            .username
            .parse::<Username>()
            .and_then(|username| Password::choose(self.field("new_password"), &username));
        let password = match chosen {
            Ok(password) => password,
            Err(why) => return Ok(again(422, words::invalid(why))),
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
        let closed = self
            .state
            .site
            .store
            .close_account(account, all::SITE, &self.event("account closed", &account.username))
            .await;
        if closed.map_err(|error| internal("closing an account", &error))? == AccountChange::LastAdmin {
            return Ok(again(409, words::LAST_ADMIN));
        }
        self.names_changed();
        let cookie = session::end(self.state, &self.parts.headers).await?;
        Ok(Done::At("/account?done=closed".into(), Some(cookie)))
    }

    async fn set_registration(&self) -> Result<Done, AppError> {
        let Ok(way) = self.field("registration").parse::<Registration>() else {
            return Ok(again(422, words::BAD_VALUE));
        };
        let set = self
            .state
            .site
            .store
            .set_setting(REGISTRATION, way.as_str(), &self.event("registration set", way.as_str()))
            .await;
        set.map_err(|error| internal("changing a setting", &error))?;
        Ok(done("/admin?done=registration"))
    }

    async fn set_account(&self) -> Result<Done, AppError> {
        let chosen = (
            self.field("account").parse(),
            self.field("role").parse::<Role>(),
            self.field("state").parse::<AccountState>(),
        );
        let (Ok(id), Ok(role), Ok(state)) = chosen else { return Ok(again(422, words::BAD_VALUE)) };
        let object = format!("{id} {role} {state}");
        let changed = self.state.site.store.set_account(id, role, state, &self.event("account set", &object)).await;
        Ok(match changed.map_err(|error| internal("changing an account", &error))? {
            AccountChange::Done => done("/admin?done=account"),
            AccountChange::LastAdmin => again(409, words::LAST_ADMIN),
            AccountChange::Missing | AccountChange::Taken => again(404, words::BAD_VALUE),
        })
    }

    /// Asks for the password once more: somebody may have found an open browser. Counted like signing in.
    async fn confirm(&self, account: &Account) -> Result<Option<Done>, AppError> {
        if let Err(wait) = self.state.throttle.sign_in(&account.username, &self.block, Instant::now()) {
            return Ok(Some(again(429, words::wait(seconds(wait)))));
        }
        let found = self.state.site.store.account_of_author(account.author).await;
        let (_, hash) = found.map_err(|error| internal("reading an account", &error))?.unzip();
        match self.verify(self.field("password"), hash).await? {
            Ok(true) => {
                self.state.throttle.succeeded(&account.username);
                Ok(None)
            }
            Ok(false) => Ok(Some(again(422, words::WRONG_PASSWORD))),
            Err(busy) => Ok(Some(busy)),
        }
    }

    /// Whether the password fits; a page that asks to wait when too many are being checked.
    async fn verify(&self, password: &str, hash: Option<String>) -> Result<Result<bool, Done>, AppError> {
        let usable = password.chars().count() <= Password::MAX;
        let password = if usable { password.to_owned() } else { String::new() };
        turn(passwords::verify(password, hash).await).map(|fits| fits.map(|fits| fits && usable))
    }

    /// Pages and index show names of authors.
    fn names_changed(&self) {
        self.state.site.pages.forget();
        self.state.site.changed.notify_one();
    }
}

async fn hashed(password: &str) -> Result<Result<String, Done>, AppError> {
    turn(passwords::hash(password.to_owned()).await)
}

fn turn<T>(result: Result<T, PasswordError>) -> Result<Result<T, Done>, AppError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(PasswordError::Busy) => Ok(Err(again(429, words::BUSY))),
        Err(error) => Err(internal("hashing a password", &error)),
    }
}

/// Whole seconds, rounded up, so that nobody is told to wait for zero of them.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

/// A path of this site, or nothing: never another host, whatever browsers make of backslashes and control characters.
fn own_path(next: &str) -> Option<&str> {
    let rest = next.strip_prefix('/')?;
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (plain && !rest.starts_with('/') && !rest.starts_with("api/")).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_own_paths_are_followed() {
        for path in ["/", "/editor/new", "/search?q=a&page=2"] {
            assert_eq!(own_path(path), Some(path));
        }
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
