//! Old addresses: added and taken away by hand.

use super::nonsense;
use crate::http::form::{Asked, Done, again, wrong, wrong_as};
use crate::http::moved::canonical;
use crate::services::internal;
use crate::site::Site;
use app::error::AppError;
use app::words::admin as words;
use store::{RedirectChange, StoreError};

/// The longest path.
const MOST: usize = 500;

/// Carries a post out.
pub(super) async fn change(asked: &Asked<'_>) -> Result<Done, AppError> {
    let site = &asked.state.site;
    match asked.field("action") {
        "add" => {
            let Some(old) = path(asked.field("old")) else { return Ok(wrong("old", words::BAD_PATH)) };
            let Some(new) = path(asked.field("new")) else { return Ok(wrong("new", words::BAD_PATH)) };
            let stands = |path| stands(site, path);
            if stands(old.clone()).await.map_err(|error| internal("looking for a page", &error))? {
                return Ok(wrong_as(409, "old", words::PATH_TAKEN));
            }
            let known = site.store.redirect_for(&new).await.map_err(|error| internal("reading a redirect", &error))?;
            if known.is_none() && !stands(new.clone()).await.map_err(|error| internal("looking for a page", &error))? {
                return Ok(wrong("new", if old == new { words::PATH_LOOP } else { words::PATH_MISSING }));
            }
            let object = format!("{old} → {new}");
            let added = site.store.add_redirect(&old, &new, &asked.event("redirect added", &object)).await;
            Ok(match added.map_err(|error| internal("writing a redirect", &error))? {
                RedirectChange::Done => {
                    site.pages.forget();
                    asked.back("added")
                }
                RedirectChange::Loop | RedirectChange::Missing => wrong_as(409, "new", words::PATH_LOOP),
            })
        }
        "remove" => {
            let old = asked.field("id");
            let removed = site.store.remove_redirect(old, &asked.event("redirect removed", old)).await;
            Ok(match removed.map_err(|error| internal("removing a redirect", &error))? {
                RedirectChange::Done => asked.back("removed"),
                RedirectChange::Missing | RedirectChange::Loop => again(404, words::NO_REDIRECT),
            })
        }
        _ => Ok(nonsense()),
    }
}

/// A path of this site as requests are looked up by, or nothing.
fn path(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.starts_with('/')
        && !text.starts_with("//")
        && text.len() <= MOST
        && !text
            .chars()
            .any(|character| character.is_control() || character.is_whitespace() || "?#\\".contains(character));
    // The slash at the end is taken off before redirects are looked for.
    let path = if text.len() > 1 { text.trim_end_matches('/') } else { text };
    plain.then(|| canonical(path)).filter(|path| path.starts_with('/'))
}

/// Whether a page stands at a path: those of the program, and those of what is stored.
async fn stands(site: &Site, path: String) -> Result<bool, StoreError> {
    let mut parts = path[1..].split('/');
    let (first, second, more) = (parts.next().unwrap_or_default(), parts.next(), parts.next().is_some());
    let store = &site.store;
    Ok(match (first, second, more) {
        ("articles", Some(slug), false) => match slug.parse() {
            Ok(slug) => store.article_by_slug(&slug).await?.is_some(),
            Err(_) => false,
        },
        ("category", Some(slug), false) => {
            let tree = store.category_tree().await?;
            let mut every = tree.iter().flat_map(|group| std::iter::once(group).chain(&group.leaves));
            every.any(|node| node.slug.as_str() == slug)
        }
        ("author", Some(handle), false) => match handle.parse() {
            Ok(handle) => store.author(&handle).await?.is_some(),
            Err(_) => false,
        },
        ("tag", Some(key), false) => match types::percent::decode(key).parse() {
            Ok(key) => store.tag(&key).await?.is_some(),
            Err(_) => false,
        },
        ("archive", Some(month), false) => month.parse::<types::Month>().is_ok(),
        (
            "" | "search" | "downloads" | "archive" | "offline" | "account" | "random" | "healthz" | "readyz"
            | "metrics",
            None,
            _,
        )
        | ("feed.xml" | "rss.xml" | "feed.json" | "sitemap.xml" | "robots.txt" | "opensearch.xml", None, _)
        | ("manifest.webmanifest" | "sw.js" | "favicon.svg" | "favicon.ico", None, _)
        | ("editor" | "admin" | "preview" | "api" | "pkg" | "media" | "sitemap" | "icons", ..) => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn only_paths_of_this_site_are_taken() {
        for (text, taken) in [(" /a/b ", "/a/b"), ("/旧", "/%E6%97%A7"), ("/a%2fb/", "/a%2Fb"), ("/", "/")] {
            assert_eq!(path(text).as_deref(), Some(taken), "{text}");
        }
        for text in ["", "a", "//evil.example", "https://evil.example/", "/\\evil", "/a b", "/a?b", "/a#b", "/a\nb"] {
            assert_eq!(path(text), None, "{text:?}");
        }
    }
}
