//! The allow-list: what strangers may bring into a page.

use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const TAGS: [&str; 52] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
];
const MORE_TAGS: [&str; 6] = ["thead", "tfoot", "tr", "u", "ul", "var"];

static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    attributes.insert("a", HashSet::from(["href", "title", "id"]));
    attributes.insert("img", HashSet::from(["src", "alt", "title", "width", "height"]));
    attributes.insert("td", HashSet::from(["align", "colspan", "rowspan"]));
    attributes.insert("th", HashSet::from(["align", "colspan", "rowspan"]));
    attributes.insert("ol", HashSet::from(["start"]));
    attributes.insert("li", HashSet::from(["id"]));
    attributes.insert("details", HashSet::from(["open"]));
    attributes.insert("div", HashSet::from(["class"]));
    attributes.insert("section", HashSet::from(["class"]));
    attributes.insert("p", HashSet::from(["class"]));
    let mut builder = Builder::default();
    builder
        .tags(TAGS.into_iter().chain(MORE_TAGS).chain(["section"]).collect())
        .tag_attributes(attributes)
        .generic_attributes(HashSet::new())
        .clean_content_tags(HashSet::from([
            "script", "style", "noscript", "template", "math", "svg", "textarea", "title",
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(attribute);
    builder
});

/// Keeps the classes and ids that our renderer writes; those of strangers are dropped.
fn attribute<'u>(_element: &str, name: &str, value: &'u str) -> Option<Cow<'u, str>> {
    match name {
        "id" => (value.starts_with("fn-") || value.starts_with("fnref-")).then(|| value.into()),
        "class" => match value {
            "markdown-alert-title" => Some("note-title".into()),
            "footnotes" => Some("footnotes".into()),
            _ => {
                let kind = value.strip_prefix("markdown-alert markdown-alert-")?;
                matches!(kind, "note" | "tip" | "important" | "warning" | "caution")
                    .then(|| format!("note note-{kind}").into())
            }
        },
        "width" | "height" | "colspan" | "rowspan" | "start" => {
            value.bytes().all(|byte| byte.is_ascii_digit()).then(|| value.into()).filter(|_| value.len() <= 5)
        }
        _ => Some(value.into()),
    }
}

/// The HTML with nothing in it that is not allowed.
pub(crate) fn sanitize(html: &str) -> String {
    BUILDER.clean(html).to_string()
}
