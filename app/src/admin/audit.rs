//! `/admin/audit`: who did what, newest first.

use super::Place;
use super::desk::{Find, asked, desk, pages};
use crate::words::admin as words;
use leptos::prelude::*;
use types::AuditEntry;

/// `/admin/audit`.
#[component]
pub fn AuditPage() -> impl IntoView {
    let asked = asked();
    let text = asked.text.clone();
    desk(
        Place::Audit,
        move |admin, viewer| {
            let asked = asked.clone();
            async move { admin.audit(&viewer, &asked).await }
        },
        move |page| {
            let pager = pages(Place::Audit, text.clone(), &page);
            view! {
                <p>{words::AUDIT_HELP}</p>
                <Find place=Place::Audit text=text.clone() />
                <Entries entries=page.items />
                {pager}
            }
            .into_any()
        },
    )
}

/// Lines of the log.
#[component]
pub(super) fn Entries(
    /// The lines.
    entries: Vec<AuditEntry>,
) -> impl IntoView {
    let rows = entries
        .into_iter()
        .map(|entry| {
            let theirs = format!("{}?q={}", Place::Audit.path(), types::percent::encode(&entry.actor));
            let actor = if entry.actor.is_empty() {
                words::NOBODY.into_any()
            } else {
                view! { <a href=theirs>{entry.actor}</a> }.into_any()
            };
            view! {
                <tr>
                    <td><time datetime=entry.at.rfc3339()>{entry.at.minute()}</time></td>
                    <td>{actor}</td>
                    <td>{words::action(&entry.action).to_owned()}</td>
                    <td>{entry.object}</td>
                    <td>{entry.address}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll log" tabindex="0" role="region" aria-label=words::LOG>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words::WHEN}</th>
                        <th scope="col">{words::WHO}</th>
                        <th scope="col">{words::WHAT}</th>
                        <th scope="col">{words::WHOM}</th>
                        <th scope="col">{words::FROM}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
