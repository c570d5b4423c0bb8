//! What holds for every text: no panic, the same again, nothing but what the allow-list knows, and code as it was written.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

use ammonia::Builder;
use markup::{Rendered, Surroundings, render};
use proptest::prelude::*;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

struct Nowhere;
impl Surroundings for Nowhere {}

/// Pieces from which anything but plain prose is made.
const PIECES: [&str; 50] = [
    "中文",
    "强调",
    "，",
    "。",
    "“",
    "”",
    " ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "~~~\n",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "[",
    "](",
    ")",
    "![",
    "[^a]",
    "[^a]: ",
    "|",
    "\n|---|\n",
    "<div>",
    "</div>",
    "<b ",
    "onclick=x>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "\\",
    "$",
    "$$",
    "javascript:",
    "https://a.b/c",
    "- [x] ",
    "![损失 $L(x)$ $`a<b`$](",
    "a.png \"t\")",
];

fn markdown() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..60).prop_map(|pieces| pieces.concat()),
        "\\PC{0,200}",
        prop::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter),
    ]
}

/// The tags of a page, in order, with their attributes.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|part| part.split('>').next().unwrap_or_default()).collect()
}

/// Another sanitiser, which knows only what our pages may hold: the allow-list, and what the renderer adds itself.
fn permitted() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .add_tags([
            "figure",
            "figcaption",
            "input",
            "section",
            "div",
            "math",
            "mi",
            "mo",
            "mn",
            "mrow",
            "mtext",
            "msup",
            "msub",
        ])
        .add_tags(["mfrac", "msqrt", "mspace", "merror", "mstyle", "semantics", "annotation", "mtable", "mtr", "mtd"])
        .add_tags(["munder", "mover", "munderover", "msubsup", "mroot", "mpadded", "mphantom", "menclose"])
        .rm_clean_content_tags(Vec::<&str>::new())
        .generic_attributes(HashSet::from([
            "class",
            "id",
            "title",
            "href",
            "src",
            "alt",
            "width",
            "height",
            "rel",
            "role",
            "tabindex",
            "aria-label",
            "aria-hidden",
            "alttext",
            "align",
            "colspan",
            "rowspan",
            "start",
            "open",
            "type",
            "disabled",
            "checked",
            "loading",
            "decoding",
            "symmetric",
            "fence",
            "separator",
            "largeop",
            "data-language",
            "display",
            "stretchy",
            "mathvariant",
            "fence",
            "form",
            "accent",
            "lspace",
            "rspace",
            "separator",
            "encoding",
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None);
    builder
}

fn check(text: &str) -> Rendered {
    let rendered = render(text, &Nowhere).expect("short texts are never too long");
    let again = render(text, &Nowhere).unwrap();
    assert_eq!(rendered.html.as_str(), again.html.as_str(), "the same text is the same page");
    let html = rendered.html.as_str();
    let cleaned = permitted().clean(html).to_string();
    assert_eq!(tags(&cleaned), tags(html), "of {text:?}\n{html}\n{cleaned}");
    let mut at = 0;
    for block in &rendered.blocks {
        assert_eq!(block.start as usize, at, "blocks tile the text of {text:?}");
        assert!(rendered.plain.is_char_boundary(block.end as usize));
        at = block.end as usize + 1;
    }
    let mut anchors: Vec<_> = rendered.outline.iter().map(|heading| heading.anchor.as_str()).collect();
    anchors.sort_unstable();
    anchors.dedup();
    assert_eq!(anchors.len(), rendered.outline.len(), "anchors are all different in {text:?}");
    rendered
}

/// The text of the only block of code.
fn code_of(html: &str) -> String {
    let code = html.split_once("<code>").unwrap().1.split_once("</code>").unwrap().0;
    let text: String = code.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 64 } else { 2_000 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_safe_page(text in markdown()) {
        check(&text);
    }

    #[test]
    fn code_is_lossless(
        lines in prop::collection::vec("[ -~\t，。中文é🙂]{0,40}", 1..8),
        language in prop::sample::select(["", "rust", "python", "bash", "json", "html", "yaml", "nonsense"].as_slice()),
    ) {
        let source = lines.join("\n") + "\n";
        let fence = "`".repeat(source.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1);
        let rendered = check(&format!("{fence}{language}\n{source}{fence}\n"));
        prop_assert_eq!(code_of(rendered.html.as_str()), source);
    }
}

/// Nested, repeated and unfinished things by the hundred thousand.
fn pathological() -> Vec<(&'static str, String)> {
    let numbered =
        |count: usize, line: &dyn Fn(usize) -> String| (0..count).fold(String::new(), |text, n| text + &line(n));
    let mut footnotes = numbered(2_000, &|n| format!("[^{n}]"));
    let _ = write!(footnotes, "\n\n{}", numbered(2_000, &|n| format!("[^{n}]: 注 [^{}]\n\n", (n + 1) % 2_000)));
    vec![
        ("quotations in quotations", (0..2_000).map(|depth| format!("{}甲\n", "> ".repeat(depth % 24 + 1))).collect()),
        ("lists in lists", (0..600).map(|depth| format!("{}- 甲\n", "  ".repeat(depth))).collect()),
        ("100,000 brackets", "[".repeat(100_000)),
        ("100,000 closed brackets", "[]".repeat(50_000)),
        ("brackets apart", "[ ".repeat(50_000)),
        ("links without an end", "[甲](".repeat(20_000)),
        ("links in links", format!("{}甲{}", "[".repeat(190), "](/x)".repeat(190)).repeat(40)),
        ("pictures without an end", "![甲](".repeat(20_000)),
        ("emphasis without an end", "*甲 ".repeat(30_000)),
        ("emphasis of both kinds", "*甲 _乙 **丙 __丁 ".repeat(6_000)),
        ("strikethrough without an end", "~~甲 ".repeat(30_000)),
        ("backticks of every length", (1..400).map(|length| "`".repeat(length) + "甲 ").collect()),
        ("a wide table", format!("{0}\n{1}\n{0}\n", "|甲".repeat(5_000), "|-".repeat(5_000))),
        ("a long table", format!("|甲|乙|\n|-|-|\n{}", "|丙|丁|\n".repeat(10_000))),
        ("tables that are none", "|甲|\n".repeat(20_000)),
        ("a storm of <", "<".repeat(100_000)),
        ("a storm of < and letters", "<a ".repeat(30_000)),
        ("comments without an end", "<!-- 甲 ".repeat(10_000)),
        ("instructions without an end", "<? <![CDATA[ <!A ".repeat(10_000)),
        ("footnotes", footnotes),
        ("one footnote by the thousand", format!("{}\n\n[^a]: 注\n", "[^a]".repeat(5_000))),
        ("definitions", (0..10_000).map(|n| format!("[甲{n}]: /x{n}\n")).collect()),
        ("references to nothing", "[甲][乙] ".repeat(15_000)),
        ("entities", "&amp;&#x4e2d;&nosuch;".repeat(8_000)),
        ("backslashes", "\\".repeat(200_000)),
        ("headings", "# 甲\n".repeat(10_000)),
        ("formulas without an end", "$甲 $$乙 ".repeat(15_000)),
        ("nested fractions", format!("${}1{}$", "\\frac{".repeat(500), "}{2}".repeat(500))),
        ("addresses", "https://a.b/c(d".repeat(10_000)),
        ("mail addresses that are none", "a@a.".repeat(25_000)),
        ("blank lines and spaces", "  \n\t\n".repeat(50_000)),
        ("alerts", "> [!NOTE]\n> 甲\n\n".repeat(4_000)),
        ("pictures that are called many signs", format!("![{}](a.png) ", "< & > ".repeat(500)).repeat(100)),
        ("tasks", "- [x] 甲\n".repeat(8_000)),
        ("fences", "```rust\nfn a() {}\n```\n\n".repeat(200)),
    ]
}

#[test]
fn no_text_takes_long() {
    let limit = Duration::from_millis(200);
    let mut slow = Vec::new();
    for (name, text) in pathological() {
        let start = Instant::now();
        let _ = render(&text, &Nowhere);
        let took = start.elapsed();
        if took > limit {
            slow.push(format!("{name}: {took:?} for {} bytes", text.len()));
        }
    }
    // The promise is for a release build; unoptimised this only shows that every text comes to an end.
    assert!(cfg!(debug_assertions) || slow.is_empty(), "{}", slow.join("\n"));
}
