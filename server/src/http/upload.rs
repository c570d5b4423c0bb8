//! `POST /api/upload`: a picture as the body of the request, and `POST /api/upload/copy`: the address of one on another
//! site; stored by the hash of its content.

use crate::http::AppState;
use crate::http::draft_api::{parsed, refuse, reply, sent, whole};
use crate::pictures::{MAX_BYTES, Refusal, accept};
use crate::services::internal;
use app::words::editor as words;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

/// Decoding is heavy: so many pictures at once, whoever sends them.
static AT_ONCE: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);
/// Other sites may be slow: so many are waited for at once.
static FETCHING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(4);

/// Takes a picture; 413 and 422 say why it was refused.
pub async fn upload(State(state): State<AppState>, request: Request) -> Response {
    let (_, _, body) = match sent(request).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let (body, _room) = match whole(body).await {
        Ok(whole) => whole,
        Err(answer) => return answer,
    };
    if body.len() > MAX_BYTES {
        return reply(StatusCode::PAYLOAD_TOO_LARGE, json!({ "message": words::refusal(words::Picture::TooLarge) }));
    }
    keep(&state, body).await
}

#[derive(Deserialize)]
struct Elsewhere {
    url: String,
}

/// Takes a picture from another site; 422 says why it was not taken.
pub async fn copy(State(state): State<AppState>, request: Request) -> Response {
    let (_, parts, body) = match sent(request).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let (Elsewhere { url }, _room) = match parsed(&parts, body).await {
        Ok(elsewhere) => elsewhere,
        Err(answer) => return answer,
    };
    // Kept until the picture is stored: what was fetched is in memory so long.
    let Ok(_place) = FETCHING.acquire().await else {
        return reply(StatusCode::SERVICE_UNAVAILABLE, json!({}));
    };
    let fetcher = state.fetcher.clone();
    let fetched = match tokio::task::spawn_blocking(move || fetcher.fetch(&url)).await {
        Ok(fetched) => fetched,
        Err(error) => return refuse(&internal("fetching a picture", &error)),
    };
    match fetched {
        Ok(content) => keep(&state, content.into()).await,
        Err(why) => reply(StatusCode::UNPROCESSABLE_ENTITY, json!({ "message": words::not_copied(why) })),
    }
}

/// Looks at a picture, writes it anew and stores it.
async fn keep(state: &AppState, body: Bytes) -> Response {
    let Ok(_place) = AT_ONCE.acquire().await else {
        return reply(StatusCode::SERVICE_UNAVAILABLE, json!({}));
    };
    let accepted = match tokio::task::spawn_blocking(move || accept(&body)).await {
        Ok(accepted) => accepted,
        Err(error) => return refuse(&internal("decoding a picture", &error)),
    };
    let (asset, ending) = match accepted {
        Ok(accepted) => accepted,
        Err(refusal) => {
            let (status, kind) = match refusal {
                Refusal::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, words::Picture::TooLarge),
                Refusal::TooManyPixels => (StatusCode::UNPROCESSABLE_ENTITY, words::Picture::TooManyPixels),
                Refusal::NoPicture => (StatusCode::UNPROCESSABLE_ENTITY, words::Picture::NoPicture),
                Refusal::Damaged => (StatusCode::UNPROCESSABLE_ENTITY, words::Picture::Damaged),
            };
            return reply(status, json!({ "message": words::refusal(kind) }));
        }
    };
    if let Err(error) = state.site.store.put_asset(&asset).await {
        return refuse(&internal("storing a picture", &error));
    }
    state.site.pictures_changed.notify_one();
    let url = format!("/media/{}.{ending}", asset.hash);
    reply(StatusCode::OK, json!({ "url": url, "width": asset.width, "height": asset.height }))
}
