//! The renderer from the outside: what Markdown becomes, and what no Markdown becomes.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

use markup::{MarkupError, Surroundings, Variant, render, rewrite_destinations, with_variants};

struct Nowhere;
impl Surroundings for Nowhere {}

fn html(markdown: &str) -> String {
    render(markdown, &Nowhere).unwrap().html.into_string()
}

#[test]
fn chinese_emphasis_ends_before_punctuation() {
    assert_eq!(html("**强调**，中文。**“引”**后"), "<p><strong>强调</strong>，中文。<strong>“引”</strong>后</p>\n");
}

#[test]
fn headings_begin_at_two_and_have_anchors() {
    let rendered = render("# 第一 `a`\n\n## 第二 {#two}\n\n# 第一 `a`\n\n## 第三 { #three }\n", &Nowhere).unwrap();
    let outline: Vec<_> = rendered.outline.iter().map(|h| (h.level, h.anchor.as_str(), h.text.as_str())).collect();
    assert_eq!(outline, [(2, "第一-a", "第一 a"), (3, "two", "第二"), (2, "第一-a-1", "第一 a"), (3, "three", "第三")]);
    let html = rendered.html.as_str();
    assert!(html.contains("<h3 id=\"three\">第三<a"), "blanks in the braces do no harm: {html}");
    assert!(
        html.contains(
            "<h3 id=\"two\">第二<a class=\"anchor\" aria-hidden=\"true\" tabindex=\"-1\" href=\"#two\"></a></h3>"
        ),
        "{html}"
    );
}

#[test]
fn code_keeps_every_character() {
    let source = "fn main() {\n    let x = \"<&>\"; // 注释\n}\n";
    let html = html(&format!("```rust\n{source}```\n"));
    assert!(html.starts_with(
        "<figure class=\"code\" data-language=\"rust\"><figcaption>rust</figcaption><pre tabindex=\"0\"><code>"
    ));
    assert!(html.contains("<span class=\"k\">fn</span>") || html.contains("class=\"k\""), "{html}");
    let code = html.split_once("<code>").unwrap().1.split_once("</code>").unwrap().0;
    let mut text = String::new();
    let mut inside = false;
    for character in code.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    assert_eq!(text, source);
}

#[test]
fn blocks_tile_the_plain_text() {
    let rendered =
        render("前言。\n\n# 甲\n\n- 一\n- 二\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1\n```\n", &Nowhere)
            .unwrap();
    assert_eq!(rendered.plain, "前言。\n甲\n一\n二\na\tb\n1\t2\nx = 1");
    let mut at = 0;
    for block in &rendered.blocks {
        assert_eq!(block.start as usize, at);
        at = block.end as usize + 1;
    }
    assert_eq!(at, rendered.plain.len() + 1);
    assert_eq!(rendered.summary, "前言。");
    assert_eq!(rendered.blocks[0].section, None);
    assert_eq!(rendered.blocks[2].section, Some(0));
}

#[test]
fn tables_links_alerts_and_formulas() {
    assert!(html("| a |\n|---|\n| b |\n").contains("<div class=\"table\" tabindex=\"0\" role=\"group\""));
    assert!(html("[x](https://example.org)").contains("rel=\"nofollow noopener external\""));
    assert!(!html("[x](/articles/y)").contains("rel="));
    assert!(html("> [!TIP]\n> 好\n").contains("<p class=\"note-title\">提示</p>"));
    assert!(html("$a^2$").contains("<math"));
    assert!(!html("$$\\color{red} x$$").contains("style="));
}

#[test]
fn task_lists_have_boxes_that_stay_out_of_the_text() {
    let rendered = render("- [x] `make` 完成\n- [ ] [链接](/x)\n  - [ ] 内\n\n1. [x] 段\n\n   二\n", &Nowhere).unwrap();
    let html = rendered.html.as_str();
    let done = "<input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"已完成\">";
    let open = "<input type=\"checkbox\" disabled=\"\" aria-label=\"未完成\">";
    assert!(html.contains(&format!("<li>{done} <code>make</code> 完成</li>")), "{html}");
    assert!(html.contains(&format!("<li>{open} <a href=\"/x\">链接</a>")), "{html}");
    assert!(html.contains(&format!("<p>{done} 段</p>")), "{html}");
    assert_eq!(html.matches("<input").count(), 4);
    assert_eq!(rendered.plain, "make 完成\n链接\n内\n段\n二");
}

#[test]
fn headings_of_pictures_and_links_keep_their_id_outside() {
    let html = html("# ![图](p.png)\n\n## [链接](/x) *斜*\n\n## `码`\n");
    assert!(
        html.contains(
            "<h2 id=\"图\"><img loading=\"lazy\" decoding=\"async\" src=\"p.png\" alt=\"图\"><a class=\"anchor\""
        ),
        "{html}"
    );
    assert!(html.contains("<h3 id=\"链接-斜\"><a href=\"/x\">链接</a> <em>斜</em><a class=\"anchor\""), "{html}");
    assert!(html.contains("<h3 id=\"码\"><code>码</code><a class=\"anchor\""), "{html}");
}

/// What may bring a script into a page.
const ATTACKS: [&str; 34] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=x></object>",
    "<embed src=x>",
    "<style>@import url(x)</style>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=x>",
    "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>x</details>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<a href=x onclick=alert(1)>x</a>",
    "```\"><script>alert(1)</script>\nx\n```",
    "# <img src=x onerror=alert(1)> {#\" onclick=alert(1)}",
    "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    "$</math><script>alert(1)</script>$",
    "![\" onerror=\"alert(1)](x \"\\\" onload=alert(1)\")",
];

#[test]
fn no_attack_survives() {
    for attack in ATTACKS {
        let html = html(attack);
        let mut rest = html.as_str();
        while let Some(at) = rest.find('<') {
            let tag = rest[at..].split('>').next().unwrap();
            let name = tag.trim_start_matches(['<', '/']).split([' ', '>']).next().unwrap();
            let bad = [
                "script", "svg", "iframe", "object", "embed", "style", "form", "input", "base", "meta", "link",
                "video", "button",
            ];
            assert!(!bad.contains(&name), "{attack} gave {html}");
            // Attribute values are quoted and escaped, so what stands outside quotes are names.
            let names: String = tag.split('"').step_by(2).collect::<Vec<_>>().join(" ");
            assert!(
                !names.split_whitespace().any(|name| name.starts_with("on") || name.starts_with("style")),
                "{attack} gave {html}"
            );
            let url = tag.split("href=\"").nth(1).or(tag.split("src=\"").nth(1)).unwrap_or_default().to_lowercase();
            assert!(
                !["javascript:", "data:", "vbscript:"].iter().any(|scheme| url.starts_with(scheme)),
                "{attack} gave {html}"
            );
            rest = &rest[at + 1..];
        }
    }
}

#[test]
fn more_tags_than_can_be_checked_are_shown_as_text() {
    let html = html(&format!("{}<b onclick=x>文</b>\n\n字<i>", "<div>".repeat(3_000)));
    assert!(html.starts_with("<p>&lt;div&gt;&lt;div&gt;"), "{}", &html[..80]);
    assert!(html.contains("&lt;b onclick=x&gt;文&lt;/b&gt;"));
    assert!(html.ends_with("<p>字&lt;i&gt;</p>\n"), "{}", &html[html.len() - 40..]);
}

#[test]
fn pathological_texts_come_to_an_end() {
    for text in [
        "> ".repeat(10_000),
        "- ".repeat(20_000),
        "[".repeat(100_000),
        "<div>".repeat(50_000),
        "*a _b ".repeat(10_000),
        "```\n".into(),
        "`".repeat(100_000),
        "<b id=x><p>".repeat(2_000),
        "![[".repeat(20_000),
        "$".repeat(50_000),
        ">".repeat(300_000),
        "> ".repeat(10_000) + "x",
        "````\n".repeat(20_000),
        "- - -\n".repeat(9_000),
    ] {
        let start = std::time::Instant::now();
        let _ = render(&text, &Nowhere);
        // The promise is 200 ms in a release build. Unoptimised, on a busy machine, only what never ends is found.
        let limit = std::time::Duration::from_millis(if cfg!(debug_assertions) { 60_000 } else { 200 });
        assert!(
            start.elapsed() < limit,
            "{:?} for {} bytes that begin with {:?}",
            start.elapsed(),
            text.len(),
            text.get(..8)
        );
    }
}

#[test]
fn destinations_are_replaced_in_the_source_only() {
    let source =
        "[a](one.md#x) `[b](one.md)` ![c](p.png \"t\")\n```\n[d](one.md)\n```\n[e]: one.md\n<img src=\"p.png\">\n";
    let rewritten = rewrite_destinations(source, &mut |destination| {
        Some(if destination.is_image() {
            "/media/p".into()
        } else {
            destination.url.replace("one.md", "/articles/one")
        })
    });
    assert_eq!(
        rewritten,
        "[a](/articles/one#x) `[b](one.md)` ![c](/media/p \"t\")\n```\n[d](one.md)\n```\n[e]: /articles/one\n<img src=\"/media/p\">\n"
    );
}

#[test]
fn a_destination_that_leads_nowhere_leaves_its_words() {
    let source = "[a](x.md \"t\") [b](<x y.md>) ![c](p.png)\n[e]: x.md\n<a href=\"x.md\">f</a>\n";
    let rewritten = rewrite_destinations(source, &mut |_| Some(String::new()));
    assert_eq!(rewritten, "[a](<> \"t\") [b](<>) ![c](<>)\n[e]: #\n<a href=\"\">f</a>\n");
    let rendered = render(&rewritten, &Nowhere).unwrap();
    let html = rendered.html.as_str();
    assert!(!html.contains("href") && !html.contains("<img") && rendered.links.is_empty(), "{html}");
}

/// Knows one picture.
struct OnePicture;
impl Surroundings for OnePicture {
    fn image_size(&self, url: &str) -> Option<(u32, u32)> {
        (url == "/media/ab.png").then_some((1200, 800))
    }
}

#[test]
fn pictures_name_the_widths_that_there_are() {
    let variants = |url: &str| match url {
        "/media/ab.png" => [(480, "/media/ab-480.jpg"), (1200, "/media/ab.png")]
            .map(|(width, address)| Variant { width, address: address.to_owned() })
            .to_vec(),
        _ => Vec::new(),
    };
    let shown = |markdown: &str| {
        let rendered = render(markdown, &OnePicture).unwrap();
        let plain = rendered.html.as_str().to_owned();
        (plain, with_variants(rendered.html, &variants).into_string())
    };
    let set = "srcset=\"/media/ab-480.jpg 480w, /media/ab.png 1200w\"";
    assert_eq!(
        shown("![a > b](/media/ab.png)").1,
        format!(
            "<p><img loading=\"lazy\" decoding=\"async\" {set} sizes=\"min(1200px, 42rem, calc(100vw - 2rem))\" \
             width=\"1200\" height=\"800\" src=\"/media/ab.png\" alt=\"a &gt; b\"></p>\n"
        )
    );
    let small = shown("<img src=\"/media/ab.png\" width=\"300\" alt=\"\">").1;
    assert!(small.contains(set) && small.contains("min(300px, 42rem") && !small.contains("1200px"), "{small}");
    for other in
        ["![](/media/cd.png)", "![](https://example.org/media/ab.png)", "`![](/media/ab.png)`", "[x](/media/ab.png)"]
    {
        let (plain, same) = shown(other);
        assert_eq!(plain, same);
    }
    // What an author writes never becomes a tag of ours.
    let forged = "<img src=\"/media/ab.png\" srcset=\"https://evil.example/ 1w\" alt='<img loading=\"lazy\" decoding=\"async\" src=\"/media/ab.png\">'>";
    let page = shown(forged).1;
    assert!(!page.contains("evil") && page.matches("srcset").count() == 1, "{page}");
}

#[test]
fn many_links_without_a_picture_take_no_time() {
    let markdown = "[x](/y) ".repeat(60_000);
    let start = std::time::Instant::now();
    render(&markdown, &Nowhere).unwrap();
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_formula_in_the_words_of_a_picture_stays_its_source() {
    assert_eq!(
        html("![损失 $L(x)$ $`a<b`$](a.png \"t\")"),
        "<p><img loading=\"lazy\" decoding=\"async\" src=\"a.png\" alt=\"损失 L(x) a&lt;b\" title=\"t\"></p>\n"
    );
    let signs = "<\"&".repeat(200);
    let page = html(&format!("![{signs} `{signs}`](a.png)"));
    assert_eq!(page.matches('<').count(), 3, "{page}");
}

#[test]
fn formulas_count_towards_the_size_of_a_page() {
    let text = "$()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()$ ";
    assert!(render(&text.repeat(10), &Nowhere).is_ok());
    assert!(matches!(render(&text.repeat(1_000), &Nowhere), Err(MarkupError::TooLarge { .. })));
}
