//! The tags in most use, in decorative colours.

use crate::site::api::HotTag;
use crate::ui::EraseEach;
use crate::words;
use leptos::prelude::*;

/// Links to tags. The hue means nothing; lightness is fixed in the style sheet, so that contrast holds for every hue.
#[component]
pub fn TagCloud(
    /// The tags.
    tags: Vec<HotTag>,
) -> impl IntoView {
    view! {
        <section>
            <h2>{words::HOT_TAGS}</h2>
            <div class="cloud">
                {tags
                    .into_iter()
                    .map(|hot| {
                        view! {
                            <a href=format!("/tag/{}", hot.tag.key.path_segment()) class=format!("hue-{}", hot.hue)>
                                {hot.tag.name}
                            </a>
                        }
                    })
                    .erase_each()}
            </div>
        </section>
    }
}
