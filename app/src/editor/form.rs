//! The form of one text.

use crate::account::viewer;
use crate::editor::actions::Actions;
use crate::editor::attachments::AttachmentFields;
use crate::editor::fields::{Faults, FieldError, TextField};
use crate::editor::series::SeriesFields;
use crate::editor::{Editing, Outcome};
use crate::services::services;
use crate::ui::{Foreign, TextArea};
use crate::words::{self as all, editor as words};
use leptos::prelude::*;
use types::{ArticleStatus, CategoryGroup, DraftFields};

/// The form: posted to its own address, and taken over by a script where there is one.
#[component]
pub fn EditorForm(
    /// What it shows.
    editing: Editing,
) -> impl IntoView {
    let address = editing.id.map_or_else(|| "/editor/new".to_owned(), |id| format!("/editor/{}", id.0));
    let public = editing.status == ArticleStatus::Published;
    let fixed = public && !editing.may_publish;
    let refused = matches!(editing.outcome, Outcome::Refused | Outcome::TooLarge);
    let faults = Faults::new(editing.problems.clone(), refused);
    let actions = view! { <Actions editing=editing.clone() address=address.clone() faults=faults.clone() /> };
    let Editing {
        id,
        status,
        outcome,
        base_revision,
        published,
        fields,
        saved_at,
        user,
        key,
        attachments,
        refused_files,
        ..
    } = editing;
    let DraftFields {
        title,
        slug,
        category,
        tags,
        series,
        part,
        kind,
        summary,
        body,
        cover,
        applies_to,
        further_reading,
        source_title,
        source_author,
        source_url,
        source_licence,
    } = fields;
    // What is wrong must not stand behind a fold.
    let more = [&series, &part, &applies_to, &cover, &further_reading].iter().any(|text| !text.is_empty())
        || faults.any(&["series", "part", "applies_to", "cover", "further_reading"]);
    let sourced = matches!(kind.as_str(), "reprint" | "translation")
        || faults.any(&["source_url", "source_title", "source_author", "source_licence"]);
    let (body_wrong, body_opens) = (faults.of("body").is_some(), faults.opens_at("body"));
    let (summary_wrong, summary_opens) = (faults.of("summary").is_some(), faults.opens_at("summary"));
    let (reading_wrong, reading_opens) = (faults.of("further_reading").is_some(), faults.opens_at("further_reading"));
    let of = move || faults.clone();
    view! {
        <form
            method="post"
            action=address
            enctype="multipart/form-data"
            class="editor"
            data-editor=""
            data-id=id.map(|id| id.0.to_string())
            data-user=user
            data-handle=viewer().0.map(|person| person.handle)
            data-status=status.as_str()
            data-published=published
            data-saved=saved_at.map(|at| at.0.to_string())
            data-fresh=outcome.name()
        >
            <input type="hidden" name="base_revision" value=base_revision.to_string() />
            <input type="hidden" name="key" value=key />
            <TextField name="title" value=title faults=of() />
            <div class="writing">
                <div class="field">
                    <label for="body">{words::label("body")}</label>
                    <Foreign class="editor-toolbar" />
                    <div class="panes">
                        <div class="pane">
                            <Foreign class="editor-code" />
                            <TextArea name="body" rows=24 text=body invalid=body_wrong autofocus=body_opens />
                        </div>
                        <Foreign class="editor-preview" />
                    </div>
                    <p class="editor-status" role="status">{saved_line(saved_at.map(|at| at.minute()))}</p>
                    <FieldError name="body" faults=of() />
                </div>
            </div>
            <div class="pair">
                <CategoryField chosen=category faults=of() />
                <TextField name="tags" value=tags faults=of() help=words::TAGS_HELP />
            </div>
            <div class="pair">
                <KindField chosen=kind faults=of() />
                <TextField name="slug" value=slug faults=of() help=words::SLUG_HELP />
            </div>
            <div class="field">
                <label for="summary">{words::label("summary")}</label>
                <TextArea name="summary" rows=3 text=summary invalid=summary_wrong autofocus=summary_opens />
                <FieldError name="summary" faults=of() />
            </div>
            <details open=sourced>
                <summary>{words::SOURCE}</summary>
                <p class="field-help">{words::SOURCE_HELP}</p>
                <div class="pair">
                    <TextField name="source_url" value=source_url faults=of() input="url" />
                    <TextField name="source_title" value=source_title faults=of() />
                    <TextField name="source_author" value=source_author faults=of() />
                    <TextField name="source_licence" value=source_licence faults=of() />
                </div>
            </details>
            <details open=more>
                <summary>{words::MORE_FIELDS}</summary>
                <SeriesFields series part faults=of() />
                <div class="pair">
                    <TextField name="applies_to" value=applies_to faults=of() />
                    <TextField name="cover" value=cover faults=of() />
                </div>
                <div class="field">
                    <label for="further_reading">{words::label("further_reading")}</label>
                    <TextArea name="further_reading" rows=3 text=further_reading invalid=reading_wrong autofocus=reading_opens />
                    <FieldError name="further_reading" faults=of() />
                </div>
            </details>
            {actions}
            <AttachmentFields files=attachments refused=refused_files public fixed />
        </form>
    }
}

/// Where the text is, before a script knows better.
fn saved_line(saved_at: Option<String>) -> String {
    match saved_at {
        Some(at) => format!("{} {at}", words::ON_SERVER),
        None => words::NOT_SAVED_YET.to_owned(),
    }
}

/// The leaf or group that the article stands in.
#[component]
fn CategoryField(chosen: String, faults: Faults) -> impl IntoView {
    let wanted = chosen.clone();
    let choices = AsyncDerived::new(move || choices(wanted.clone()));
    let (wrong, opens) = (faults.of("category").is_some(), faults.opens_at("category"));
    view! {
        <div class="field">
            <label for="category">{words::label("category")}</label>
            <Suspense>
                {move || {
                    let chosen = chosen.clone();
                    Suspend::new(async move {
                        let (groups, hidden) = choices.await;
                        view! {
                            <select
                                name="category"
                                id="category"
                                autofocus=opens
                                aria-invalid=wrong.then_some("true")
                                aria-describedby=wrong.then_some("category-error")
                            >
                                <option value="" selected=chosen.is_empty()>
                                    {words::CHOOSE}
                                </option>
                                {hidden
                                    .map(|name| {
                                        let name = words::hidden_category(&name);
                                        view! { <option value=chosen.clone() selected=true>{name}</option> }
                                    })}
                                {options(groups, &chosen)}
                            </select>
                        }
                    })
                }}
            </Suspense>
            <FieldError name="category" faults />
        </div>
    }
}

/// The categories that are shown, and the name of the chosen one where it is not among them: a text keeps its category
/// while that is hidden.
async fn choices(chosen: String) -> (Vec<CategoryGroup>, Option<String>) {
    let Ok(services) = services() else { return (Vec::new(), None) };
    let groups = services.directory.categories().await.unwrap_or_default();
    let shown = groups
        .iter()
        .any(|group| group.slug.as_str() == chosen || group.leaves.iter().any(|leaf| leaf.slug.as_str() == chosen));
    let hidden = match shown || chosen.is_empty() {
        true => None,
        false => services.editor.category_name(&chosen).await.unwrap_or_default(),
    };
    (groups, hidden)
}

fn options(groups: Vec<CategoryGroup>, chosen: &str) -> impl IntoView + use<> {
    groups
        .into_iter()
        .map(|group| {
            let leaves: Vec<(String, String, bool)> = std::iter::once((group.slug.to_string(), group.name.clone()))
                .chain(group.leaves.into_iter().map(|leaf| (leaf.slug.to_string(), leaf.name)))
                .map(|(slug, name)| {
                    let selected = slug == chosen;
                    (slug, name, selected)
                })
                .collect();
            view! {
                <optgroup label=group.name>
                    {leaves
                        .into_iter()
                        .map(|(slug, name, selected)| view! { <option value=slug selected=selected>{name}</option> })
                        .collect_view()}
                </optgroup>
            }
        })
        .collect_view()
}

/// Where the article comes from.
#[component]
fn KindField(chosen: String, faults: Faults) -> impl IntoView {
    let (wrong, opens) = (faults.of("kind").is_some(), faults.opens_at("kind"));
    let known = ["original", "reprint", "translation", "download"];
    let choices = known
        .into_iter()
        .map(|kind| {
            let selected = kind == chosen || (kind == "original" && !known.contains(&chosen.as_str()));
            let word = kind.parse().ok().and_then(all::kind).unwrap_or(words::ORIGINAL);
            view! { <option value=kind selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="kind">{words::label("kind")}</label>
            <select
                name="kind"
                id="kind"
                autofocus=opens
                aria-invalid=wrong.then_some("true")
                aria-describedby=wrong.then_some("kind-error")
            >
                {choices}
            </select>
            <FieldError name="kind" faults />
        </div>
    }
}
