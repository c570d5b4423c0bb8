//! `POST /api/upload`: a picture as the body of the request, stored by the hash of its content.

use crate::http::AppState;
use crate::http::draft_api::{refuse, reply};
use crate::http::viewer::viewer_of;
use crate::pictures::{MAX_BYTES, Refusal, accept};
use crate::services::internal;
use crate::services::writer::Writer;
use app::words::editor as words;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::json;

/// Decoding is heavy: so many pictures at once, whoever sends them.
static AT_ONCE: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

/// Takes a picture; 413 and 422 say why it was refused.
pub async fn upload(State(state): State<AppState>, parts: Parts, body: Bytes) -> Response {
    if let Err(error) = Writer::of(&viewer_of(&parts)) {
        return refuse(&error);
    }
    if body.len() > MAX_BYTES {
        return reply(StatusCode::PAYLOAD_TOO_LARGE, json!({ "message": words::refusal(words::Picture::TooLarge) }));
    }
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
