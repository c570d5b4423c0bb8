//! What the editor's form posts. Every answer to a post that was not carried out is the form again with what was typed.

use crate::http::AppState;
use crate::http::viewer::viewer_of;
use crate::publishing;
use crate::services::editor::{Posted, Save, StoredEditor};
use crate::services::writer::Writer;
use app::account::Viewer;
use app::editor::{Editing, Outcome};
use app::error::AppError;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use types::{ArticleId, DraftFields};

/// The most that one post may bring: a text of five megabytes in a form's encoding, so that it can be answered with the text kept.
pub const MAX_FORM_BYTES: usize = 18 * 1024 * 1024;

/// A form as it was posted.
#[derive(Default)]
struct Form {
    fields: DraftFields,
    base_revision: u32,
    key: String,
    action: String,
    publish_at: String,
    number: u32,
}

impl Form {
    /// Names that are unknown are left out: nobody sets a status or an author by adding a field.
    fn parse(body: &[u8]) -> Self {
        let mut form = Self::default();
        for (name, value) in url::form_urlencoded::parse(body) {
            if let Some(field) = form.fields.field_mut(&name) {
                // Tags may come as several fields of one name.
                if name == "tags" && !field.is_empty() {
                    field.push(',');
                    field.push_str(&value);
                } else {
                    *field = value.into_owned();
                }
                continue;
            }
            match &*name {
                "base_revision" => form.base_revision = value.trim().parse().unwrap_or(u32::MAX),
                "key" => form.key = value.into_owned(),
                "action" => form.action = value.into_owned(),
                "publish_at" => form.publish_at = value.into_owned(),
                "number" => form.number = value.trim().parse().unwrap_or(0),
                _ => {}
            }
        }
        form.fields = form.fields.cleaned();
        form
    }
}

/// `POST /editor/new`.
pub async fn create(State(state): State<AppState>, parts: Parts, body: Bytes) -> Response {
    answer(state, None, parts, body).await
}

/// `POST /editor/{id}`.
pub async fn change(State(state): State<AppState>, Path(id): Path<String>, parts: Parts, body: Bytes) -> Response {
    match id.parse::<i64>() {
        Ok(id) => answer(state, Some(ArticleId(id)), parts, body).await,
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn answer(state: AppState, id: Option<ArticleId>, parts: Parts, body: Bytes) -> Response {
    let viewer = viewer_of(&parts);
    let form = Form::parse(&body);
    // The session may have ended while somebody wrote: then the answer is the form with every word in it.
    if let Err(AppError::Forbidden | AppError::SignedOut) = Writer::of(&viewer) {
        let editing = Editing {
            id,
            base_revision: form.base_revision,
            key: form.key,
            fields: form.fields,
            publish_at: form.publish_at,
            outcome: Outcome::SignedOut,
            ..Editing::default()
        };
        return page(&state, viewer, parts, editing).await;
    }
    match carry_out(&state, &viewer, &parts, id, form).await {
        Ok(Done::At(address)) => Redirect::to(&address).into_response(),
        Ok(Done::Again(editing)) => page(&state, viewer, parts, *editing).await,
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let message = app::words::editor::failure(&error);
            (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], message).into_response()
        }
    }
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
    let Form { fields, base_revision, key, action, publish_at, .. } = form;
    let posted = Posted { id, base_revision, key, fields, explicit: true };
    let (id, revision) = match editor.save(&writer, &posted).await? {
        Save::Done { id, revision, .. } => (id, revision),
        Save::Conflict(theirs) => {
            let mut editing = editor.conflicting(&writer, &posted.fields, &theirs).await?;
            editing.publish_at = publish_at;
            return Ok(Done::Again(Box::new(editing)));
        }
        Save::TooLarge(problems) => {
            let mut editing = match id {
                Some(id) => editor.editing(&writer, &editor.own(&writer, id).await?).await?,
                None => Editing {
                    may_publish: writer.may_publish,
                    user: writer.handle.clone(),
                    key: posted.key,
                    ..Editing::default()
                },
            };
            editing.base_revision = base_revision;
            (editing.fields, editing.problems, editing.outcome) = (posted.fields, problems, Outcome::TooLarge);
            return Ok(Done::Again(Box::new(editing)));
        }
    };
    let (outcome, problems) = editor.act(&writer, id, &action, &publish_at).await?;
    if problems.is_empty() && !matches!(outcome, Outcome::Refused | Outcome::NotNow) && action != "preview" {
        return Ok(Done::At(address(id, outcome)));
    }
    let mut editing = editor.editing(&writer, &editor.own(&writer, id).await?).await?;
    editing.base_revision = revision;
    editing.fields = posted.fields;
    (editing.outcome, editing.problems) = (outcome, problems);
    if !publish_at.is_empty() {
        editing.publish_at = publish_at;
    }
    if action == "preview" {
        let rendered = publishing::render(&state.site, &editing.fields.body).await;
        let rendered = rendered.map_err(|error| crate::services::internal("rendering a draft", &*error))?;
        match rendered {
            Ok(rendered) => editing.preview = Some(rendered.html),
            Err(_) => editing.problems.push(types::Problem::new("body", types::ProblemKind::NotRenderable)),
        }
    }
    Ok(Done::Again(Box::new(editing)))
}

fn address(id: ArticleId, outcome: Outcome) -> String {
    format!("/editor/{}?done={}", id.0, outcome.name())
}

/// The editor's page with this in it.
async fn page(state: &AppState, viewer: Viewer, parts: Parts, editing: Editing) -> Response {
    state.workshop_page(viewer, Some(editing), Request::from_parts(parts, Body::empty())).await
}
