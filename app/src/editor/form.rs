//! The form of one text.

use crate::editor::Editing;
use crate::editor::attachments::AttachmentFields;
use crate::editor::fields::{FieldError, TextField, problem_of};
use crate::services::services;
use crate::ui::{Foreign, TextArea};
use crate::words::{self as all, editor as words};
use leptos::prelude::*;
use types::{ArticleStatus, CategoryGroup, DraftFields, Problem};

/// The form: posted to its own address, and taken over by a script where there is one.
#[component]
pub fn EditorForm(
    /// What it shows.
    editing: Editing,
) -> impl IntoView {
    let address = editing.id.map_or_else(|| "/editor/new".to_owned(), |id| format!("/editor/{}", id.0));
    let Editing {
        id,
        status,
        base_revision,
        published,
        fields,
        saved_at,
        publish_at,
        problems,
        may_publish,
        user,
        key,
        preview_token,
        attachments,
        refused_files,
        ..
    } = editing;
    let DraftFields {
        title,
        slug,
        category,
        tags,
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
    let some = problems.clone();
    let of = move || some.clone();
    let body_wrong = problem_of(&problems, "body").is_some();
    let more = [&applies_to, &cover, &further_reading].iter().any(|text| !text.is_empty());
    let sourced = matches!(kind.as_str(), "reprint" | "translation");
    view! {
        <form
            method="post"
            action=address
            enctype="multipart/form-data"
            class="editor"
            data-editor=""
            data-id=id.map(|id| id.0.to_string())
            data-user=user
            data-status=status.as_str()
            data-published=published
            data-saved=saved_at.map(|at| at.0.to_string())
            data-fresh=editing.outcome.name()
        >
            <input type="hidden" name="base_revision" value=base_revision.to_string() />
            <input type="hidden" name="key" value=key />
            <TextField name="title" value=title problems=of() />
            <div class="writing">
                <div class="field">
                    <label for="body">{words::label("body")}</label>
                    <Foreign class="editor-toolbar" />
                    <div class="panes">
                        <div class="pane">
                            <Foreign class="editor-code" />
                            <TextArea name="body" rows=24 text=body invalid=body_wrong />
                        </div>
                        <Foreign class="editor-preview" />
                    </div>
                    <p class="editor-status" role="status">{saved_line(saved_at.map(|at| at.minute()))}</p>
                    <FieldError name="body" problems=of() />
                </div>
            </div>
            <div class="pair">
                <CategoryField chosen=category problems=of() />
                <TextField name="tags" value=tags problems=of() help=words::TAGS_HELP />
            </div>
            <div class="pair">
                <KindField chosen=kind problems=of() />
                <TextField name="slug" value=slug problems=of() help=words::SLUG_HELP />
            </div>
            <div class="field">
                <label for="summary">{words::label("summary")}</label>
                <TextArea name="summary" rows=3 text=summary invalid=problem_of(&problems, "summary").is_some() />
                <FieldError name="summary" problems=of() />
            </div>
            <details open=sourced>
                <summary>{words::SOURCE}</summary>
                <p class="field-help">{words::SOURCE_HELP}</p>
                <div class="pair">
                    <TextField name="source_url" value=source_url problems=of() input="url" />
                    <TextField name="source_title" value=source_title problems=of() />
                    <TextField name="source_author" value=source_author problems=of() />
                    <TextField name="source_licence" value=source_licence problems=of() />
                </div>
            </details>
            <details open=more>
                <summary>{words::MORE_FIELDS}</summary>
                <div class="pair">
                    <TextField name="applies_to" value=applies_to problems=of() />
                    <TextField name="cover" value=cover problems=of() />
                </div>
                <div class="field">
                    <label for="further_reading">{words::label("further_reading")}</label>
                    <TextArea name="further_reading" rows=3 text=further_reading />
                    <FieldError name="further_reading" problems=of() />
                </div>
            </details>
            <Actions status may_publish publish_at problems preview_token has_id=id.is_some() />
            <AttachmentFields files=attachments refused=refused_files public=status == ArticleStatus::Published />
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

/// The buttons; which ones there are depends on where the article stands.
#[component]
fn Actions(
    status: ArticleStatus,
    may_publish: bool,
    publish_at: String,
    problems: Vec<Problem>,
    preview_token: String,
    has_id: bool,
) -> impl IntoView {
    use ArticleStatus::{Draft, Published, Review, Scheduled};
    let button = |action: &'static str, word: &'static str, class: &'static str| {
        view! { <button type="submit" name="action" value=action class=class>{word}</button> }
    };
    let publish = may_publish.then(|| {
        button("publish", if status == Published { words::PUBLISH_CHANGES } else { words::PUBLISH }, "primary")
    });
    let submit = (!may_publish && matches!(status, Draft)).then(|| button("submit", words::SUBMIT, "primary"));
    let withdraw = matches!(status, Review | Scheduled).then(|| button("withdraw", words::WITHDRAW, "plain"));
    let hide = (has_id && status == Published).then(|| button("hide", words::HIDE, "plain"));
    let schedule = (may_publish && matches!(status, Draft | Review | Scheduled)).then(|| {
        view! {
            <div class="schedule">
                <TextField name="publish_at" value=publish_at problems=problems input="datetime-local" help=words::SCHEDULE_HELP />
                {button("schedule", words::SCHEDULE, "plain")}
            </div>
        }
    });
    // Opening comes first, so that nobody deletes by a slip of the hand; no script is needed for it.
    let delete = has_id.then(|| {
        view! {
            <details class="delete">
                <summary>{words::DELETE_MORE}</summary>
                <p class="field-help">{words::DELETE_HELP}</p>
                {button("delete", words::DELETE, "plain")}
            </details>
        }
    });
    view! {
        <div class="actions">
            {button("save", words::SAVE, "plain")}
            {button("preview", words::PREVIEW, "plain")}
            {submit}
            {publish}
            {withdraw}
            {hide}
            {(!preview_token.is_empty())
                .then(|| {
                    view! {
                        <a href=format!("/preview/{preview_token}") rel="external nofollow" target="_blank">{words::PREVIEW_LINK}</a>
                    }
                })}
        </div>
        {schedule}
        {delete}
    }
}

/// The leaf or group that the article stands in.
#[component]
fn CategoryField(chosen: String, problems: Vec<Problem>) -> impl IntoView {
    let groups = AsyncDerived::new(|| async {
        match services() {
            Ok(services) => services.directory.categories().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        }
    });
    let wrong = problem_of(&problems, "category").is_some();
    view! {
        <div class="field">
            <label for="category">{words::label("category")}</label>
            <Suspense>
                {move || {
                    let chosen = chosen.clone();
                    Suspend::new(async move {
                        let groups = groups.await;
                        view! {
                            <select
                                name="category"
                                id="category"
                                aria-invalid=wrong.then_some("true")
                                aria-describedby=wrong.then_some("category-error")
                            >
                                <option value="" selected=chosen.is_empty()>
                                    {words::CHOOSE}
                                </option>
                                {options(groups, &chosen)}
                            </select>
                        }
                    })
                }}
            </Suspense>
            <FieldError name="category" problems />
        </div>
    }
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
fn KindField(chosen: String, problems: Vec<Problem>) -> impl IntoView {
    let wrong = problem_of(&problems, "kind").is_some();
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
            <select name="kind" id="kind" aria-invalid=wrong.then_some("true") aria-describedby=wrong.then_some("kind-error")>
                {choices}
            </select>
            <FieldError name="kind" problems />
        </div>
    }
}
