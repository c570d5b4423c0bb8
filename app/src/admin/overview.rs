//! `/admin`: what there is, what waits for somebody, and what was done last.

use super::Place;
use super::audit::Entries;
use super::desk::desk;
use crate::words::admin as words;
use leptos::prelude::*;
use types::{AuditEntry, Totals};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Overview {
    /// How much there is of everything.
    pub totals: Totals,
    /// What was done last.
    pub latest: Vec<AuditEntry>,
}

/// `/admin`.
#[component]
pub fn OverviewPage() -> impl IntoView {
    desk(
        Place::Overview,
        |admin, viewer| async move { admin.overview(&viewer).await },
        |Overview { totals, latest }| {
            let figures = [
                (words::PUBLISHED, totals.published, "/editor?everybody=1&status=published"),
                (words::REVIEW, totals.review, "/editor?everybody=1&status=review"),
                (words::FEEDBACK_OPEN, totals.feedback, "/editor/feedback?state=open"),
                (words::SCHEDULED, totals.scheduled, "/editor?everybody=1&status=scheduled"),
                (words::DRAFTS, totals.draft, "/editor?everybody=1&status=draft"),
                (words::PEOPLE_ACTIVE, totals.people, Place::People.path()),
                (words::PEOPLE_WAITING, totals.waiting, Place::People.path()),
                (words::place(Place::Categories), totals.categories, Place::Categories.path()),
                (words::place(Place::Tags), totals.tags, Place::Tags.path()),
                (words::place(Place::Cards), totals.cards, Place::Cards.path()),
                (words::place(Place::Quotations), totals.quotations, Place::Quotations.path()),
                (words::place(Place::Redirects), totals.redirects, Place::Redirects.path()),
            ]
            .into_iter()
            .map(|(word, total, href)| view! { <li><a href=href>{word}</a>" "<b class="num">{total}</b></li> })
            .collect_view();
            view! {
                <ul class="figures">{figures}</ul>
                <h2>{words::LATEST}</h2>
                <Entries entries=latest />
                <p><a href=Place::Audit.path()>{words::WHOLE_LOG}</a></p>
            }
            .into_any()
        },
    )
}
