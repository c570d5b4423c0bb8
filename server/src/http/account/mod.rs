//! What the forms of `/account` post. What was not carried out is answered with the page again, and why.

mod enter;
mod own;
mod password;

pub(super) use self::own::end_account;

use crate::http::AppState;
use crate::http::form::{Asked, Done, Typed, answer as respond};
use crate::http::session;
use crate::passwords::is_hexadecimal;
use app::error::AppError;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::{Redirect, Response};
use axum::routing;
use types::{Action, Object};

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
            Self::Register if is_hexadecimal(invitation, 64) => {
                format!("/account?invitation={invitation}").parse().unwrap_or(Uri::from_static("/account?register=1"))
            }
            _ => Uri::from_static(self.form()),
        }
    }

    /// Where its form stands, as far as the address alone tells.
    fn form(self) -> &'static str {
        if self == Self::Register { "/account?register=1" } else { "/account" }
    }
}

/// The routes of these posts.
pub fn routes() -> Router<AppState> {
    Post::ALL.into_iter().fold(Router::new(), |router, post| {
        let handler = move |State(state): State<AppState>, parts: Parts, body: Bytes| answer(state, post, parts, body);
        // What was not carried out is answered at this address; who opens it again gets the page of the form.
        router.route(post.path(), routing::post(handler).get(Redirect::to(post.form())))
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
        Post::SignIn => enter::sign_in(asked).await,
        Post::Register => enter::register(asked).await,
        Post::SignOut => {
            let cookie = session::end(asked.state, &asked.parts.headers).await?;
            Ok(Done::At("/account?done=signed-out".into(), Some(cookie)))
        }
        Post::ChangeProfile => own::change_profile(asked).await,
        Post::ChangePassword => own::change_password(asked).await,
        Post::EndSession => own::end_session(asked).await,
        Post::CloseAccount => own::close_account(asked).await,
    }
}
