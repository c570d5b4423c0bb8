//! The files of a text in the form: choosing, licence, taking away. They go with every post of the form.

use crate::words::download::{self, editor as words};
use crate::words::editor::READ_IT;
use leptos::prelude::*;
use types::Attachment;

/// The part of the form; it stands behind the buttons, so that Enter in a field never takes a file away.
#[component]
pub fn AttachmentFields(
    /// What the article offers.
    files: Vec<Attachment>,
    /// Why files of the last post were not taken.
    refused: Vec<String>,
    /// Whether readers see the article.
    public: bool,
    /// Whether this person may not change them.
    fixed: bool,
) -> impl IntoView {
    let wrong = !refused.is_empty();
    let sentences = refused.into_iter().map(|why| view! { <li>{why}</li> }).collect_view();
    let refusal = wrong.then(|| view! { <ul class="field-error" id="file-error">{sentences}</ul> });
    let some = !files.is_empty();
    let rows = files.into_iter().map(|file| view! { <Row file public fixed /> }).collect_view();
    let list = some.then(|| view! { <ul>{rows}</ul> });
    if fixed {
        return view! {
            <fieldset class="attachments" id="attachments">
                <legend>{words::FILES}</legend>
                <p class="field-help">{words::FIXED}</p>
                {list}
                {refusal}
            </fieldset>
        }
        .into_any();
    }
    view! {
        <fieldset class="attachments" id="attachments">
            <legend>{words::FILES}</legend>
            <p class="field-help" id="file-help">{words::HELP}</p>
            {list}
            <div class="pair">
                <div class="field">
                    <label for="file">{words::CHOOSE}</label>
                    <input
                        type="file"
                        name="file"
                        id="file"
                        multiple
                        aria-invalid=wrong.then_some("true")
                        aria-describedby=if wrong { "file-error" } else { "file-help" }
                    />
                    {refusal}
                </div>
                <div class="field">
                    <label for="licence">{words::LICENCE}</label>
                    <input type="text" name="licence" id="licence" autocomplete="off" maxlength="200" />
                </div>
            </div>
            <div class="actions">
                <button type="submit" name="action" value="attach" class="plain">{words::ATTACH}</button>
                {some
                    .then(|| {
                        view! {
                            <button type="submit" name="action" value="licences" class="plain">{words::SAVE_LICENCES}</button>
                        }
                    })}
            </div>
        </fieldset>
    }
    .into_any()
}

/// One file.
#[component]
fn Row(file: Attachment, public: bool, fixed: bool) -> impl IntoView {
    let (id, address, licence) = (file.id.0, file.address(), file.licence.unwrap_or_default());
    let change = match fixed {
        true => view! { <span>{licence}</span> }.into_any(),
        false => view! {
            <input
                type="text"
                name=format!("licence-{id}")
                value=licence
                aria-label=words::licence_of(&file.name)
                autocomplete="off"
                maxlength="200"
            />
            <button type="submit" name="action" value=format!("detach-{id}") aria-label=words::remove(&file.name)>
                {words::REMOVE}
            </button>
        }
        .into_any(),
    };
    view! {
        <li>
            <b>{file.name.clone()}</b>
            <span class="num">{download::size(file.size)}</span>
            <span class="num">{download::times(file.downloads)}</span>
            {public.then(|| view! { <a href=address rel="external" download=file.name.clone()>{READ_IT}</a> })}
            {change}
        </li>
    }
}
