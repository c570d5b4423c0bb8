//! The menu of all groups and leaves: a row with panels on wide screens, a drawer on phones.
//!
//! It is one element for both, with the platform's `popover`: the button in the top bar opens it without any script. Its
//! hundred links stand on every page and change seldom, so the server makes their HTML once; the browser keeps what it
//! was sent, and only marks where the reader is.

use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::sync::Arc;

/// The id by which the button in the top bar opens the menu.
pub const MENU_ID: &str = "menu";

/// The groups with their leaves, as HTML; the server gives it as context, in the browser it stands in the document.
#[derive(Debug, Default)]
pub struct Groups(Vec<Group>);

/// One group.
#[derive(Debug)]
struct Group {
    /// The paths of the group and its leaves.
    paths: Vec<String>,
    /// Its link, from after `<li><a`, and the list of its leaves.
    html: String,
}

impl Groups {
    /// Makes the HTML of a tree of categories.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn new(tree: &[types::CategoryGroup]) -> Self {
        Self(tree.iter().map(Group::new).collect())
    }

    /// The HTML of the list, with a mark at the group in which a path lies.
    fn html(&self, path: &str) -> String {
        let mut html = String::with_capacity(self.0.iter().map(|group| group.html.len() + 32).sum());
        for group in &self.0 {
            html.push_str("<li><a");
            if group.paths.iter().any(|known| known == path) {
                html.push_str(" aria-current=\"true\"");
            }
            html.push_str(&group.html);
        }
        html
    }
}

#[cfg(feature = "ssr")]
impl Group {
    fn new(group: &types::CategoryGroup) -> Self {
        use crate::ui::escaped;
        use std::fmt::Write;

        let path = |slug: &types::Slug| format!("/category/{slug}");
        let mut html = format!(" href=\"{}\">{}</a><ul>", path(&group.slug), escaped(&group.name));
        for leaf in &group.leaves {
            // Writing to a `String` cannot fail.
            let _ = write!(html, "<li><a href=\"{}\">{}", path(&leaf.slug), escaped(&leaf.name));
            if leaf.count > 0 {
                let _ = write!(html, "<span class=\"num\">{}</span>", leaf.count);
            }
            html.push_str("</a></li>");
        }
        html.push_str("</ul></li>");
        let paths = std::iter::once(&group.slug).chain(group.leaves.iter().map(|leaf| &leaf.slug)).map(path).collect();
        Self { paths, html }
    }
}

/// Every group with its leaves.
#[component]
pub fn CategoryMenu() -> impl IntoView {
    let path = use_location().pathname;
    let groups = use_context::<Arc<Groups>>().unwrap_or_default();
    Effect::new(move || path.with(|path| mark(path)));
    view! {
        <nav id=MENU_ID class="groups" aria-label=words::CATEGORIES popover="auto">
            <button class="close" popovertarget=MENU_ID popovertargetaction="hide">
                {words::CLOSE}
            </button>
            <ul class="wrap" inner_html=path.with_untracked(|path| groups.html(path))></ul>
        </nav>
    }
}

/// Moves the mark to the group in which a path lies; in the browser only.
fn mark(path: &str) {
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    if let Some(marked) = find("#menu [aria-current]") {
        // An attribute of an element in the document can be set and removed at any time.
        let _ = marked.remove_attribute("aria-current");
    }
    let group =
        find(&format!("#menu a[href=\"{path}\"]")).and_then(|link| link.closest("#menu > ul > li").ok().flatten());
    if let Some(link) = group.and_then(|group| group.first_element_child()) {
        let _ = link.set_attribute("aria-current", "true");
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use types::{CategoryGroup, CategoryLeaf};

    #[test]
    fn names_are_escaped_and_the_group_of_the_path_is_marked() {
        let leaf = CategoryLeaf { name: "c<b>&".into(), slug: "c".parse().unwrap(), count: 2 };
        let tree = [
            CategoryGroup { name: "一".into(), slug: "one".parse().unwrap(), count: 0, leaves: Vec::new() },
            CategoryGroup { name: "二".into(), slug: "two".parse().unwrap(), count: 2, leaves: vec![leaf] },
        ];
        assert_eq!(
            Groups::new(&tree).html("/category/c"),
            "<li><a href=\"/category/one\">一</a><ul></ul></li>\
             <li><a aria-current=\"true\" href=\"/category/two\">二</a><ul>\
             <li><a href=\"/category/c\">c&lt;b>&amp;<span class=\"num\">2</span></a></li></ul></li>"
        );
    }
}
