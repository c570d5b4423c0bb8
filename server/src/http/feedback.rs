//! What the forms of feedback post: what a reader tells about an article, and that a case is closed.

use crate::http::AppState;
use crate::http::form::{Asked, Done, Typed, again, answer as respond, done, seconds, wait, wrong, wrong_as};
use crate::services::feedback::StoredFeedback;
use crate::services::internal;
use app::error::AppError;
use app::feedback::QUEUE;
use app::form::form_key;
use app::services::Feedback;
use app::words::{account, feedback as words};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use std::time::Instant;
use store::NewFeedback;
use types::{Action, FeedbackMessage, FeedbackState, Object, Slug, written};

/// The routes of these posts.
pub fn routes() -> Router<AppState> {
    Router::new().route("/articles/{slug}/feedback", post(send)).route(QUEUE, post(close))
}

/// `POST /articles/{slug}/feedback`.
async fn send(State(state): State<AppState>, Path(slug): Path<String>, parts: Parts, body: Bytes) -> Response {
    let (result, typed) = {
        let asked = Asked::new(&state, &parts, &body);
        (take(&asked, &slug).await, Typed::named(app::feedback::FORM, &asked))
    };
    let page = parts.uri.clone();
    answer(&state, parts, result, typed, page).await
}

/// `POST /editor/feedback`.
async fn close(State(state): State<AppState>, parts: Parts, body: Bytes) -> Response {
    let (result, typed, page) = {
        let asked = Asked::new(&state, &parts, &body);
        let allowed = asked.may(Action::Write, Object::Own);
        let result = if allowed { carry_out(&asked).await } else { asked.refuse().await };
        let page = if allowed { parts.uri.clone() } else { Uri::from_static("/account") };
        (result, Typed::named(&form_key("close", asked.field("id")), &asked), page)
    };
    answer(&state, parts, result, typed, page).await
}

/// As for every form, but whoever is led on asks for the other page with GET, whatever was asked before.
async fn answer(state: &AppState, parts: Parts, result: Result<Done, AppError>, typed: Typed, page: Uri) -> Response {
    match result {
        Ok(Done::At(place, _)) => ([(CACHE_CONTROL, "no-store")], Redirect::to(&place)).into_response(),
        result => respond(state, parts, result, typed, page).await,
    }
}

/// Opens a case.
async fn take(asked: &Asked<'_>, slug: &str) -> Result<Done, AppError> {
    let feedback = StoredFeedback(asked.state.site.clone());
    let subject = match slug.parse::<Slug>() {
        Ok(slug) => feedback.subject(&slug).await,
        Err(_) => Err(AppError::NotFound),
    };
    let subject = match subject {
        Ok(subject) => subject,
        // The page itself says that there is no such article, or that it was taken down.
        Err(error @ (AppError::NotFound | AppError::Gone)) => return Ok(again(error.status(), "")),
        Err(error) => return Err(error),
    };
    let message = match FeedbackMessage::read(asked.field("kind"), asked.field("text"), asked.field("contact")) {
        Ok(message) => message,
        Err(fault) => return Ok(wrong(fault.field(), words::fault(fault))),
    };
    if let Err(time) = asked.state.throttle.feedback(&asked.block, Instant::now()) {
        return Ok(wait(time, words::wait(seconds(time))));
    }
    // The link to the form says which revision the reader saw.
    let seen = asked.field("revision").parse().ok().filter(|seen| (1..=subject.revision).contains(seen));
    let new = NewFeedback {
        article: subject.article,
        seen: seen.unwrap_or(subject.revision),
        message: &message,
        account: asked.account.as_ref().map(|account| account.id),
    };
    let added = asked.state.site.store.add_feedback(&new, &asked.event("feedback sent", &subject.title)).await;
    let number = added.map_err(|error| internal("storing feedback", &error))?;
    Ok(done(&format!("{}?done={number}", asked.parts.uri.path())))
}

/// Closes a case.
async fn carry_out(asked: &Asked<'_>) -> Result<Done, AppError> {
    let (state, action) = match asked.field("action").parse() {
        Ok(state @ FeedbackState::Done) => (state, "feedback done"),
        Ok(state @ FeedbackState::Declined) => (state, "feedback declined"),
        Ok(FeedbackState::Open) | Err(_) => return Ok(again(422, account::BAD_VALUE)),
    };
    let Ok(number) = asked.field("id").parse() else { return Ok(again(404, words::NO_CASE)) };
    let note = written(asked.field("answer"));
    if note.chars().count() > FeedbackMessage::ANSWER {
        return Ok(wrong("answer", words::LONG_ANSWER));
    }
    let feedback = StoredFeedback(asked.state.site.clone());
    let own = asked.own()?;
    let Some(case) = feedback.case(number, Some(own.role), own.author).await? else {
        return Ok(again(404, words::NO_CASE));
    };
    if !case.may_close {
        return Ok(again(403, words::NOT_YOURS));
    }
    let object = format!("{number} · {}", case.entry.title);
    let event = asked.event(action, &object);
    let closed = asked.state.site.store.close_feedback(number, state, &note, &own.handle, &event).await;
    if closed.map_err(|error| internal("closing feedback", &error))? {
        return Ok(asked.back(state.as_str()));
    }
    let case = feedback.case(number, Some(own.role), own.author).await?;
    let closed = case.and_then(|case| case.entry.closed.map(|(by, at)| (by, at, case.entry.state)));
    Ok(closed.map_or_else(
        || again(404, words::NO_CASE),
        |(by, at, state)| wrong_as(409, "", words::already(&by, &at.minute(), state)),
    ))
}
