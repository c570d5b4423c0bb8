//! The dialect, construct by construct, with Chinese text: what an author may rely on.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

use markup::{Surroundings, render};

struct Nowhere;
impl Surroundings for Nowhere {
    fn is_own(&self, url: &str) -> bool {
        url.starts_with(['/', '#'])
    }
}

/// Name, Markdown and the HTML of it.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("paragraphs", "第一段\n接着写\n\n第二段", "<p>第一段\n接着写</p>\n<p>第二段</p>\n"),
    ("hard break by spaces", "上行  \n下行", "<p>上行<br>\n下行</p>\n"),
    ("hard break by backslash", "上行\\\n下行", "<p>上行<br>\n下行</p>\n"),
    ("emphasis inside a word of Chinese", "这是*强调*的词", "<p>这是<em>强调</em>的词</p>\n"),
    ("strong before full-width punctuation", "**结论：**先备份。", "<p><strong>结论：</strong>先备份。</p>\n"),
    ("strong around quotation marks", "用**“主键”**查询", "<p>用<strong>“主键”</strong>查询</p>\n"),
    ("strong and emphasis together", "***都要***", "<p><em><strong>都要</strong></em></p>\n"),
    ("underscores inside a name", "变量 max_open_files 不变", "<p>变量 max_open_files 不变</p>\n"),
    ("strikethrough", "~~旧值~~新值", "<p><del>旧值</del>新值</p>\n"),
    ("inline code", "执行 `a < b && c` 看看", "<p>执行 <code>a &lt; b &amp;&amp; c</code> 看看</p>\n"),
    ("inline code with a backtick", "`` 用 ` 包住 ``", "<p><code>用 ` 包住</code></p>\n"),
    ("backslash escapes", "\\*不强调\\* \\[不是链接\\]", "<p>*不强调* [不是链接]</p>\n"),
    ("entities", "&copy; &amp; &#20013;", "<p>© &amp; 中</p>\n"),
    (
        "setext heading",
        "标题\n===\n",
        "<h2 id=\"标题\">标题<a class=\"anchor\" aria-hidden=\"true\" tabindex=\"-1\" href=\"#标题\"></a></h2>\n",
    ),
    ("thematic break", "上\n\n---\n\n下", "<p>上</p>\n<hr>\n<p>下</p>\n"),
    (
        "bullets and nesting",
        "- 一\n- 二\n  - 内\n",
        "<ul>\n<li>一</li>\n<li>二\n<ul>\n<li>内</li>\n</ul>\n</li>\n</ul>\n",
    ),
    ("numbers from another start", "3. 三\n4. 四\n", "<ol start=\"3\">\n<li>三</li>\n<li>四</li>\n</ol>\n"),
    ("loose list", "- 一\n\n- 二\n", "<ul>\n<li>\n<p>一</p>\n</li>\n<li>\n<p>二</p>\n</li>\n</ul>\n"),
    (
        "code inside a list item",
        "1. 步骤\n\n   ```\n   a  b\n   ```\n",
        "<ol>\n<li>\n<p>步骤</p>\n<figure class=\"code\"><pre tabindex=\"0\"><code>a  b\n</code></pre></figure>\n</li>\n</ol>\n",
    ),
    ("quotation with lazy line", "> 引文\n接着\n", "<blockquote>\n<p>引文\n接着</p>\n</blockquote>\n"),
    (
        "quotation in quotation",
        "> 外\n>\n> > 内\n",
        "<blockquote>\n<p>外</p>\n<blockquote>\n<p>内</p>\n</blockquote>\n</blockquote>\n",
    ),
    (
        "fence by tildes",
        "~~~\n*原样*\n~~~\n",
        "<figure class=\"code\"><pre tabindex=\"0\"><code>*原样*\n</code></pre></figure>\n",
    ),
    (
        "indented code",
        "    第一行\n      第二行\n",
        "<figure class=\"code\"><pre tabindex=\"0\"><code>第一行\n  第二行\n</code></pre></figure>\n",
    ),
    (
        "own link with title",
        "见[另一篇](/articles/x \"标题\")。",
        "<p>见<a href=\"/articles/x\" title=\"标题\">另一篇</a>。</p>\n",
    ),
    (
        "foreign link",
        "[官网](https://example.org/路径)",
        "<p><a class=\"external\" rel=\"nofollow noopener external\" href=\"https://example.org/%E8%B7%AF%E5%BE%84\">官网</a></p>\n",
    ),
    ("reference link", "[文档][参考]\n\n[参考]: /docs\n", "<p><a href=\"/docs\">文档</a></p>\n"),
    ("link that leads nowhere", "见[文档](<> \"标题\")。", "<p>见<a title=\"标题\">文档</a>。</p>\n"),
    ("picture that is nowhere", "![a <b> \"c\"](<>)", "<p>a &lt;b&gt; &quot;c&quot;</p>\n"),
    (
        "link with parentheses",
        "[维基](/wiki/树_(图论))",
        "<p><a href=\"/wiki/%E6%A0%91_(%E5%9B%BE%E8%AE%BA)\">维基</a></p>\n",
    ),
    (
        "autolink in angle brackets",
        "<https://example.org/>",
        "<p><a class=\"external\" rel=\"nofollow noopener external\" href=\"https://example.org/\">https://example.org/</a></p>\n",
    ),
    (
        "bare address before Chinese punctuation",
        "见 https://example.org/a，再看。",
        "<p>见 <a class=\"external\" rel=\"nofollow noopener external\" href=\"https://example.org/a\">https://example.org/a</a>，再看。</p>\n",
    ),
    (
        "mail address",
        "写信到 a@example.org 即可",
        "<p>写信到 <a href=\"mailto:a@example.org\">a@example.org</a> 即可</p>\n",
    ),
    (
        "picture",
        "![架构图](/media/a.png)",
        "<p><img loading=\"lazy\" decoding=\"async\" src=\"/media/a.png\" alt=\"架构图\"></p>\n",
    ),
    (
        "table with alignment",
        "| 名 | 数 |\n|:-:|--:|\n| 甲 | 1 |\n",
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"表格\"><table>\n<thead>\n<tr>\n<th align=\"center\">名</th>\n<th align=\"right\">数</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"center\">甲</td>\n<td align=\"right\">1</td>\n</tr>\n</tbody>\n</table></div>\n",
    ),
    (
        "table cell with a pipe and code",
        "| 命令 |\n|---|\n| `a \\| b` |\n",
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"表格\"><table>\n<thead>\n<tr>\n<th>命令</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><code>a | b</code></td>\n</tr>\n</tbody>\n</table></div>\n",
    ),
    ("raw inline HTML that is allowed", "按 <kbd>Ctrl</kbd> 键", "<p>按 <kbd>Ctrl</kbd> 键</p>\n"),
    ("raw HTML that is not", "<marquee>字</marquee>", "<p>字</p>\n"),
    (
        "folded block",
        "<details><summary>展开</summary>\n\n*内容*\n\n</details>\n",
        "<details><summary>展开</summary>\n<p><em>内容</em></p>\n</details>\n",
    ),
    ("comment", "前<!-- 不见 -->后", "<p>前后</p>\n"),
    ("inline formula", "设 $x$ 为数", "<p>设 <math display=\"inline\" alttext=\"x\"><mi>x</mi></math> 为数</p>\n"),
    ("a price is no formula", "卖 $5，买 $6", "<p>卖 $5，买 $6</p>\n"),
];

#[test]
fn every_construct_means_what_authors_expect() {
    let mut wrong = Vec::new();
    for (name, markdown, expected) in EXAMPLES {
        let html = render(markdown, &Nowhere).unwrap().html.into_string();
        if html != *expected {
            wrong.push(format!("{name}\n  markdown {markdown:?}\n  expected {expected:?}\n  got      {html:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} examples are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn footnotes_stand_at_the_end_and_lead_back() {
    let html = render("正文[^注]，再引[^注]。\n\n[^注]: 说明在此\n", &Nowhere).unwrap().html.into_string();
    assert_eq!(html.matches("class=\"footnotes\"").count(), 1, "{html}");
    for part in html.split("href=\"#").skip(1) {
        let target = part.split('"').next().unwrap();
        assert!(html.contains(&format!("id=\"{target}\"")), "#{target} leads nowhere in {html}");
    }
    assert!(html.find("说明在此") > html.find("再引"), "{html}");
}

#[test]
fn code_with_more_marks_than_text_may_have_is_kept() {
    let banner = format!("/{}/\n{}\n", "*".repeat(300), "> ".repeat(40));
    let rendered =
        render(&format!("```c\n{banner}```\n\n- 项\n\n  ```\n  {}\n  ```\n", "[".repeat(250)), &Nowhere).unwrap();
    assert!(rendered.plain.starts_with(banner.trim_end()), "{}", rendered.plain);
    assert!(rendered.html.as_str().contains(&"*".repeat(300)) && rendered.html.as_str().contains(&"[".repeat(250)));
}
