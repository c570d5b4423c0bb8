//! The buttons of the form; which ones there are depends on where the article stands and on who looks at it.

use crate::editor::Editing;
use crate::editor::fields::{Faults, TextField};
use crate::words::editor as words;
use leptos::prelude::*;
use types::ArticleStatus::{Draft, Hidden, Published, Review, Scheduled};

/// What can be done with a text.
#[component]
pub fn Actions(
    /// The text.
    editing: Editing,
    /// Where the form is posted to.
    address: String,
    /// What is wrong with the form.
    faults: Faults,
) -> impl IntoView {
    let Editing { id, status, submitted, foreign, may_publish, publish_at, reason, preview_token, .. } = editing;
    let button = |action: &'static str, word: &'static str, class: &'static str| {
        view! { <button type="submit" name="action" value=action class=class>{word}</button> }
    };
    let publish = may_publish.then(|| {
        button("publish", if status == Published { words::PUBLISH_CHANGES } else { words::PUBLISH }, "primary")
    });
    let submit = match status {
        Draft | Hidden if !may_publish => Some(button("submit", words::SUBMIT, "primary")),
        Published if !may_publish && !submitted => Some(button("submit", words::SUBMIT_CHANGE, "primary")),
        _ => None,
    };
    let waits = submitted || matches!(status, Review | Scheduled);
    let withdraw = (waits && !foreign)
        .then(|| button("withdraw", if submitted { words::WITHDRAW_CHANGE } else { words::WITHDRAW }, "plain"));
    let hide = (status == Published).then(|| button("hide", words::HIDE, "plain"));
    let schedule = (may_publish && matches!(status, Draft | Review | Scheduled)).then(|| {
        view! {
            <div class="schedule">
                <TextField name="publish_at" value=publish_at faults input="datetime-local" help=words::SCHEDULE_HELP />
                {button("schedule", words::SCHEDULE, "plain")}
            </div>
        }
    });
    let give_back = (waits && foreign).then(|| {
        view! {
            <div class="schedule">
                <TextField name="reason" value=reason faults=Faults::default() help=words::REASON_HELP />
                {button("withdraw", words::RETURN, "plain")}
            </div>
        }
    });
    // Opening comes first, so that nobody deletes by a slip of the hand; no script is needed for it.
    let delete = id.map(|_| {
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
            // The answer opens at the preview, which stands below the form.
            <button type="submit" name="action" value="preview" class="plain" formaction=format!("{address}#preview")>
                {words::PREVIEW}
            </button>
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
        {give_back}
        {delete}
    }
}
