//! The table of contents of an article.

use crate::ui::EraseEach;
use crate::words;
use leptos::prelude::*;
use types::Heading;

/// Links to the headings of the two upper levels; nothing for fewer than two of them. Beside the text it is always open, above
/// it (on phones) the reader opens it. The page's script marks the section being read.
#[component]
pub fn Outline(
    /// The article's headings.
    headings: Vec<Heading>,
) -> impl IntoView {
    let headings: Vec<_> = headings.into_iter().filter(|heading| heading.level <= 3).collect();
    let worth = headings.len() >= 2;
    view! {
        <nav class="toc" aria-label=words::CONTENTS>
            {worth
                .then(|| {
                    view! {
                        <details>
                            <summary>{words::CONTENTS}</summary>
                            <ol>
                                {headings
                                    .into_iter()
                                    .map(|heading| {
                                        view! {
                                            <li class=format!("level-{}", heading.level)>
                                                <a href=format!("#{}", heading.anchor)>{heading.text}</a>
                                            </li>
                                        }
                                    })
                                    .erase_each()}
                            </ol>
                        </details>
                    }
                })}
        </nav>
    }
}
