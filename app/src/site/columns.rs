//! The two columns of most pages: the content, and beside or below it what leads further.

use crate::archive::MonthList;
use crate::article::Recommended;
use crate::learning::LearningCardView;
use crate::site::use_frame;
use crate::tag::TagCloud;
use crate::ui::{Erase, wait};
use crate::words;
use leptos::prelude::*;
use types::Slug;

/// The content, and the side column with tags, a command, recommendations, months and a line.
#[component]
pub fn Columns(
    /// The category whose articles are recommended; the whole site's where there is none.
    #[prop(into)]
    category: Signal<Option<Slug>>,
    children: TypedChildren<impl IntoView + 'static>,
) -> impl IntoView {
    columns(category, children.into_inner()().erase())
}

fn columns(category: Signal<Option<Slug>>, content: AnyView) -> AnyView {
    let frame = use_frame();
    view! {
        <div class="wrap grid">
            <main id="main">{content}</main>
            <aside class="side">
                {wait(move || async move {
                        frame
                            .await
                            .ok()
                            .map(|frame| {
                                view! {
                                    <TagCloud tags=frame.tags />
                                    {frame.card.map(|card| view! { <LearningCardView card /> })}
                                }
                            })
                            .erase()
                    })}
                <Recommended category />
                {wait(move || async move {
                        frame
                            .await
                            .ok()
                            .map(|frame| {
                                view! {
                                    <section>
                                        <h2>{words::ARCHIVE} <a href="/archive">{words::MORE}</a></h2>
                                        <MonthList months=frame.months />
                                    </section>
                                    {frame
                                        .quotation
                                        .map(|line| {
                                            view! {
                                                <blockquote class="poem">
                                                    <p>{line.text}</p>
                                                    <cite>{line.source}</cite>
                                                </blockquote>
                                            }
                                        })}
                                }
                            })
                            .erase()
                    })}
            </aside>
        </div>
    }
    .erase()
}
