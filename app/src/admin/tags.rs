//! `/admin/tags`: names and other names of tags, and two made one.

use super::Place;
use super::desk::{Act, Find, asked, desk, means, pages};
use crate::form::{Field, form_key, notice};
use crate::words::admin as words;
use leptos::prelude::*;
use types::TagEntry;

/// `/admin/tags`.
#[component]
pub fn TagsPage() -> impl IntoView {
    let asked = asked();
    let query = asked.clone();
    desk(
        Place::Tags,
        move |admin, viewer| {
            let asked = asked.clone();
            async move { admin.tags(&viewer, &asked).await }
        },
        move |page| {
            let here = query.address(Place::Tags);
            let pager = pages(Place::Tags, query.text.clone(), &page);
            let tags = page.items.into_iter().map(|tag| one(tag, &here)).collect_view();
            view! {
                <p>{words::TAGS_HELP}</p>
                <Find place=Place::Tags text=query.text.clone() />
                <ul class="entries">{tags}</ul>
                {pager}
            }
            .into_any()
        },
    )
}

fn one(tag: TagEntry, here: &str) -> AnyView {
    let id = tag.key.to_string();
    let (rename, alias, merge) = (form_key("rename", &id), form_key("alias", &id), form_key("merge", &id));
    let open = [&rename, &alias, &merge].contains(&&notice().form);
    let aliases = tag
        .aliases
        .iter()
        .map(|alias| {
            let label = format!("{} {alias}", words::REMOVE_ALIAS);
            view! {
                <li class="row">
                    <code>{alias.to_string()}</code>
                    <Act to=here.to_owned() action="unalias" id=alias.to_string() word=words::REMOVE label />
                </li>
            }
        })
        .collect_view();
    let named = (!tag.aliases.is_empty()).then(|| {
        let names: Vec<_> = tag.aliases.iter().map(ToString::to_string).collect();
        view! { <span>{words::aliases(&names.join("、"))}</span> }
    });
    view! {
        <li>
            <details open=open>
                <summary>
                    <b>{tag.name.clone()}</b>" "<code>{id.clone()}</code>" "
                    <span class="num">{words::articles(tag.published, tag.every)}</span>" "{named}
                </summary>
                <form method="post" action=here.to_owned()>
                    {means("rename", &id)}
                    <Field form=rename.clone() prefix=format!("{rename}-") name="name" label=words::NAME value=tag.name.clone() help=words::TAG_NAME_HELP />
                    <p class="actions"><button>{words::SAVE}</button></p>
                </form>
                <ul>{aliases}</ul>
                <form method="post" action=here.to_owned()>
                    {means("alias", &id)}
                    <Field form=alias.clone() prefix=format!("{alias}-") name="alias" label=words::NEW_ALIAS />
                    <p class="actions"><button>{words::ADD}</button></p>
                </form>
                <form method="post" action=here.to_owned()>
                    {means("merge", &id)}
                    <Field form=merge.clone() prefix=format!("{merge}-") name="into" label=words::MERGE_INTO help=words::MERGE_TAG_HELP />
                    <p class="actions"><button>{words::MERGE}</button></p>
                </form>
            </details>
        </li>
    }
    .into_any()
}
