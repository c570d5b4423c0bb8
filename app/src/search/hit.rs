//! One article that was found, with its passages.

use crate::author::AuthorLink;
use crate::category::CategoryTrail;
use crate::tag::TagLinks;
use crate::ui::{Erase, escaped, push_escaped};
use crate::words;
use leptos::prelude::*;
use types::{Hit, Piece, Snippet};

/// Title and passages with the matches marked; each passage leads to its section, where
/// `frontend/scripts/passage.ts` shows it.
///
/// They are most of a page of results, so they are written as HTML at once, without a view for every stretch of text. While
/// a page from the server is being hydrated a hit has none of them in the browser; see [`WithoutText`].
///
/// [`WithoutText`]: crate::without_text::WithoutText
#[component]
pub fn HitCard(
    /// The hit.
    hit: Hit,
) -> impl IntoView {
    let href = format!("/articles/{}", hit.slug);
    let title = match hit.title_pieces.as_slice() {
        [] => escaped(&hit.title),
        pieces => {
            let mut html = String::new();
            push_marked(&mut html, pieces);
            html
        }
    };
    let passages = hit.snippets.iter().map(|snippet| passage(&href, snippet)).collect::<String>();
    view! {
        <article class="card hit">
            <div class="kick">
                <CategoryTrail category=hit.category />
                {words::kind(hit.kind).map(|badge| view! { <span class="badge">{badge}</span> })}
            </div>
            <h2><a href=href inner_html=title></a></h2>
            <div inner_html=passages></div>
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
fn passage(article: &str, snippet: &Snippet) -> String {
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let mut html = format!("<p data-passage>{}<span data-text>", cut(snippet.cut_left));
    push_marked(&mut html, &snippet.pieces);
    html.push_str("</span>");
    html.push_str(cut(snippet.cut_right));
    if let (Some(anchor), Some(heading)) = (&snippet.anchor, &snippet.heading) {
        for part in [" <a class=\"section\" href=\"", article, "#", &escaped(anchor), "\">", &escaped(heading), "</a>"]
        {
            html.push_str(part);
        }
    }
    html.push_str("</p>");
    html
}

/// Text with the matches marked.
fn push_marked(html: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        html.push_str(if piece.hit { "<mark>" } else { "" });
        push_escaped(html, &piece.text);
        html.push_str(if piece.hit { "</mark>" } else { "" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_escaped() {
        let piece = |text: &str, hit| Piece { text: text.to_owned(), hit };
        let snippet = Snippet {
            anchor: Some("a\"b".to_owned()),
            heading: Some("<i>&".to_owned()),
            pieces: vec![piece("x < ", false), piece("<script>", true)],
            cut_left: true,
            cut_right: false,
        };
        assert_eq!(
            passage("/articles/one", &snippet),
            "<p data-passage>…<span data-text>x &lt; <mark>&lt;script></mark></span> \
             <a class=\"section\" href=\"/articles/one#a&quot;b\">&lt;i>&amp;</a></p>"
        );
    }
}
