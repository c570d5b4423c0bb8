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
) -> impl IntoView {
    let wrong = !refused.is_empty();
    let some = !files.is_empty();
    let rows = files.into_iter().map(|file| view! { <Row file public /> }).collect_view();
    view! {
        <fieldset class="attachments" id="attachments">
            <legend>{words::FILES}</legend>
            <p class="field-help" id="file-help">{words::HELP}</p>
            {some.then(|| view! { <ul>{rows}</ul> })}
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
                    {wrong
                        .then(|| {
                            let sentences = refused.into_iter().map(|why| view! { <li>{why}</li> }).collect_view();
                            view! { <ul class="field-error" id="file-error">{sentences}</ul> }
                        })}
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
}

/// One file.
#[component]
fn Row(file: Attachment, public: bool) -> impl IntoView {
    let (id, address) = (file.id.0, file.address());
    view! {
        <li>
            <b>{file.name.clone()}</b>
            <span class="num">{download::size(file.size)}</span>
            <span class="num">{download::times(file.downloads)}</span>
            {public.then(|| view! { <a href=address rel="external" download=file.name.clone()>{READ_IT}</a> })}
            <input
                type="text"
                name=format!("licence-{id}")
                value=file.licence.unwrap_or_default()
                aria-label=words::licence_of(&file.name)
                autocomplete="off"
                maxlength="200"
            />
            <button type="submit" name="action" value=format!("detach-{id}") aria-label=words::remove(&file.name)>
                {words::REMOVE}
            </button>
        </li>
    }
}
