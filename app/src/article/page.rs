//! The page of one article.

use crate::article::Recommended;
use crate::article::api::GetArticle;
use crate::article::attachments::Attachments;
use crate::article::outline::Outline;
use crate::article::series::SeriesParts;
use crate::author::AuthorLink;
use crate::category::CategoryTrail;
use crate::offline::SaveOffline;
use crate::offline::save::Save;
use crate::resource::resource_as;
use crate::site::site_names;
use crate::tag::TagLinks;
use crate::ui::language::{language, language_of_text};
use crate::ui::{Erase, EraseEach, Failure, JsonLd, PageTitle, Prose, StructuredData, absolute, breadcrumbs, wait};
use crate::without_text::WithoutText;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde_json::json;
use types::{Article, ArticleKind, ArticleSummary, Neighbour, ProvenanceStep, Timestamp};

/// `/articles/{slug}`.
#[component]
pub fn ArticlePage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let article = resource_as::<WithoutText, _>(move || GetArticle { slug: slug.get() });
    view! {
        {wait(move || async move {
                match article.await {
                    Ok(article) => view! { <WholeArticle article /> }.erase(),
                    Err(error) => view! { <main id="main" class="wrap narrow"><Failure error /></main> }.erase(),
                }
            })}
    }
    .erase()
}

/// Contents at the left, the text in the middle, what to read next at the right.
#[component]
fn WholeArticle(article: Article) -> impl IntoView {
    let structured = StructuredData::new(|| json!([structured_data(&article), trail(&article.summary)]));
    let Article {
        summary,
        html,
        outline,
        updated_at,
        revision,
        applies_to,
        further_reading,
        provenance,
        series,
        previous,
        next,
        related,
        attachments,
        cover,
        ..
    } = article;
    let changed = updated_at.date() != summary.published_at.date();
    let category = summary.category.slug.clone();
    let of_title = language(&summary.title);
    let of_text = language_of_text(&summary.title, &summary.summary, html.as_str());
    let canonical = canonical(&summary, &provenance);
    let properties = properties(&summary, updated_at);
    let feedback = format!("/articles/{}/feedback?revision={revision}", summary.slug);
    let about_rights = [&feedback, "&kind=infringement"].concat();
    view! {
        <PageTitle
            text=summary.title.clone()
            description=summary.summary.clone()
            canonical=canonical
            address=format!("/articles/{}", summary.slug)
            picture=cover
            article=properties
            language=of_text
        />
        <div class="bar" aria-hidden="true"></div>
        <div class="wrap read">
            <Outline headings=outline />
            <main id="main">
                <article>
                    <div class="kick">
                        <CategoryTrail category=summary.category />
                        {words::kind(summary.kind).map(|badge| view! { <span class="badge">{badge}</span> })}
                    </div>
                    <h1 lang=of_title>{summary.title}</h1>
                    <div class="meta">
                        <AuthorLink author=summary.author />
                        <time datetime=summary.published_at.rfc3339() title=summary.published_at.rfc3339()>
                            {summary.published_at.minute()}
                        </time>
                        {changed
                            .then(|| {
                                view! {
                                    <span>
                                        {words::UPDATED}" "
                                        <time datetime=updated_at.rfc3339()>{updated_at.date()}</time>
                                    </span>
                                }
                            })}
                        <span>{words::minutes(summary.minutes)}</span>
                        <span class="num">{words::views(summary.views)}</span>
                        {applies_to.map(|versions| view! { <span>{words::APPLIES_TO}" "{versions}</span> })}
                    </div>
                    <SaveOffline what=Save::Article of=summary.slug.to_string() />
                    {series.map(|series| view! { <SeriesParts series current=summary.slug.clone() /> })}
                    <Prose html tongue=of_text />
                    <Attachments files=attachments />
                    {further_reading
                        .map(|note| {
                            view! { <aside class="note further"><b>{words::FURTHER_READING}</b><p>{note}</p></aside> }
                        })}
                    {(!provenance.is_empty()).then(|| view! { <Origin kind=summary.kind steps=provenance about_rights /> })}
                    <div class="meta tags"><TagLinks tags=summary.tags /></div>
                    <p class="feedback"><a href=feedback rel="external nofollow">{words::FEEDBACK}</a></p>
                </article>
                <JsonLd data=structured />
                <nav class="pn" aria-label=words::MORE>
                    {neighbour(words::PREVIOUS, "prev", previous)}
                    {neighbour(words::NEXT, "next", next)}
                </nav>
                <NeighbourList heading=words::RELATED articles=related />
            </main>
            <aside class="side">
                <Recommended category=Some(category) but=summary.slug />
            </aside>
        </div>
    }
}

/// Titles that lead to articles, under a heading; nothing when there are none.
#[component]
pub fn NeighbourList(
    /// The heading.
    heading: &'static str,
    /// The articles.
    articles: Vec<Neighbour>,
) -> impl IntoView {
    (!articles.is_empty()).then(|| {
        view! {
            <section class="neighbours">
                <h2>{heading}</h2>
                <ul>
                    {articles
                        .into_iter()
                        .map(|article| {
                            view! {
                                <li>
                                    <a href=format!("/articles/{}", article.slug)>{article.title}</a>
                                    <time datetime=article.published_at.rfc3339()>{article.published_at.date()}</time>
                                </li>
                            }
                        })
                        .erase_each()}
                </ul>
            </section>
        }
    })
}

/// Where a text comes from, station by station, and what follows from that.
#[component]
fn Origin(kind: ArticleKind, steps: Vec<ProvenanceStep>, about_rights: String) -> impl IntoView {
    let licensed = steps.iter().any(|step| step.licence.as_ref().is_some_and(|licence| !licence.is_empty()));
    view! {
        <section class="origin">
            <h2>{words::ORIGIN}</h2>
            <ol>
                {steps
                    .into_iter()
                    .map(|step| {
                        let fetched = step.fetched_at.map(|at| at.date());
                        let beside: Vec<String> = [step.author, step.licence, fetched].into_iter().flatten().collect();
                        view! {
                            <li>
                                <a href=step.url rel="nofollow noopener">{step.title}</a>
                                {beside.into_iter().map(|text| view! { <span>{text}</span> }).erase_each()}
                            </li>
                        }
                    })
                    .erase_each()}
            </ol>
            <p>
                {words::origin_notice(kind, licensed)}" "
                <a href=about_rights rel="external nofollow">{words::TELL_THE_SITE}</a>
            </p>
        </section>
    }
}

/// The way to the article before or after; an empty place keeps the other one at its side.
fn neighbour(word: &'static str, relation: &'static str, article: Option<Neighbour>) -> impl IntoView {
    match article {
        Some(article) => view! {
            <a rel=relation href=format!("/articles/{}", article.slug)><small>{word}</small>{article.title}</a>
        }
        .erase(),
        None => view! { <span></span> }.erase(),
    }
}

/// The address that search engines should know: a reprint's is that of its original.
fn canonical(summary: &ArticleSummary, provenance: &[ProvenanceStep]) -> String {
    match provenance.first() {
        Some(original) if summary.kind == ArticleKind::Reprint => original.url.clone(),
        _ => format!("/articles/{}", summary.slug),
    }
}

/// The article as <https://ogp.me/#type_article>.
fn properties(summary: &ArticleSummary, updated_at: Timestamp) -> Vec<(&'static str, String)> {
    let mut properties = vec![
        ("article:published_time", summary.published_at.rfc3339()),
        ("article:modified_time", updated_at.rfc3339()),
        ("article:author", absolute(&format!("/author/{}", summary.author.handle))),
        ("article:section", summary.category.name.clone()),
    ];
    properties.extend(summary.tags.iter().map(|tag| ("article:tag", tag.name.clone())));
    properties
}

/// Where the article stands.
fn trail(summary: &ArticleSummary) -> serde_json::Value {
    let category = &summary.category;
    let group = (category.group.clone(), format!("/category/{}", category.group_slug));
    let leaf = category.is_leaf().then(|| (category.name.clone(), format!("/category/{}", category.slug)));
    let article = (summary.title.clone(), format!("/articles/{}", summary.slug));
    breadcrumbs(std::iter::once(group).chain(leaf).chain([article]))
}

/// The article as <https://schema.org/TechArticle>, with `isBasedOn` for reprints and translations.
fn structured_data(article: &Article) -> serde_json::Value {
    let summary = &article.summary;
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": summary.title,
        "description": summary.summary,
        "inLanguage": language_of_text(&summary.title, &summary.summary, article.html.as_str()).unwrap_or("zh-Hans"),
        "datePublished": summary.published_at.rfc3339(),
        "dateModified": article.updated_at.rfc3339(),
        "url": absolute(&format!("/articles/{}", summary.slug)),
        "mainEntityOfPage": absolute(&format!("/articles/{}", summary.slug)),
        "image": absolute(article.cover.as_deref().unwrap_or("/icons/512.png")),
        "author": {
            "@type": "Person",
            "name": summary.author.name,
            "url": absolute(&format!("/author/{}", summary.author.handle)),
        },
        "publisher": { "@type": "Organization", "name": site_names().name, "url": absolute("/") },
        "articleSection": summary.category.name,
        "keywords": summary.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(),
    });
    if !article.provenance.is_empty() {
        data["isBasedOn"] = article.provenance.iter().map(|step| absolute(&step.url)).collect();
    }
    if !article.attachments.is_empty() {
        data["encoding"] = article
            .attachments
            .iter()
            .map(|file| {
                json!({
                    "@type": "MediaObject",
                    "name": file.name,
                    "contentUrl": absolute(&file.address()),
                    "contentSize": file.size.to_string(),
                    "encodingFormat": file.content_type,
                    "sha256": file.sha256,
                })
            })
            .collect();
    }
    data
}
