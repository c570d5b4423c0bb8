//! What people send, read only where there is room for it: few large bodies at once, whoever sends them.

use crate::services::writer::Writer;
use app::account::Viewer;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The unit in which room is counted.
const MEGABYTE: usize = 1024 * 1024;
/// The most that one post may bring, with its files: what is more than that is not read to its end.
pub const MAX_POST_BYTES: usize = 160 * MEGABYTE;
/// Bodies up to here need no room of their own, as anywhere on the site: every connection may bring so much.
const SMALL: usize = 256 * 1024;
/// How long to wait for room; drafts come again by themselves.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long the editor's form may take from who is not signed in, or may not write: the words are answered, and no file
/// is taken.
pub const FORM_OF_STRANGER_WITHIN: Duration = Duration::from_secs(45);
/// When to come back, in seconds.
const COME_BACK_IN: u64 = 10;

/// Room for the bodies of those who write: two of the largest posts, or many texts.
static OF_WRITERS: Semaphore = Semaphore::const_new(2 * MAX_POST_BYTES / MEGABYTE);
/// Room for everybody else, apart from that of writers, so that no stranger takes it from them: for one large post.
static OF_STRANGERS: Semaphore = Semaphore::const_new(MAX_POST_BYTES / MEGABYTE);

/// Whose body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Somebody who may write.
    Writer,
    /// Anybody else.
    Stranger,
}

/// Room for a body, kept as long as what was read is in memory.
pub struct Room {
    _permit: Option<SemaphorePermit<'static>>,
}

impl Room {
    /// Waits for room for a body, but not for long. One that does not say how large it is may become as large as its
    /// route lets it.
    pub fn take(body: &Body, sender: Sender) -> impl Future<Output = Option<Self>> + use<> {
        let most = body.size_hint().upper().and_then(|most| usize::try_from(most).ok());
        Self::for_bytes(most.unwrap_or(MAX_POST_BYTES).min(MAX_POST_BYTES), sender)
    }

    async fn for_bytes(most: usize, sender: Sender) -> Option<Self> {
        if most <= SMALL {
            return Some(Self { _permit: None });
        }
        let room = match sender {
            Sender::Writer => &OF_WRITERS,
            Sender::Stranger => &OF_STRANGERS,
        };
        let megabytes = u32::try_from(most.div_ceil(MEGABYTE)).ok()?;
        let permit = tokio::time::timeout(PATIENCE, room.acquire_many(megabytes)).await.ok()?;
        Some(Self { _permit: Some(permit.ok()?) })
    }
}

/// Middleware: gives up what comes too slowly from anybody but writers. Thousands who send a byte now and then would take
/// the connections of everybody else.
pub async fn strangers_in_time(State(within): State<Duration>, request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>().cloned().unwrap_or_default();
    let answer = next.run(request);
    if Writer::of(&viewer).is_ok() {
        return answer.await;
    }
    tokio::time::timeout(within, answer).await.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
}

/// Reads a body to its end and keeps nothing of it: who still sends would lose an answer that comes before.
pub async fn discard(body: Body) {
    let mut pieces = body.into_data_stream();
    while let Some(Ok(_)) = pieces.next().await {}
}

/// The answer, with the time after which to come back.
pub fn later(mut answer: Response) -> Response {
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(COME_BACK_IN));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::account::{Person, Role};
    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::routing::post;
    use tower::ServiceExt;

    #[tokio::test]
    async fn who_may_not_write_sends_fast_or_not_at_all() {
        let slow = post(|| tokio::time::sleep(Duration::from_millis(300)));
        let within = from_fn_with_state(Duration::from_millis(50), strangers_in_time);
        let router: Router = Router::new().route("/", slow).layer(within);
        let viewer = |role| Viewer(Some(Person { handle: "me".into(), author: 1, role }));
        for (viewer, status) in [
            (Viewer::default(), StatusCode::REQUEST_TIMEOUT),
            (viewer(Role::Reader), StatusCode::REQUEST_TIMEOUT),
            (viewer(Role::Author), StatusCode::OK),
        ] {
            let request = Request::post("/").extension(viewer.clone()).body(Body::empty()).unwrap();
            assert_eq!(router.clone().oneshot(request).await.unwrap().status(), status, "{viewer:?}");
        }
    }
}
