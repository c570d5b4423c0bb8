//! The author's list: everything in progress, by state, with search; for editors also the queue.

use crate::account::viewer;
use crate::editor::api::{list_work, open_feedback};
use crate::editor::{Outcome, WorkFilter};
use crate::parameters::use_parameters;
use crate::ui::{Failure, PageTitle, Pager};
use crate::words::{self as all, editor as words};
use leptos::prelude::*;
use types::percent::encode;
use types::{ArticleStatus, Page, WorkItem};

/// The state of the list, as it stands in the address.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    status: String,
    text: String,
    everybody: bool,
    page: String,
}

impl Asked {
    fn filter(&self) -> WorkFilter {
        WorkFilter {
            status: self.status.parse().ok(),
            text: self.text.trim().chars().take(100).collect(),
            everybody: self.everybody,
            page: self.page.parse().unwrap_or(1).clamp(1, 10_000),
        }
    }

    fn address(&self, status: &str, everybody: bool, page: u32) -> String {
        let mut address = format!("/editor?q={}&status={}", encode(&self.text), encode(status));
        if everybody {
            address.push_str("&everybody=1");
        }
        if page > 1 {
            address.push_str(&format!("&page={page}"));
        }
        address
    }
}

/// `/editor`.
#[component]
pub fn WorkPage() -> impl IntoView {
    let query = use_parameters();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let text = |name| query.get(name).unwrap_or_default().to_owned();
        Asked { status: text("status"), text: text("q"), everybody: text("everybody") == "1", page: text("page") }
    });
    let items = AsyncDerived::new(move || list_work(asked.get().filter()));
    let feedback = AsyncDerived::new(open_feedback);
    let done = move || Outcome::from_name(query.read().get("done").unwrap_or_default());
    view! {
        <main id="main" class="wrap editor-page">
            <PageTitle text=words::MINE />
            <div class="editor-head">
                <h1>{words::MINE}</h1>
                <a class="primary" href="/editor/new" rel="external">{words::NEW}</a>
                <Suspense>
                    {move || Suspend::new(async move {
                        let open = feedback.await;
                        view! { <a href=crate::feedback::QUEUE>{all::feedback::queue(open)}</a> }
                    })}
                </Suspense>
            </div>
            <div class="note" data-unsent=viewer().author() hidden=true></div>
            {move || words::outcome(done(), false).map(|(_, text)| view! { <p class="note good" role="status">{text}</p> })}
            <form method="get" action="/editor" class="q" role="search">
                <input type="search" name="q" value=move || asked.get().text placeholder=words::FIND_MINE aria-label=words::FIND_MINE />
            </form>
            <Transition>
                {move || Suspend::new(async move {
                    let items = items.await;
                    let asked = asked.get_untracked();
                    match items {
                        Ok(items) => view! { <Work items asked /> }.into_any(),
                        Err(error) => view! { <Failure error /> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Work(items: Page<WorkItem>, asked: Asked) -> impl IntoView {
    use ArticleStatus::{Draft, Hidden, Published, Removed, Review, Scheduled};
    let states = [None, Some(Draft), Some(Review), Some(Scheduled), Some(Published), Some(Hidden), Some(Removed)]
        .into_iter()
        .map(|status| {
            let name = status.map_or("", ArticleStatus::as_str);
            let current = (!asked.everybody && asked.status == name).then_some("true");
            view! { <a href=asked.address(name, false, 1) aria-current=current>{status.map_or(words::EVERY, words::status)}</a> }
        })
        .collect_view();
    let queue = asked.address("review", true, 1);
    let in_queue = asked.everybody.then_some("true");
    let (page, last, nothing) = (items.page, items.last(), items.items.is_empty());
    let rows = items.items.into_iter().map(|item| view! { <Row item /> }).collect_view();
    let href = Box::new(move |page| asked.address(&asked.status, asked.everybody, page));
    view! {
        <nav class="scopes" aria-label=all::SCOPE>
            {states}
            <a href=queue aria-current=in_queue>{words::QUEUE}</a>
        </nav>
        <ul class="work">{rows}</ul>
        {nothing.then(|| view! { <p class="empty">{words::NO_WORK}</p> })}
        <Pager page last href />
    }
}

#[component]
fn Row(item: WorkItem) -> impl IntoView {
    let title = if item.title.trim().is_empty() { words::UNTITLED.to_owned() } else { item.title };
    let published = item.status == ArticleStatus::Published;
    let newer = match (published && item.unpublished, item.submitted) {
        (_, true) => Some(words::CHANGE_WAITS),
        (true, false) => Some(words::UNPUBLISHED),
        (false, false) => None,
    };
    let removed = item.status == ArticleStatus::Removed;
    let address = format!("/editor/{}", item.id.0);
    let name = if removed {
        view! { <span class="name">{title}</span> }.into_any()
    } else {
        view! { <a class="name" href=address.clone() rel="external">{title}</a> }.into_any()
    };
    view! {
        <li>
            {name}
            <span class="badge">{words::status(item.status)}</span>
            {newer.map(|word| view! { <span class="badge">{word}</span> })}
            {item.publish_at.map(|at| view! { <span>{words::GOES_OUT}" "{at.minute()}</span> })}
            <span>{item.author}</span>
            <time datetime=item.saved_at.rfc3339()>{item.saved_at.minute()}</time>
            {item.notice.map(|notice| view! { <span>{notice}</span> })}
            {published.then(|| view! { <a href=format!("/articles/{}", item.slug)>{words::READ_IT}</a> })}
            {removed
                .then(|| {
                    view! {
                        <form method="post" action=address>
                            <button type="submit" name="action" value="revive">{words::REVIVE}</button>
                        </form>
                    }
                })}
        </li>
    }
}
