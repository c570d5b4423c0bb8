//! What the editor's form posts. Every answer to a post that was not carried out is the form again with what was typed.

use crate::http::AppState;
use crate::http::body::{Room, Sender, discard, later};
use crate::http::draft_form::{Form, Unreadable};
use crate::http::viewer::viewer_of;
use crate::rendering;
use crate::services::attachments::Attachments;
use crate::services::editor::{Posted, Save, StoredEditor};
use crate::services::moves::Pressed;
use crate::services::writer::Writer;
use app::account::Viewer;
use app::editor::{Editing, Outcome};
use app::error::AppError;
use app::words::download::editor as files;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use types::{ArticleId, AttachmentId, DraftFields};

/// `POST /editor/new`.
pub async fn create(State(state): State<AppState>, request: Request) -> Response {
    answer(state, None, request).await
}

/// `POST /editor/{id}`.
pub async fn change(State(state): State<AppState>, Path(id): Path<String>, request: Request) -> Response {
    match id.parse::<i64>() {
        Ok(id) => answer(state, Some(ArticleId(id)), request).await,
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn answer(state: AppState, id: Option<ArticleId>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let viewer = viewer_of(&parts);
    let sender = if Writer::of(&viewer).is_ok() { Sender::Writer } else { Sender::Stranger };
    let Some(_room) = Room::take(&body, sender).await else {
        discard(body).await;
        return later(failed(&AppError::Unavailable));
    };
    let form = match Form::read(&parts, body, sender).await {
        Ok(form) => form,
        Err(why) => {
            let (status, sentence) = match why {
                Unreadable::TooMuch => (StatusCode::PAYLOAD_TOO_LARGE, files::TOO_MUCH),
                Unreadable::Broken => (StatusCode::BAD_REQUEST, files::BROKEN_POST),
            };
            return (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], sentence).into_response();
        }
    };
    // The session may have ended while somebody wrote: then the answer is the form with every word in it.
    if sender == Sender::Stranger {
        let editing = Editing {
            id,
            base_revision: form.base_revision,
            key: form.key,
            fields: form.fields.over(DraftFields::default()).cleaned(),
            publish_at: form.publish_at,
            outcome: Outcome::SignedOut,
            ..Editing::default()
        };
        return page(&state, viewer, parts, editing).await;
    }
    match carry_out(&state, &viewer, &parts, id, form).await {
        Ok(Done::At(address)) => Redirect::to(&address).into_response(),
        Ok(Done::Again(editing)) => page(&state, viewer, parts, *editing).await,
        Err(error) => failed(&error),
    }
}

/// Why nothing was done, in one sentence.
fn failed(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let message = app::words::editor::failure(error);
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], message).into_response()
}

/// What to answer.
enum Done {
    /// The page at another address.
    At(String),
    /// The same page, filled in.
    Again(Box<Editing>),
}

async fn carry_out(
    state: &AppState,
    viewer: &Viewer,
    parts: &Parts,
    id: Option<ArticleId>,
    form: Form,
) -> Result<Done, AppError> {
    let writer = Writer::of(viewer)?.from_request(parts);
    let editor = StoredEditor(state.site.clone());
    if let (Some(id), "restore") = (id, form.action.as_str()) {
        editor.restore(&writer, id, form.number, form.key).await?;
        return Ok(Done::At(address(id, Outcome::Restored)));
    }
    if let (Some(id), "revive") = (id, form.action.as_str()) {
        editor.revive(&writer, id).await?;
        return Ok(Done::At(address(id, Outcome::Revived)));
    }
    let Form { fields, base_revision, key, action, publish_at, reason, files, licence, licences, .. } = form;
    let fields = editor.whole(&writer, id, fields).await?;
    let posted = Posted { id, base_revision, key, fields, explicit: true };
    let (id, revision) = match editor.save(&writer, &posted).await? {
        Save::Done { id, revision, .. } => (id, revision),
        Save::Conflict(theirs) => {
            let mut editing = editor.conflicting(&writer, &posted.fields, &theirs).await?;
            (editing.publish_at, editing.reason) = (publish_at, reason);
            return Ok(Done::Again(Box::new(editing)));
        }
        Save::TooLarge(problems) => {
            let mut editing = match id {
                Some(id) => editor.editing(&writer, &editor.own(&writer, id).await?).await?,
                None => Editing {
                    may_publish: writer.may_publish,
                    user: writer.author.to_string(),
                    key: posted.key,
                    ..Editing::default()
                },
            };
            editing.base_revision = base_revision;
            (editing.fields, editing.problems, editing.outcome) = (posted.fields, problems, Outcome::TooLarge);
            return Ok(Done::Again(Box::new(editing)));
        }
    };
    let work = editor.own(&writer, id).await?;
    let attachments = Attachments::of(&state.site, &writer, &work);
    let some = !files.is_empty();
    let mut refused_files = attachments.add(files, &licence).await?;
    if let Some(file) = action.strip_prefix("detach-").and_then(|id| id.parse().ok()) {
        refused_files.extend(attachments.remove(AttachmentId(file)).await?);
    } else if action == "licences" {
        refused_files.extend(attachments.license(&licences).await?);
    }
    // What readers get is complete or not published: a refused file stops the button's action.
    let (mut outcome, problems) = match refused_files.is_empty() {
        true => {
            let pressed = Pressed { action: &action, publish_at: &publish_at, reason: &reason };
            editor.act(&writer, id, pressed).await?
        }
        false => (Outcome::FileRefused, Vec::new()),
    };
    if outcome == Outcome::Saved && (some || action == "licences" || action.starts_with("detach-")) {
        outcome = Outcome::FilesChanged;
    }
    let stays = matches!(outcome, Outcome::Refused | Outcome::NotNow | Outcome::FileRefused) || action == "preview";
    if !stays && (problems.is_empty() || outcome == Outcome::FilesChanged) {
        return Ok(Done::At(address(id, outcome)));
    }
    let mut editing = editor.editing(&writer, &editor.own(&writer, id).await?).await?;
    editing.base_revision = revision;
    editing.fields = posted.fields;
    (editing.outcome, editing.problems, editing.refused_files) = (outcome, problems, refused_files);
    editing.reason = reason;
    if !publish_at.is_empty() {
        editing.publish_at = publish_at;
    }
    if action == "preview" {
        let rendered = rendering::preview(&state.site, &editing.fields.body).await;
        let rendered = rendered.map_err(|error| crate::services::internal("rendering a draft", &*error))?;
        match rendered {
            Ok(rendered) => editing.preview = Some(rendered.html),
            Err(_) => editing.problems.push(types::Problem::new("body", types::ProblemKind::NotRenderable)),
        }
    }
    Ok(Done::Again(Box::new(editing)))
}

fn address(id: ArticleId, outcome: Outcome) -> String {
    if outcome == Outcome::Deleted {
        return format!("/editor?status=removed&done={}", outcome.name());
    }
    let place = if outcome == Outcome::FilesChanged { "#attachments" } else { "" };
    format!("/editor/{}?done={}{place}", id.0, outcome.name())
}

/// The editor's page with this in it.
async fn page(state: &AppState, viewer: Viewer, parts: Parts, editing: Editing) -> Response {
    state.workshop_page(viewer, Some(editing), Request::from_parts(parts, Body::empty())).await
}
