//! `/admin/redirects`: old addresses and where they lead.

use super::Place;
use super::desk::{Act, Find, asked, desk, means, pages};
use crate::form::Field;
use crate::words::admin as words;
use leptos::prelude::*;
use types::RedirectEntry;

/// `/admin/redirects`.
#[component]
pub fn RedirectsPage() -> impl IntoView {
    let asked = asked();
    let query = asked.clone();
    desk(
        Place::Redirects,
        move |admin, viewer| {
            let asked = asked.clone();
            async move { admin.redirects(&viewer, &asked).await }
        },
        move |page| {
            let here = query.address(Place::Redirects);
            let pager = pages(Place::Redirects, query.text.clone(), &page);
            let entries = page.items.into_iter().map(|entry| one(entry, &here)).collect_view();
            view! {
                <p>{words::REDIRECTS_HELP}</p>
                <section class="panel">
                    <h2>{words::NEW_REDIRECT}</h2>
                    <form method="post" action=here>
                        {means("add", "")}
                        <Field form="add" name="old" label=words::OLD_PATH help=words::PATH_HELP />
                        <Field form="add" name="new" label=words::NEW_PATH />
                        <p class="actions"><button class="primary">{words::ADD}</button></p>
                    </form>
                </section>
                <Find place=Place::Redirects text=query.text.clone() />
                <ul class="entries">{entries}</ul>
                {pager}
            }
            .into_any()
        },
    )
}

fn one(entry: RedirectEntry, here: &str) -> AnyView {
    let label = format!("{} {}", words::REMOVE, entry.old);
    let RedirectEntry { old, new, created_at } = entry;
    view! {
        <li class="row">
            <code>{old.clone()}</code>
            "→"
            <a href=new.clone()>{new.clone()}</a>
            <time datetime=created_at.rfc3339()>{created_at.date()}</time>
            <Act to=here.to_owned() action="remove" id=old word=words::REMOVE label />
        </li>
    }
    .into_any()
}
