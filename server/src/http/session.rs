//! The cookie of a session: read into the person that asks, set at signing in, taken away at signing out.

use crate::http::{AppState, page};
use crate::passwords;
use crate::services::internal;
use app::account::{Person, Viewer};
use app::error::AppError;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{COOKIE, USER_AGENT};
use axum::http::{Extensions, HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use sha2::{Digest, Sha256};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use store::{Event, NewSession};
use types::Account;

/// As long as a session can last: 90 days in seconds.
const MAX_AGE: u32 = 90 * 24 * 60 * 60;
/// What is kept of a browser's name.
const AGENT_CHARACTERS: usize = 200;

/// The account of the person who asks.
#[derive(Clone)]
pub struct SignedIn(pub Account);

/// Middleware: finds whose session the cookie opens. An unknown or ended one is as none.
pub async fn resolve(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let token = cookie(&state, request.headers()).map(hashed);
    if let Some(token) = token {
        match state.site.store.session(&token).await {
            Ok(Some(account)) => {
                let person = Person { handle: account.handle.clone(), author: account.author, role: account.role };
                request.extensions_mut().insert(Viewer(Some(person)));
                request.extensions_mut().insert(SignedIn(account));
            }
            Ok(None) => {}
            Err(error) => {
                internal("reading a session", &error);
                return page::unreachable();
            }
        }
    }
    next.run(request).await
}

/// Begins a session and gives the cookie that opens it. A session that the browser had before ends.
///
/// # Errors
/// When the database cannot be written.
pub async fn begin(
    state: &AppState,
    account: &Account,
    headers: &HeaderMap,
    event: &Event<'_>,
) -> Result<HeaderValue, AppError> {
    end(state, headers).await?;
    let token = passwords::token();
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let agent: String = agent.chars().take(AGENT_CHARACTERS).collect();
    let new = NewSession { token: &hashed(&token), account: account.id, agent: &agent };
    state.site.store.begin_session(&new, event).await.map_err(|error| internal("beginning a session", &error))?;
    Ok(set(state, &token, MAX_AGE))
}

/// Ends the session that the cookie opens, and gives the cookie that takes it out of the browser.
///
/// # Errors
/// When the database cannot be written.
pub async fn end(state: &AppState, headers: &HeaderMap) -> Result<HeaderValue, AppError> {
    if let Some(token) = cookie(state, headers) {
        let ended = state.site.store.end_session(&hashed(token)).await;
        ended.map_err(|error| internal("ending a session", &error))?;
    }
    Ok(set(state, "", 0))
}

/// Where a request comes from: what the loop that takes connections made of peer and proxy ([`crate::http::limit::client`]).
#[must_use]
pub fn address(extensions: &Extensions) -> IpAddr {
    extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip())
}

fn secure(state: &AppState) -> bool {
    state.url.0.as_deref().is_some_and(|url| url.starts_with("https://"))
}

/// With https the prefix makes browsers refuse the cookie from anywhere but this very host.
fn name(state: &AppState) -> &'static str {
    if secure(state) { "__Host-sid" } else { "sid" }
}

fn cookie<'h>(state: &AppState, headers: &'h HeaderMap) -> Option<&'h str> {
    let name = name(state);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && passwords::is_hexadecimal(value, 64))
        .map(|(_, value)| value)
}

fn set(state: &AppState, token: &str, age: u32) -> HeaderValue {
    let secure = if secure(state) { "; Secure" } else { "" };
    let text = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}", name(state));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// What the database knows of a secret.
#[must_use]
pub fn hashed(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
