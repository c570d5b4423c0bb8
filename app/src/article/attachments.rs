//! The files that an article offers: name, size, hash, licence, and what archives hold.

use crate::ui::Erase;
use crate::words::download as words;
use leptos::prelude::*;
use types::{Attachment, Listed, Listing};

/// The files of an article; nothing when there are none.
#[component]
pub fn Attachments(
    /// In the author's order.
    files: Vec<Attachment>,
) -> impl IntoView {
    (!files.is_empty()).then(|| {
        view! {
            <section class="files" id="downloads" aria-labelledby="files-heading">
                <h2 id="files-heading">{words::FILES}</h2>
                <ul>{files.into_iter().map(|file| view! { <File file /> }).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn File(file: Attachment) -> impl IntoView {
    let address = file.address();
    let Attachment { name, size, sha256, licence, downloads, listing, .. } = file;
    view! {
        <li>
            <p class="file">
                <b>{name.clone()}</b>
                <a class="take" href=address rel="external nofollow" download=name.clone() aria-label=words::take(&name)>
                    {words::TAKE}
                </a>
            </p>
            <div class="meta">
                <span class="num">{words::size(size)}</span>
                <span class="num">{words::times(downloads)}</span>
                {licence.map(|licence| view! { <span>{words::LICENCE}"："{licence}</span> })}
            </div>
            <p class="hash">
                {words::SHA256}" "<code>{sha256}</code>
                <button type="button" data-action="copy" aria-label=words::copy_hash(&name)>{words::COPY}</button>
            </p>
            {listing.map(|listing| view! { <Inside listing /> })}
        </li>
    }
}

/// What an archive holds, folded away.
#[component]
fn Inside(listing: Listing) -> impl IntoView {
    view! {
        {listing.leads_out.then(|| view! { <p class="note">{words::LEADS_OUT}</p> })}
        <details class="inside">
            <summary>{words::inside(listing.files, listing.unpacked)}</summary>
            {tree(listing.tree)}
            {listing.cut.then(|| view! { <p>{words::CUT}</p> })}
        </details>
    }
}

/// Folders in folders, as lists in lists.
fn tree(lines: Vec<Listed>) -> AnyView {
    let lines = lines
        .into_iter()
        .map(|line| {
            let size = line.size.map(|size| view! { <span class="num">{words::size(size)}</span> });
            let folder = size.is_none();
            let inside = (!line.inside.is_empty()).then(|| tree(line.inside));
            view! { <li class:folder=folder>{line.name}{size}{inside}</li> }
        })
        .collect_view();
    view! { <ul>{lines}</ul> }.erase()
}
