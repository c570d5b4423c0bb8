//! An article as one entry of a list.

use crate::author::AuthorLink;
use crate::category::CategoryTrail;
use crate::tag::TagLinks;
use crate::ui::language::language;
use crate::words::{self, download};
use leptos::prelude::*;
use types::ArticleSummary;

/// Category, title, summary, author, date, views and tags.
#[component]
pub fn ArticleCard(
    /// The article.
    article: ArticleSummary,
) -> impl IntoView {
    let ArticleSummary { slug, title, summary, kind, category, tags, author, published_at, views, offer, .. } = article;
    let (of_title, of_summary) = (language(&title), language(&summary));
    view! {
        <article class="card">
            <div class="kick">
                <CategoryTrail category=category />
                {words::kind(kind).map(|badge| view! { <span class="badge">{badge}</span> })}
            </div>
            <h2 lang=of_title><a href=format!("/articles/{slug}")>{title}</a></h2>
            <p lang=of_summary>{summary}</p>
            <div class="meta">
                <AuthorLink author=author />
                <time datetime=published_at.rfc3339()>{published_at.date()}</time>
                <span class="num">{words::views(views)}</span>
                {offer
                    .map(|offer| {
                        view! {
                            <span class="num">{download::files(offer.files)}" · "{download::size(offer.size)}</span>
                            <span class="num">{download::times(offer.downloads)}</span>
                        }
                    })}
                <TagLinks tags=tags />
            </div>
        </article>
    }
}
