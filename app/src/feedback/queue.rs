//! `/editor/feedback`: what readers told, open cases first, and the forms that close them.

use super::{FeedbackFilter, FeedbackItem, FeedbackQueue, QUEUE};
use crate::account::viewer;
use crate::form::{LongField, Said, form_key, notice};
use crate::parameters::use_parameters;
use crate::services::services;
use crate::ui::{Failure, PageTitle, Pager};
use crate::words::{self as all, feedback as words};
use leptos::prelude::*;
use types::{ArticleStatus, FeedbackEntry, FeedbackState, PageNumber};

/// `/editor/feedback`.
#[component]
pub fn FeedbackQueuePage() -> impl IntoView {
    let query = use_parameters().get_untracked();
    let filter = FeedbackFilter {
        state: query.get("state").and_then(|state| state.parse().ok()),
        number: query.get("number").and_then(|number| number.parse().ok()),
        page: PageNumber::from_text(query.get("page")),
    };
    let done = query.get("done").and_then(words::done);
    let found = AsyncDerived::new(move || {
        let (viewer, services) = (viewer(), services());
        async move { services?.feedback.queue(&viewer, &filter).await }
    });
    view! {
        <main id="main" class="wrap account-page admin feedback">
            <PageTitle text=words::QUEUE />
            <h1>{words::QUEUE}</h1>
            <Said />
            {not_stored()}
            {done.map(|text| view! { <p class="note good" role="status">{text}</p> })}
            <Suspense>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok(queue) => view! { <Queue queue filter /> }.into_any(),
                        Err(error) => view! { <Failure error /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

/// The note that somebody wrote on a case which somebody else closed meanwhile: it has no form any more to stand in.
fn not_stored() -> Option<AnyView> {
    let notice = notice();
    let note = notice.typed(&notice.form, "answer").filter(|note| notice.status == 409 && !note.trim().is_empty())?;
    Some(
        view! { <p class="note">{words::NOT_STORED}<span class="said" dir="auto">{note.to_owned()}</span></p> }
            .into_any(),
    )
}

#[component]
fn Queue(queue: FeedbackQueue, filter: FeedbackFilter) -> impl IntoView {
    let FeedbackQueue { page, open } = queue;
    let states = std::iter::once(None)
        .chain(FeedbackState::ALL.map(Some))
        .map(|state| {
            let href = FeedbackFilter { state, ..FeedbackFilter::default() }.address();
            let current = (filter.number.is_none() && filter.state == state).then_some("true");
            let count = (state == Some(FeedbackState::Open)).then(|| view! { " "<span class="num">{open}</span> });
            view! { <a href=href aria-current=current>{state.map_or(words::EVERY, words::state)}{count}</a> }
        })
        .collect_view();
    let (number, last, nothing) = (page.page, page.last(), page.items.is_empty());
    let here = filter.address();
    let cases = page.items.into_iter().map(|item| one(item, &here)).collect_view();
    let href = Box::new(move |page: u32| FeedbackFilter { page: page.into(), ..filter }.address());
    view! {
        <p>{words::QUEUE_HELP}</p>
        <nav class="scopes" aria-label=all::SCOPE>{states}</nav>
        <form method="get" action=QUEUE role="search" class="row seek">
            <label for="number">{words::FIND}</label>
            <input id="number" type="search" name="number" inputmode="numeric" autocomplete="off"
                value=filter.number.map(|number| number.to_string()) />
            <button>{words::FIND_IT}</button>
        </form>
        <ul class="entries">{cases}</ul>
        {nothing.then(|| view! { <p class="empty">{words::NOTHING}</p> })}
        <Pager page=number last href />
    }
    .into_any()
}

/// One case, and what can be done with it.
fn one(item: FeedbackItem, here: &str) -> AnyView {
    let FeedbackItem { entry, may_close } = item;
    let open = entry.state == FeedbackState::Open;
    let closing = (open && may_close).then(|| close(&entry, here));
    let foreign = (open && !may_close).then(|| view! { <p class="field-help">{words::EDITORS_CLOSE}</p> });
    let closed = entry.closed.as_ref().map(|(by, at)| {
        view! {
            <p class="field-help">{words::closed(by, &at.minute())}</p>
            {(!entry.answer.is_empty()).then(|| view! { <p class="said" dir="auto">{entry.answer.clone()}</p> })}
        }
    });
    let contact = (!entry.contact.is_empty())
        .then(|| view! { <span>{words::CONTACT_IS}" "<bdi>{entry.contact.clone()}</bdi></span> });
    view! {
        <li id=format!("feedback-{}", entry.id)>
            <h2>{words::kind(entry.kind)}" · "<bdi>{entry.title.clone()}</bdi></h2>
            <p class="meta">
                <span class=open.then_some("badge")>{words::state(entry.state)}</span>
                <time datetime=entry.created_at.rfc3339()>{entry.created_at.minute()}</time>
                <span>{words::FROM}" "<bdi>{entry.sender.clone().unwrap_or(words::SOMEBODY.to_owned())}</bdi></span>
                {contact}
                <span>{words::seen(entry.seen)}</span>
                <span class="num">{words::numbered(entry.id)}</span>
            </p>
            <p class="said" dir="auto">{entry.text.clone()}</p>
            {links(&entry)}
            {closed}
            {foreign}
            {closing}
        </li>
    }
    .into_any()
}

/// The ways to the article, as far as there are any.
fn links(entry: &FeedbackEntry) -> AnyView {
    let editor = format!("/editor/{}", entry.article.0);
    let since = format!("{editor}?compare={}#revisions", entry.seen);
    let there = entry.status != ArticleStatus::Removed;
    view! {
        <p class="actions">
            {(entry.status == ArticleStatus::Published)
                .then(|| view! { <a href=format!("/articles/{}", entry.slug)>{words::READ_IT}</a> })}
            {there.then(|| view! { <a href=editor>{words::EDIT_IT}</a> })}
            {(there && entry.seen < entry.revision).then(|| view! { <a href=since>{words::CHANGED_SINCE}</a> })}
            {(entry.status != ArticleStatus::Published)
                .then(|| view! { <span class="badge">{all::editor::status(entry.status)}</span> })}
        </p>
    }
    .into_any()
}

/// The form that closes a case.
fn close(entry: &FeedbackEntry, here: &str) -> AnyView {
    let id = entry.id;
    let form = form_key("close", &id.to_string());
    let opened = notice().form == form;
    let button = |action: &'static str, word: &'static str| {
        view! { <button name="action" value=action aria-label=words::button(word, id)>{word}</button> }
    };
    view! {
        <details open=opened>
            <summary>{words::CLOSE}</summary>
            <form method="post" action=here.to_owned()>
                <input type="hidden" name="id" value=id.to_string() />
                <LongField form=form.clone() prefix=format!("{form}-") name="answer" label=words::ANSWER help=words::ANSWER_HELP free=true />
                <p class="actions">{button("done", words::DONE)}{button("declined", words::DECLINE)}</p>
            </form>
        </details>
    }
    .into_any()
}
