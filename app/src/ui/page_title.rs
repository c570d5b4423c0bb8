//! What the pages of readers say of themselves: title, description, addresses, and what others show of a shared link.

use crate::site::site_names;
use crate::ui::base_url::absolute;
use crate::ui::head::{Head, HeadElement};
use crate::words;
use leptos::prelude::*;

/// The picture that stands for pages without one of their own.
const PICTURE: &str = "/icons/512.png";

/// The forms of a feed, and what each is called below the address of a list.
const FEEDS: [(&str, &str); 3] =
    [("application/atom+xml", "feed.xml"), ("application/rss+xml", "rss.xml"), ("application/feed+json", "feed.json")];

/// One page of a list that has several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    pub page: u32,
    /// The last page's number.
    pub last: u32,
    /// The list is in another order or scope than the usual: search engines are led to the usual one.
    pub unusual: bool,
    /// There is no such page: it has no address that anybody should know.
    pub missing: bool,
}

impl Part {
    /// The address of a page of the list.
    fn address(path: &str, page: u32) -> String {
        if page > 1 { format!("{path}?page={page}") } else { path.to_owned() }
    }
}

/// Sets the document's title, followed by the site's name, its description and its addresses.
#[component]
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
    /// The language of an article's text, where it is not Chinese; see [`language`](mod@crate::ui::language).
    #[prop(optional_no_strip)]
    language: Option<&'static str>,
    /// Search engines are asked to leave the page out.
    #[prop(optional)]
    noindex: bool,
) -> impl IntoView {
    let site = site_names();
    let page = part.as_ref().filter(|part| !part.unusual).map_or(1, |part| part.page);
    let numbered = part.as_ref().filter(|part| part.page > 1).map(|part| words::page_of(part.page, part.last));
    let own = [text.as_str(), numbered.as_deref().unwrap_or_default()];
    let own = own.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let feed_title = format!("{text} · {}", site.name);
    let title = if own.is_empty() { site.name.clone() } else { format!("{own} · {}", site.name) };
    let name = if own.is_empty() { site.name.clone() } else { own };
    let description = if description.is_empty() { site.description } else { description };
    let beside = |page: u32| canonical.as_ref().map(|path| absolute(&Part::address(path, page)));
    let usual = part.as_ref().filter(|part| !part.unusual && !part.missing);
    let previous = usual.filter(|_| page > 1).and_then(|_| beside(page - 1));
    let next = usual.filter(|part| page < part.last).and_then(|_| beside(page + 1));
    let canonical = if part.is_some_and(|part| part.missing) { None } else { beside(page) };
    let kind = if article.is_empty() { "website" } else { "article" };
    let mut elements = vec![
        HeadElement::Named("description", description.clone()),
        HeadElement::Property("og:title", name),
        HeadElement::Property("og:description", description),
        HeadElement::Property("og:site_name", site.name),
        HeadElement::Property("og:type", kind.to_owned()),
        HeadElement::Property("og:locale", if language.is_some() { "en_US" } else { "zh_CN" }.to_owned()),
        HeadElement::Property("og:image", absolute(picture.as_deref().unwrap_or(PICTURE))),
    ];
    let url = address.map(|path| absolute(&path)).or_else(|| canonical.clone());
    elements.extend(url.map(|url| HeadElement::Property("og:url", url)));
    elements.extend(article.into_iter().map(|(name, text)| HeadElement::Property(name, text)));
    for (rel, href) in [("canonical", canonical), ("prev", previous), ("next", next)] {
        elements.extend(href.map(|href| HeadElement::Link(rel, href)));
    }
    if noindex {
        elements.push(HeadElement::Named("robots", "noindex".to_owned()));
    }
    if let Some(page) = feeds {
        for (kind, file) in FEEDS {
            elements.push(HeadElement::Feed { kind, title: feed_title.clone(), href: format!("{page}/{file}") });
        }
    }
    Head { title, elements }
}
