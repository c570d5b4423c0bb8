//! One article that was found, with its passages.

use crate::author::AuthorLink;
use crate::category::CategoryTrail;
use crate::tag::TagLinks;
use crate::ui::{Erase, EraseEach};
use crate::words;
use leptos::prelude::*;
use types::{Hit, Piece, Snippet};

/// Title and passages with the matches marked; each passage leads to its section, where
/// `frontend/scripts/passage.ts` shows it.
#[component]
pub fn HitCard(
    /// The hit.
    hit: Hit,
) -> impl IntoView {
    let href = format!("/articles/{}", hit.slug);
    let title =
        if hit.title_pieces.is_empty() { vec![Piece { text: hit.title, hit: false }] } else { hit.title_pieces };
    view! {
        <article class="card hit">
            <div class="kick">
                <CategoryTrail category=hit.category />
                {words::kind(hit.kind).map(|badge| view! { <span class="badge">{badge}</span> })}
            </div>
            <h2><a href=href.clone()>{pieces(title)}</a></h2>
            {hit.snippets.into_iter().map(|snippet| passage(&href, snippet)).erase_each()}
            <div class="meta">
                <AuthorLink author=hit.author />
                <time datetime=hit.published_at.rfc3339()>{hit.published_at.date()}</time>
                <span class="num">{words::views(hit.views)}</span>
                <TagLinks tags=hit.tags />
            </div>
        </article>
    }
    .erase()
}

/// A passage, and the link to the section it stands in.
fn passage(article: &str, snippet: Snippet) -> impl IntoView + use<> {
    let section = snippet.anchor.zip(snippet.heading).map(|(anchor, heading)| {
        view! { <a class="section" href=format!("{article}#{anchor}")>{heading}</a> }
    });
    view! {
        <p data-passage="">
            {snippet.cut_left.then_some("…")} <span data-text="">{pieces(snippet.pieces)}</span>
            {snippet.cut_right.then_some("…")} {section}
        </p>
    }
}

/// Text with the matches marked.
fn pieces(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .map(|piece| if piece.hit { view! { <mark>{piece.text}</mark> }.erase() } else { piece.text.erase() })
        .erase_each()
}
