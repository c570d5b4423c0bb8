//! Articles by chance at the foot of every page.

use crate::words;
use leptos::prelude::*;

/// A link to one article by chance, which works everywhere. The page's script (`chance.ts`) fills the list once the reader
/// gets here; it costs the client no code, and whoever never gets here no request.
#[component]
pub fn RandomPicks() -> impl IntoView {
    view! {
        <section class="random wrap" aria-labelledby="random">
            <h2 id="random">{words::RANDOM}</h2>
            <button type="button" class="quiet" data-action="random">{words::ANOTHER_SET}</button>
            <ul></ul>
            <p><a href="/random" rel="external nofollow">{words::SURPRISE}</a></p>
        </section>
    }
}
