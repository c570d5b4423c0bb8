//! What the editor's script asks: saving drafts, the live preview, and merging. JSON in and out.

use crate::http::AppState;
use crate::http::body::{Room, Sender, discard, later};
use crate::http::draft_form::MAX_FORM_BYTES;
use crate::http::viewer::viewer_of;
use crate::rendering;
use crate::services::editor::{Posted, Save, StoredEditor};
use crate::services::internal;
use crate::services::writer::Writer;
use crate::variants;
use app::error::AppError;
use app::words::editor as words;
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};
use types::{ArticleId, DraftFields, GivenFields, Problem};

/// Previews that one person may have rendered in a stretch of time.
const PREVIEWS: u32 = 60;
/// That stretch.
const PREVIEWS_IN: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
struct Draft {
    #[serde(default)]
    id: Option<String>,
    /// Whose text it is. A page that was opened by one person is not saved as another's, who signed in since.
    #[serde(default)]
    user: Option<String>,
    base_revision: u32,
    key: String,
    fields: GivenFields,
    #[serde(default)]
    explicit: bool,
}

#[derive(Deserialize)]
struct Text {
    body: String,
}

#[derive(Deserialize)]
struct Three {
    base: String,
    mine: String,
    theirs: String,
}

/// An answer in JSON that nobody keeps.
pub fn reply(status: StatusCode, value: Value) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], Json(value)).into_response()
}

/// An error as JSON, with its status.
pub fn refuse(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    reply(status, json!({ "message": words::failure(error) }))
}

/// Who writes, before anything is read of what somebody sends.
///
/// # Errors
/// With the answer to somebody who may not write.
pub(super) async fn sent(request: Request) -> Result<(Writer, Parts, Body), Response> {
    let (parts, body) = request.into_parts();
    match Writer::of(&viewer_of(&parts)) {
        Ok(writer) => Ok((writer.from_request(&parts), parts, body)),
        Err(error) => {
            discard(body).await;
            Err(refuse(&error))
        }
    }
}

/// The whole body of a writer, as soon as there is room for it.
///
/// # Errors
/// With the answer to a body that is too large, or comes when there is no room.
pub(super) async fn whole(body: Body) -> Result<(Bytes, Room), Response> {
    let Some(room) = Room::take(&body, Sender::Writer).await else {
        discard(body).await;
        return Err(later(refuse(&AppError::Unavailable)));
    };
    match to_bytes(body, MAX_FORM_BYTES).await {
        Ok(bytes) => Ok((bytes, room)),
        Err(_) => Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
    }
}

/// The body as JSON; the content type must say so, because forms of other sites cannot.
///
/// # Errors
/// With the answer to the mistake.
pub(super) async fn parsed<T: DeserializeOwned>(parts: &Parts, body: Body) -> Result<(T, Room), Response> {
    let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        discard(body).await;
        return Err(reply(StatusCode::UNSUPPORTED_MEDIA_TYPE, json!({ "message": "application/json" })));
    }
    let (bytes, room) = whole(body).await?;
    match serde_json::from_slice(&bytes) {
        Ok(value) => Ok((value, room)),
        Err(error) => Err(reply(StatusCode::BAD_REQUEST, json!({ "message": error.to_string() }))),
    }
}

/// `GET /api/draft/who`: whose texts these are.
pub async fn who(parts: Parts) -> Response {
    match Writer::of(&viewer_of(&parts)) {
        Ok(writer) => reply(StatusCode::OK, json!({ "user": writer.author.to_string() })),
        Err(error) => refuse(&error),
    }
}

/// `POST /api/draft`: 200 with the new number, 409 with the text that somebody saved meanwhile, 401 when signed out or
/// somebody else is signed in, 413 with the fields that are too large. The same key gets the same answer.
pub async fn save(State(state): State<AppState>, request: Request) -> Response {
    let (writer, parts, body) = match sent(request).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let (draft, _room): (Draft, _) = match parsed(&parts, body).await {
        Ok(draft) => draft,
        Err(response) => return response,
    };
    if draft.user.is_some_and(|user| user != writer.author.to_string()) {
        return refuse(&AppError::SignedOut);
    }
    let id = match draft.id.map(|id| id.parse::<i64>()).transpose() {
        Ok(id) => id.map(ArticleId),
        Err(_) => return refuse(&AppError::NotFound),
    };
    let editor = StoredEditor(state.site.clone());
    let fields = match editor.whole(&writer, id, draft.fields).await {
        Ok(fields) => fields,
        Err(error) => return refuse(&error),
    };
    let posted = Posted { id, base_revision: draft.base_revision, key: draft.key, fields, explicit: draft.explicit };
    match editor.save(&writer, &posted).await {
        Ok(Save::Done { id, revision, at }) => {
            let work = match editor.own(&writer, id).await {
                Ok(work) => work,
                Err(error) => return refuse(&error),
            };
            let answer = json!({
                "id": id.0.to_string(),
                "revision": revision,
                "saved_at": at.0,
                "status": work.status,
                "state": words::status(work.status),
                "published": work.published,
                "notice": work.notice,
                "problems": posted.fields.malformed(),
            });
            reply(StatusCode::OK, answer)
        }
        Ok(Save::Conflict(theirs)) => {
            let answer = json!({
                "revision": theirs.revision,
                "fields": theirs.fields,
                "saved_by": theirs.saved_by,
                "saved_at": theirs.saved_at.0,
            });
            reply(StatusCode::CONFLICT, answer)
        }
        Ok(Save::TooLarge(problems)) => {
            reply(StatusCode::PAYLOAD_TOO_LARGE, json!({ "message": sentences(&problems), "problems": problems }))
        }
        Err(error) => refuse(&error),
    }
}

fn sentences(problems: &[Problem]) -> String {
    problems.iter().map(|problem| words::problem(&problem.field, &problem.kind)).collect()
}

/// `POST /api/preview`: the text through the renderer that publishes.
pub async fn preview(State(state): State<AppState>, request: Request) -> Response {
    let (writer, parts, body) = match sent(request).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    if !allowed(&writer.handle) {
        discard(body).await;
        let mut response = reply(StatusCode::TOO_MANY_REQUESTS, json!({ "message": words::PREVIEW_LATER }));
        response.headers_mut().insert(RETRY_AFTER, PREVIEWS_IN.as_secs().into());
        return response;
    }
    let (text, _room): (Text, _) = match parsed(&parts, body).await {
        Ok(text) => text,
        Err(response) => return response,
    };
    let text = DraftFields { body: text.body, ..DraftFields::default() }.cleaned();
    match rendering::preview(&state.site, &text.body).await {
        Ok(Ok(rendered)) => {
            let html = match variants::shown(&state.site.store, rendered.html).await {
                Ok(html) => html,
                Err(error) => return refuse(&error),
            };
            let answer = json!({
                "html": html.as_str(),
                "outline": rendered.outline,
                "words": rendered.words,
                "minutes": rendered.minutes,
            });
            reply(StatusCode::OK, answer)
        }
        Ok(Err(_)) => {
            let message = words::problem("body", &types::ProblemKind::NotRenderable);
            reply(StatusCode::UNPROCESSABLE_ENTITY, json!({ "message": message }))
        }
        Err(error) => refuse(&internal("rendering a preview", &*error)),
    }
}

/// Whether this person may have another preview rendered now.
fn allowed(handle: &str) -> bool {
    static ASKED: LazyLock<Mutex<HashMap<String, (Instant, u32)>>> = LazyLock::new(Mutex::default);
    let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    if asked.len() > 10_000 {
        asked.retain(|_, (since, _)| since.elapsed() < PREVIEWS_IN);
    }
    let entry = asked.entry(handle.to_owned()).or_insert_with(|| (Instant::now(), 0));
    if entry.0.elapsed() > PREVIEWS_IN {
        *entry = (Instant::now(), 0);
    }
    entry.1 += 1;
    entry.1 <= PREVIEWS
}

/// `POST /api/merge`: what two writers made of the same text, as one.
pub async fn merge(request: Request) -> Response {
    let (_, parts, body) = match sent(request).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let (three, _room): (Three, _) = match parsed(&parts, body).await {
        Ok(three) => three,
        Err(response) => return response,
    };
    let merged = tokio::task::spawn_blocking(move || merge::three(&three.base, &three.mine, &three.theirs)).await;
    match merged {
        Ok(merged) => reply(
            StatusCode::OK,
            json!({ "parts": merged.parts, "text": merged.text(words::MINE_MARK, words::THEIRS_MARK) }),
        ),
        Err(error) => refuse(&internal("merging texts", &error)),
    }
}
