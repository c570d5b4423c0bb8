//! A plain form that was posted: who posted it, its fields, and how it is answered: with another page, or with the same
//! page again, what was typed, and why.

use crate::address::{block, shortened};
use crate::http::AppState;
use crate::http::session::{self, SignedIn};
use crate::services::internal;
use app::account::Viewer;
use app::error::AppError;
use app::form::{Notice, form_key};
use app::words as all;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::time::Duration;
use store::Event;
use types::{Account, Action, Object, can};

/// What to answer.
pub enum Done {
    /// Another page, and the cookie of a session that began or ended.
    At(String, Option<HeaderValue>),
    /// The same page, and why.
    Again(Notice),
    /// The same page, and how long to wait.
    Wait(Duration, Notice),
}

/// Another page.
pub fn done(place: &str) -> Done {
    Done::At(place.to_owned(), None)
}

/// The same page, and why, in one sentence about the whole form.
pub fn again(status: u16, text: impl Into<String>) -> Done {
    Done::Again(Notice { text: text.into(), status, ..Notice::default() })
}

/// The same page, and what is wrong with one field.
pub fn wrong(field: &str, text: impl Into<String>) -> Done {
    wrong_as(422, field, text)
}

/// As [`wrong`], with a status.
pub fn wrong_as(status: u16, field: &str, text: impl Into<String>) -> Done {
    Done::Again(Notice { text: text.into(), status, field: field.to_owned(), ..Notice::default() })
}

/// The same page: too many have tried too often.
pub fn wait(time: Duration, text: impl Into<String>) -> Done {
    Done::Wait(time, Notice { text: text.into(), status: 429, ..Notice::default() })
}

/// Whole seconds, rounded up, so that nobody is told to wait for zero of them.
pub fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

/// A post with what is known about it.
pub struct Asked<'a> {
    /// The site.
    pub state: &'a AppState,
    /// The request without its body.
    pub parts: &'a Parts,
    /// Who asks.
    pub account: Option<Account>,
    /// Counted by.
    pub block: String,
    /// Written down.
    pub address: String,
    fields: HashMap<String, String>,
}

impl<'a> Asked<'a> {
    /// Reads a post.
    pub fn new(state: &'a AppState, parts: &'a Parts, body: &[u8]) -> Self {
        let address = session::address(&parts.extensions);
        Self {
            state,
            parts,
            account: parts.extensions.get::<SignedIn>().map(|signed_in| signed_in.0.clone()),
            block: block(address).to_string(),
            address: shortened(address),
            fields: url::form_urlencoded::parse(body).into_owned().collect(),
        }
    }

    /// What was typed into a field; nothing where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The account of who asks.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn own(&self) -> Result<&Account, AppError> {
        self.account.as_ref().ok_or(AppError::SignedOut)
    }

    /// An event that the person who asks causes.
    pub fn event<'e>(&'e self, action: &'e str, object: &'e str) -> Event<'e> {
        let actor = self.account.as_ref().map_or("", |account| &account.username);
        Event { actor, action, object, address: &self.address }
    }

    /// Whether this person may do this.
    pub fn may(&self, action: Action, object: Object) -> bool {
        can(self.account.as_ref().map(|account| account.role), action, object)
    }

    /// The answer to somebody who may not; written down when it is known who.
    ///
    /// # Errors
    /// When the audit log cannot be written.
    pub async fn refuse(&self) -> Result<Done, AppError> {
        if self.account.is_none() {
            return Ok(again(401, all::SIGNED_OUT));
        }
        let noted = self.state.site.store.note(&self.event("refused", self.parts.uri.path())).await;
        noted.map_err(|error| internal("writing the audit log", &error))?;
        Ok(again(403, all::FORBIDDEN_HELP))
    }

    /// Back to the part of the list from which the form was posted, with word of what was done.
    pub fn back(&self, what: &str) -> Done {
        let uri = &self.parts.uri;
        let kept =
            uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("done="));
        let query: String = kept.map(|pair| format!("{pair}&")).collect();
        Done::At(format!("{}?{query}done={what}", uri.path()), None)
    }

    /// What was typed, but for passwords.
    fn typed(&self) -> Vec<(String, String)> {
        let shown = self.fields.iter().filter(|(name, _)| !name.contains("password"));
        shown.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

/// Answers a post. The page that shows again stands at `page`; `form` names the form where the fields do not say
/// `action` and `id`.
pub async fn answer(
    state: &AppState,
    parts: Parts,
    result: Result<Done, AppError>,
    typed: Typed,
    page: Uri,
) -> Response {
    let (notice, time) = match result {
        Ok(Done::At(place, cookie)) => {
            let mut response = StatusCode::FOUND.into_response();
            let headers = response.headers_mut();
            headers.insert(LOCATION, HeaderValue::from_str(&place).unwrap_or(HeaderValue::from_static("/account")));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Some(cookie) = cookie {
                headers.insert(SET_COOKIE, cookie);
            }
            return response;
        }
        Ok(Done::Again(notice)) => (notice, None),
        Ok(Done::Wait(time, notice)) => (notice, Some(time)),
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
            return (status, headers, all::editor::failure(&error)).into_response();
        }
    };
    let notice = Notice { form: typed.form, typed: typed.fields, ..notice };
    let mut parts = parts;
    let viewer = parts.extensions.get::<Viewer>().cloned().unwrap_or_default();
    parts.uri = page;
    parts.extensions.insert(notice);
    let mut response = state.workshop_page(viewer, None, Request::from_parts(parts, Body::empty())).await;
    if let Some(time) = time {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds(time)));
    }
    response
}

/// What was typed, and into which form.
pub struct Typed {
    form: String,
    fields: Vec<(String, String)>,
}

impl Typed {
    /// What a form of a name holds.
    pub fn named(form: &str, asked: &Asked<'_>) -> Self {
        Self { form: form.to_owned(), fields: asked.typed() }
    }

    /// What a form holds that says itself what it does, and to what.
    pub fn of(asked: &Asked<'_>) -> Self {
        Self::named(&form_key(asked.field("action"), asked.field("id")), asked)
    }
}
