//! What the forms of `/admin/…` post: one route for each page, one file for each kind of thing.

mod beside;
mod categories;
mod people;
mod redirects;
mod settings;
mod tags;

use crate::http::AppState;
use crate::http::form::{Asked, Done, Typed, again, answer as respond};
use app::admin::Place;
use app::error::AppError;
use app::words::account as words;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use types::Object;

/// The routes of these posts.
pub fn routes() -> Router<AppState> {
    Place::ALL.into_iter().filter(|place| place.has_forms()).fold(Router::new(), |router, place| {
        let handler = move |State(state): State<AppState>, parts: Parts, body: Bytes| answer(state, place, parts, body);
        router.route(place.path(), post(handler))
    })
}

async fn answer(state: AppState, place: Place, parts: Parts, body: Bytes) -> Response {
    let (result, typed, page) = {
        let asked = Asked::new(&state, &parts, &body);
        let allowed = asked.may(place.needs(), Object::Foreign);
        let result = if allowed { carry_out(&asked, place).await } else { asked.refuse().await };
        // Who may not see the page gets the own account's, with the reason.
        let page = if allowed { parts.uri.clone() } else { Uri::from_static("/account") };
        (result, Typed::of(&asked), page)
    };
    respond(&state, parts, result, typed, page).await
}

async fn carry_out(asked: &Asked<'_>, place: Place) -> Result<Done, AppError> {
    match place {
        Place::People => people::change(asked).await,
        Place::Categories => categories::change(asked).await,
        Place::Tags => tags::change(asked).await,
        Place::Cards => beside::change_cards(asked).await,
        Place::Quotations => beside::change_quotations(asked).await,
        Place::Redirects => redirects::change(asked).await,
        Place::Settings => settings::change(asked).await,
        Place::Overview | Place::Audit => Ok(nonsense()),
    }
}

/// The answer to a post that no form of ours sends.
fn nonsense() -> Done {
    again(422, words::BAD_VALUE)
}

impl Asked<'_> {
    /// What was typed into a field, if it is a text of at most so many characters without control characters in it.
    fn text(&self, name: &str, most: usize, lines: bool) -> Result<String, Unfit> {
        let text = self.field(name).replace("\r\n", "\n");
        let text = text.trim();
        if text.is_empty() {
            return Err(Unfit::Missing);
        }
        let control = |character: char| character.is_control() && !(lines && matches!(character, '\n' | '\t'));
        if text.chars().count() > most || text.chars().any(control) {
            return Err(Unfit::TooLong);
        }
        Ok(text.to_owned())
    }
}

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unfit {
    /// Nothing was typed.
    Missing,
    /// Too much was typed, or what cannot be shown.
    TooLong,
}
