//! Kept versions: when, who, what changed since, and the way back.

use crate::editor::Compared;
use crate::editor::comparison::{Differences, differs};
use crate::words::editor as words;
use leptos::prelude::*;
use types::{ArticleId, Revision};

/// The list of versions below the form.
#[component]
pub fn Revisions(
    /// The article.
    id: ArticleId,
    /// Newest first.
    revisions: Vec<Revision>,
    /// A version beside the text now.
    compared: Option<Compared>,
    /// Whether both stand beside each other.
    side_by_side: bool,
    /// For the next save.
    key: String,
) -> impl IntoView {
    let address = format!("/editor/{}", id.0);
    let rows = revisions
        .into_iter()
        .map(|revision| {
            let (post, compare) = (address.clone(), format!("{address}?compare={}#revisions", revision.number));
            view! {
                <li>
                    <span class="num">{words::version(revision.number)}</span>
                    <time datetime=revision.saved_at.rfc3339()>{revision.saved_at.minute()}</time>
                    <span>{revision.saved_by}</span>
                    <span class="badge">{words::reason(revision.reason)}</span>
                    <a href=compare rel="external">{words::COMPARE}</a>
                    <form method="post" action=post>
                        <input type="hidden" name="key" value=format!("{key}-{}", revision.number) />
                        <input type="hidden" name="number" value=revision.number.to_string() />
                        <button type="submit" name="action" value="restore" aria-label=words::restore(revision.number)>
                            {words::RESTORE}
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="revisions" id="revisions">
            <h2>{words::REVISIONS}</h2>
            {compared
                .map(|compared| {
                    let below = format!("{address}?compare={}#revisions", compared.number);
                    let beside = format!("{address}?compare={}&view=side#revisions", compared.number);
                    let current = |here: bool| here.then_some("true");
                    view! {
                        <h3>{words::compared(compared.number)}</h3>
                        {differs(&compared.lines)
                            .then(|| {
                                view! {
                                    <nav class="scopes" aria-label=words::COMPARISON>
                                        <a href=below rel="external" aria-current=current(!side_by_side)>{words::BELOW}</a>
                                        <a href=beside rel="external" aria-current=current(side_by_side)>{words::BESIDE}</a>
                                    </nav>
                                }
                            })}
                        <Differences changes=compared.changes lines=compared.lines side_by_side />
                    }
                })}
            <ol>{rows}</ol>
        </section>
    }
}
