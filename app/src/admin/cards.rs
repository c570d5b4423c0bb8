//! `/admin/cards`: the commands to learn that stand beside the pages.

use super::Place;
use super::desk::{Act, Find, asked, desk, means, pages};
use crate::form::{Field, LongField, form_key, notice};
use crate::words::admin as words;
use leptos::prelude::*;
use types::{LearningCard, Numbered};

/// `/admin/cards`.
#[component]
pub fn CardsPage() -> impl IntoView {
    let asked = asked();
    let query = asked.clone();
    desk(
        Place::Cards,
        move |admin, viewer| {
            let asked = asked.clone();
            async move { admin.cards(&viewer, &asked).await }
        },
        move |page| {
            let here = query.address(Place::Cards);
            let pager = pages(Place::Cards, query.text.clone(), &page);
            let cards = page.items.into_iter().map(|card| one(card, &here)).collect_view();
            view! {
                <Find place=Place::Cards text=query.text.clone() />
                <ul class="entries">{cards}</ul>
                {pager}
                <section class="panel">
                    <h2>{words::NEW_CARD}</h2>
                    {fields("", LearningCard { command: String::new(), explanation: String::new(), applies: String::new(), caution: String::new() }, &here)}
                </section>
            }
            .into_any()
        },
    )
}

fn one(Numbered { id, item }: Numbered<LearningCard>, here: &str) -> AnyView {
    let id = id.to_string();
    let open = notice().form == form_key("save", &id);
    let label = format!("{} {}", words::REMOVE, item.command);
    view! {
        <li>
            <details open=open>
                <summary><code>{item.command.clone()}</code>" "{item.explanation.clone()}</summary>
                {fields(&id, item, here)}
                <Act to=here.to_owned() action="remove" id word=words::REMOVE label />
            </details>
        </li>
    }
    .into_any()
}

fn fields(id: &str, card: LearningCard, here: &str) -> AnyView {
    let form = form_key("save", id);
    let prefix = format!("{form}-");
    view! {
        <form method="post" action=here.to_owned()>
            {means("save", id)}
            <Field form=form.clone() prefix=prefix.clone() name="command" label=words::COMMAND value=card.command />
            <LongField form=form.clone() prefix=prefix.clone() name="explanation" label=words::EXPLANATION value=card.explanation />
            <Field form=form.clone() prefix=prefix.clone() name="applies" label=words::APPLIES value=card.applies free=true />
            <LongField form=form prefix=prefix name="caution" label=words::CAUTION value=card.caution free=true />
            <p class="actions"><button>{words::SAVE}</button></p>
        </form>
    }
    .into_any()
}
