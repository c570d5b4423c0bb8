//! The page of one text: the form, and below it what belongs to it.

use crate::editor::api::get_editing;
use crate::editor::conflict::ConflictView;
use crate::editor::form::EditorForm;
use crate::editor::revisions::Revisions;
use crate::editor::shared::shared;
use crate::editor::{Editing, Outcome};
use crate::error::AppError;
use crate::parameters::use_parameters;
use crate::reply::set_status;
use crate::ui::{Failure, PageTitle, Prose};
use crate::words::editor as words;
use crate::workshop::Modules;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/editor/new` and `/editor/{id}`.
#[component]
pub fn EditorPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_parameters());
    let asked = Memo::new(move |_| {
        let id = params.read().get("id");
        let compare = query.read().get("compare").and_then(|number| number.parse::<u32>().ok());
        (id.map(|id| id.parse::<i64>().map_err(|_| ())), compare)
    });
    let done = Memo::new(move |_| Outcome::from_name(query.read().get("done").unwrap_or_default()));
    let editing = AsyncDerived::new(move || {
        let (id, compare) = asked.get();
        async move {
            match id {
                Some(Err(())) => Err(AppError::NotFound),
                Some(Ok(id)) => get_editing(Some(id), compare).await,
                None => get_editing(None, None).await,
            }
        }
    });
    view! {
        <main id="main" class="wrap editor-page">
            <Suspense>
                {move || Suspend::new(async move {
                    match editing.await {
                        Ok(mut editing) => {
                            if let Some(fields) = shared(&query.read_untracked()).filter(|_| editing.is_untouched()) {
                                editing.fields = fields;
                            }
                            if editing.outcome == Outcome::None {
                                editing.outcome = done.get_untracked();
                            }
                            let side_by_side = query.read_untracked().get("view") == Some("side");
                            view! { <WholeEditor editing side_by_side /> }.into_any()
                        }
                        Err(error) => view! { <Failure error /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn WholeEditor(editing: Editing, side_by_side: bool) -> impl IntoView {
    set_status(editing.outcome.status());
    let heading = if editing.id.is_some() { words::EDIT } else { words::NEW };
    let title = if editing.fields.title.is_empty() {
        heading.to_owned()
    } else {
        format!("{} - {heading}", editing.fields.title)
    };
    // What an editor reviews is compared with what readers see.
    let known = editing.revisions.iter().any(|revision| revision.number == editing.published);
    let differs =
        editing.status == types::ArticleStatus::Published && editing.base_revision > editing.published && known;
    let beside_public =
        editing.id.filter(|_| differs).map(|id| format!("/editor/{}?compare={}#revisions", id.0, editing.published));
    let submitted = editing.submitted;
    let public = editing.slug.clone().filter(|_| editing.status == types::ArticleStatus::Published);
    let (outcome, status, notice) = (editing.outcome, editing.status, editing.notice.clone());
    let (theirs, preview) = (editing.theirs.clone(), editing.preview.clone());
    let (id, revisions, compared, key) =
        (editing.id, editing.revisions.clone(), editing.compared.clone(), editing.key.clone());
    let wrong = !editing.problems.is_empty();
    view! {
        <PageTitle text=title />
        <div class="editor-head">
            <h1>{heading}</h1>
            <span class="badge">{words::status(status)}</span>
            {submitted.then(|| view! { <span class="badge">{words::CHANGE_WAITS}</span> })}
            {beside_public.map(|address| view! { <a href=address rel="external">{words::COMPARE_PUBLISHED}</a> })}
            <a href="/editor" rel="external">{words::ALL_MINE}</a>
            {public.map(|slug| view! { <a href=format!("/articles/{slug}") rel="external">{words::READ_IT}</a> })}
        </div>
        {words::outcome(outcome, wrong)
            .map(|(good, text)| {
                let role = if good { "status" } else { "alert" };
                view! { <p class=if good { "note good" } else { "note bad" } role=role>{text}</p> }
            })}
        {notice.map(|notice| view! { <p class="note bad" role="alert">{notice}</p> })}
        {theirs.map(|theirs| view! { <ConflictView theirs /> })}
        <EditorForm editing />
        {preview
            .map(|html| {
                view! {
                    <section class="editor-shown" id="preview">
                        <h2>{words::PREVIEW}</h2>
                        <Prose html tongue=None />
                    </section>
                }
            })}
        {id.map(|id| view! { <Revisions id revisions compared side_by_side key /> })}
        {Modules::load(|modules| modules.editor)}
    }
}
