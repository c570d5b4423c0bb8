//! What stands in a document's head: title, description, addresses, and what others show of a shared link.
//!
//! Leptos 0.8.23 writes `<Title>` unescaped into the server's HTML, so that a title may close the element and run a
//! script. `clippy.toml` forbids the bare component; this wrapper escapes on the server and not in the browser,
//! where the text becomes a property. `server/tests/http` holds the test that will fail when Leptos escapes by itself.

use crate::site::site_names;
use crate::ui::base_url::absolute;
use crate::ui::{EraseEach, escaped};
use crate::words;
use leptos::prelude::*;
use leptos_meta::{Link, Meta};

/// The picture that stands for pages without one of their own.
const PICTURE: &str = "/icons/512.png";

/// One page of a list that has several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    pub page: u32,
    /// The last page's number.
    pub last: u32,
    /// The list is in another order or scope than the usual: search engines are led to the usual one.
    pub unusual: bool,
}

impl Part {
    /// The address of a page of the list.
    fn address(path: &str, page: u32) -> String {
        if page > 1 { format!("{path}?page={page}") } else { path.to_owned() }
    }
}

/// Sets the document's title, followed by the site's name, its description and its addresses.
#[component]
#[allow(clippy::disallowed_methods, reason = "the one place that may use the bare component")]
pub fn PageTitle(
    /// The page's own title; the site's name alone when empty.
    #[prop(into)]
    text: String,
    /// One or two sentences for search engines.
    #[prop(into, optional)]
    description: String,
    /// The address under which search engines should know this page.
    #[prop(into, optional)]
    canonical: Option<String>,
    /// The address below which the page's feeds stand.
    #[prop(optional_no_strip)]
    feeds: Option<String>,
    /// The page's own address, where search engines should know another.
    #[prop(into, optional)]
    address: Option<String>,
    /// Which page of a list it is.
    #[prop(optional)]
    part: Option<Part>,
    /// Address of a picture.
    #[prop(optional_no_strip)]
    picture: Option<String>,
    /// For an article: properties of its own, such as `article:author`.
    #[prop(optional)]
    article: Vec<(&'static str, String)>,
) -> impl IntoView {
    let site = site_names();
    let page = part.as_ref().filter(|part| !part.unusual).map_or(1, |part| part.page);
    let numbered = part.as_ref().filter(|part| part.page > 1).map(|part| words::page_of(part.page, part.last));
    let own = [text.as_str(), numbered.as_deref().unwrap_or_default()];
    let own = own.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let title = if own.is_empty() { site.name.clone() } else { format!("{own} · {}", site.name) };
    let (name, title) = (
        if own.is_empty() { site.name.clone() } else { own },
        if cfg!(feature = "ssr") { escaped(&title) } else { title },
    );
    let description = if description.is_empty() { site.description } else { description };
    let beside = |page: u32| canonical.as_ref().map(|path| absolute(&Part::address(path, page)));
    let previous = part.as_ref().filter(|part| page == part.page && page > 1 && page <= part.last);
    let previous = previous.and_then(|_| beside(page - 1));
    let next = part.as_ref().filter(|part| page == part.page && page < part.last).and_then(|_| beside(page + 1));
    let canonical = beside(page);
    let kind = if article.is_empty() { "website" } else { "article" };
    let mut shared = vec![
        ("og:title", name),
        ("og:description", description.clone()),
        ("og:site_name", site.name),
        ("og:type", kind.to_owned()),
        ("og:locale", "zh_CN".to_owned()),
        ("og:image", absolute(picture.as_deref().unwrap_or(PICTURE))),
    ];
    shared.extend(address.map(|path| absolute(&path)).or_else(|| canonical.clone()).map(|url| ("og:url", url)));
    shared.extend(article);
    let shared = shared.into_iter().map(|(name, text)| view! { <Meta property=name content=text /> }).erase_each();
    view! {
        <leptos_meta::Title text=title />
        <Meta name="description" content=description />
        {shared}
        {canonical.map(|href| view! { <Link rel="canonical" href=href /> })}
        {previous.map(|href| view! { <Link rel="prev" href=href /> })}
        {next.map(|href| view! { <Link rel="next" href=href /> })}
        {feeds
            .map(|page| {
                view! {
                    <Link rel="alternate" type_="application/atom+xml" href=format!("{page}/feed.xml") />
                    <Link rel="alternate" type_="application/rss+xml" href=format!("{page}/rss.xml") />
                    <Link rel="alternate" type_="application/feed+json" href=format!("{page}/feed.json") />
                }
            })}
    }
}
