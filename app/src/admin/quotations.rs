//! `/admin/quotations`: the lines to remember that stand beside the pages.

use super::Place;
use super::desk::{Act, Find, asked, desk, means, pages};
use crate::form::{Field, LongField, form_key, notice};
use crate::words::admin as words;
use leptos::prelude::*;
use types::{Numbered, Quotation};

/// `/admin/quotations`.
#[component]
pub fn QuotationsPage() -> impl IntoView {
    let asked = asked();
    let query = asked.clone();
    desk(
        Place::Quotations,
        move |admin, viewer| {
            let asked = asked.clone();
            async move { admin.quotations(&viewer, &asked).await }
        },
        move |page| {
            let here = query.address(Place::Quotations);
            let pager = pages(Place::Quotations, query.text.clone(), &page);
            let lines = page.items.into_iter().map(|line| one(line, &here)).collect_view();
            view! {
                <Find place=Place::Quotations text=query.text.clone() />
                <ul class="entries">{lines}</ul>
                {pager}
                <section class="panel">
                    <h2>{words::NEW_QUOTATION}</h2>
                    {fields("", Quotation { text: String::new(), source: String::new() }, &here)}
                </section>
            }
            .into_any()
        },
    )
}

fn one(Numbered { id, item }: Numbered<Quotation>, here: &str) -> AnyView {
    let id = id.to_string();
    let open = notice().form == form_key("save", &id);
    let label = format!("{} {}", words::REMOVE, item.text);
    view! {
        <li>
            <details open=open>
                <summary>{item.text.clone()}" — "{item.source.clone()}</summary>
                {fields(&id, item, here)}
                <Act to=here.to_owned() action="remove" id word=words::REMOVE label />
            </details>
        </li>
    }
    .into_any()
}

fn fields(id: &str, line: Quotation, here: &str) -> AnyView {
    let form = form_key("save", id);
    let prefix = format!("{form}-");
    view! {
        <form method="post" action=here.to_owned()>
            {means("save", id)}
            <LongField form=form.clone() prefix=prefix.clone() name="text" label=words::LINE value=line.text />
            <Field form=form prefix=prefix name="source" label=words::LINE_SOURCE value=line.source free=true />
            <p class="actions"><button>{words::SAVE}</button></p>
        </form>
    }
    .into_any()
}
