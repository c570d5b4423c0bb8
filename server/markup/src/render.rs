//! From Markdown to everything that an article needs of it.

use crate::error::MarkupError;
use crate::highlight::{escape, highlight, language};
use crate::limit::{self, MAX_BYTES};
use crate::math::math;
use crate::outline::{Anchors, chosen_id};
use crate::plain::{Plain, inline_text, words};
use crate::sanitize::sanitize;
use crate::tag::{PICTURE, tag};
use comrak::nodes::{AlertType, AstNode, NodeHtmlBlock, NodeValue};
use comrak::{Arena, Options, parse_document};
use types::{Block, BlockKind, Heading, SafeHtml};

/// Output that any text may become, beside twenty times its length.
const OUTPUT_BYTES: usize = 1024 * 1024;
/// Characters and words a minute: between the 255 of Chinese and the 238 words of English that
/// Brysbaert (2019, doi:10.1016/j.jml.2019.104047) gives for silent reading, and what skimming a technical text takes.
const WORDS_A_MINUTE: u32 = 350;
/// Containers inside containers; comrak and the sanitiser call themselves for each.
const MAX_DEPTH: usize = 80;

/// Characters of one text that HTML writes as references and that the sanitiser is left to read; see [`Work::escaped`].
const MAX_SPECIALS: usize = 256;

/// What the renderer asks its surroundings.
pub trait Surroundings {
    /// Width and height of a picture in pixels, where known.
    fn image_size(&self, _url: &str) -> Option<(u32, u32)> {
        None
    }

    /// Whether an address belongs to this site.
    fn is_own(&self, url: &str) -> bool {
        !url.contains("://") && !url.starts_with("//")
    }
}

/// Everything that an article needs of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// What readers see.
    pub html: SafeHtml,
    /// The headings, in order.
    pub outline: Vec<Heading>,
    /// The text without markup.
    pub plain: String,
    /// The parts of `plain`.
    pub blocks: Vec<Block>,
    /// Where links lead.
    pub links: Vec<String>,
    /// Where pictures come from.
    pub images: Vec<String>,
    /// The first sentences.
    pub summary: String,
    /// Han characters and other words outside code.
    pub words: u32,
    /// Reading time, at least 1.
    pub minutes: u32,
}

/// Renders Markdown.
///
/// # Errors
/// When the text, or what would become of it, is too long.
pub fn render(markdown: &str, surroundings: &dyn Surroundings) -> Result<Rendered, MarkupError> {
    if markdown.len() > MAX_BYTES {
        return Err(MarkupError::TooLong { bytes: markdown.len(), limit: MAX_BYTES });
    }
    let flattened = limit::flattened(markdown);
    let options = options();
    let arena = Arena::new();
    let root = parse_document(&arena, &flattened.text, &options);
    if depth(root) > MAX_DEPTH {
        return Ok(as_text(markdown));
    }
    if flattened.is_changed() {
        for node in root.descendants() {
            if let NodeValue::CodeBlock(code) = &mut node.data.borrow_mut().value {
                code.literal = flattened.restored(&code.literal);
            }
        }
    }
    let mut work = Work::new(surroundings, limit::too_many_tags(markdown));
    work.walk(&arena, root);
    let mut html = String::with_capacity(markdown.len() * 2);
    let limit = markdown.len() * 20 + OUTPUT_BYTES;
    if comrak::format_html(root, &options, &mut html).is_err() {
        return Ok(as_text(markdown));
    }
    if html.len() > limit {
        return Err(MarkupError::TooLarge { bytes: html.len(), limit });
    }
    let html = work.finish(&sanitize(&html));
    let words = words_of(&work.plain);
    Ok(Rendered {
        html: SafeHtml::from_sanitizer(html),
        outline: work.outline,
        summary: work.plain.summary(),
        plain: work.plain.text,
        blocks: work.plain.blocks,
        links: work.links,
        images: work.images,
        words,
        minutes: words.div_ceil(WORDS_A_MINUTE).max(1),
    })
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.alerts = true;
    extension.math_dollars = true;
    extension.math_code = true;
    extension.cjk_friendly_emphasis = true;
    // What is not allowed goes in the sanitiser.
    options.render.r#unsafe = true;
    options
}

/// How deep the tree is, without recursion.
fn depth<'a>(root: &'a AstNode<'a>) -> usize {
    let (mut depth, mut deepest, mut at) = (0, 0, Some(root));
    while let Some(node) = at {
        deepest = deepest.max(depth);
        if let Some(child) = node.first_child() {
            depth += 1;
            at = Some(child);
            continue;
        }
        let mut next = node;
        at = loop {
            if let Some(sibling) = next.next_sibling() {
                break Some(sibling);
            }
            match next.parent() {
                Some(parent) => {
                    depth -= 1;
                    next = parent;
                }
                None => break None,
            }
        };
    }
    deepest
}

/// A text that nobody wrote for reading, as it is.
fn as_text(markdown: &str) -> Rendered {
    let mut html = String::from("<pre tabindex=\"0\"><code>");
    escape(&mut html, markdown);
    html.push_str("</code></pre>");
    let mut plain = Plain::default();
    plain.block(BlockKind::Code, markdown);
    Rendered {
        html: SafeHtml::from_sanitizer(html),
        outline: Vec::new(),
        plain: plain.text,
        blocks: plain.blocks,
        links: Vec::new(),
        images: Vec::new(),
        summary: String::new(),
        words: 0,
        minutes: 1,
    }
}

fn words_of(plain: &Plain) -> u32 {
    let prose = plain.blocks.iter().filter(|block| block.kind != BlockKind::Code);
    prose.map(|block| words(&plain.text[block.start as usize..block.end as usize])).sum()
}

/// What is gathered on the way through the tree.
struct Work<'s> {
    surroundings: &'s dyn Surroundings,
    /// Begins every place that trusted HTML goes to; nobody outside can know it.
    secret: String,
    trusted: Vec<String>,
    anchors: Anchors,
    outline: Vec<Heading>,
    plain: Plain,
    links: Vec<String>,
    images: Vec<String>,
    shift: u8,
    /// Raw tags are shown as text: there are too many for the sanitiser.
    tags_as_text: bool,
}

impl<'s> Work<'s> {
    fn new(surroundings: &'s dyn Surroundings, tags_as_text: bool) -> Self {
        Self {
            surroundings,
            secret: format!("liuguang{}x", uuid::Uuid::new_v4().simple()),
            trusted: Vec::new(),
            anchors: Anchors::default(),
            outline: Vec::new(),
            plain: Plain::default(),
            links: Vec::new(),
            images: Vec::new(),
            shift: 0,
            tags_as_text,
        }
    }

    /// A place for trusted HTML, as a word that the sanitiser lets through.
    fn place(&mut self, html: String) -> String {
        self.trusted.push(html);
        format!("{}{}y", self.secret, self.trusted.len() - 1)
    }

    /// A place for a text. The sanitiser takes its time with every single `&lt;`.
    fn escaped(&mut self, text: &str) -> String {
        let mut html = String::with_capacity(text.len() * 2);
        escape(&mut html, text);
        self.place(html)
    }

    fn walk<'a>(&mut self, arena: &'a Arena<'a>, root: &'a AstNode<'a>) {
        let nodes: Vec<_> = root.descendants().collect();
        // The highest heading becomes h2: h1 is the article's title.
        let top = nodes.iter().filter_map(|node| match &node.data.borrow().value {
            NodeValue::Heading(heading) => Some(heading.level),
            _ => None,
        });
        self.shift = 2_u8.saturating_sub(top.min().unwrap_or(2));
        let mut tasks = Vec::new();
        for node in nodes {
            self.text_of(node);
            if let NodeValue::TaskItem(item) = &node.data.borrow().value {
                tasks.push((node, item.symbol.is_some()));
            }
            self.change(arena, node);
        }
        // Last, so that no box gets into the plain text.
        for (node, done) in tasks {
            node.data.borrow_mut().value = NodeValue::Item(comrak::nodes::NodeList::default());
            if let Some(paragraph) = node.first_child() {
                paragraph.prepend(text_node(arena, self.place(task_box(done))));
            }
        }
    }

    /// Adds what a block says to the plain text.
    fn text_of<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data.borrow();
        match &data.value {
            NodeValue::Paragraph => {
                let text = inline_text(node);
                drop(data);
                self.plain.block(BlockKind::Prose, &text);
            }
            NodeValue::TableRow(_) => {
                let cells: Vec<String> = node.children().map(inline_text).collect();
                self.plain.block(BlockKind::Row, &cells.join("\t"));
            }
            NodeValue::CodeBlock(code) => {
                let kind = if code.info.trim() == "math" { BlockKind::Math } else { BlockKind::Code };
                self.plain.block(kind, &code.literal);
            }
            _ => {}
        }
    }

    /// Changes a node to what our pages show, with places for what is put in after the sanitiser.
    fn change<'a>(&mut self, arena: &'a Arena<'a>, node: &'a AstNode<'a>) {
        let heading_text = matches!(node.data.borrow().value, NodeValue::Heading(_)).then(|| inline_text(node));
        let mut data = node.data.borrow_mut();
        match &mut data.value {
            NodeValue::Heading(heading) => {
                heading.level = (heading.level + self.shift).min(6);
                let level = heading.level;
                drop(data);
                self.heading(arena, node, level, &heading_text.unwrap_or_default());
            }
            NodeValue::CodeBlock(code) => {
                let html = if code.info.trim() == "math" {
                    math(code.literal.trim(), true)
                } else {
                    figure(&code.literal, &code.info)
                };
                let literal = format!("<p>{}</p>\n", self.place(html));
                data.value = NodeValue::HtmlBlock(NodeHtmlBlock { block_type: 6, literal });
            }
            NodeValue::Math(formula) => {
                let html = math(&formula.literal, formula.display_math);
                data.value = NodeValue::Text(self.place(html).into());
            }
            NodeValue::Alert(alert) => {
                let label = match alert.alert_type {
                    AlertType::Note => "说明",
                    AlertType::Tip => "提示",
                    AlertType::Important => "重要",
                    AlertType::Warning => "警告",
                    AlertType::Caution => "当心",
                };
                alert.title.get_or_insert_with(|| label.to_owned());
            }
            NodeValue::HtmlBlock(block) if self.tags_as_text => {
                block.literal = format!("<p>{}</p>\n", self.escaped(&block.literal));
            }
            NodeValue::HtmlInline(html) if self.tags_as_text => data.value = NodeValue::Text(self.escaped(html).into()),
            NodeValue::Text(text) if specials(text) > MAX_SPECIALS => *text = self.escaped(text).into(),
            NodeValue::Code(code) if specials(&code.literal) > MAX_SPECIALS => {
                data.value = NodeValue::HtmlInline(format!("<code>{}</code>", self.escaped(&code.literal)));
            }
            NodeValue::Link(link) => {
                if let Some(rest) = bare_address_end(node, &link.url) {
                    let end = link.url.len() - rest.len();
                    link.url.truncate(end);
                    node.insert_after(text_node(arena, rest));
                    if let Some(child) = node.first_child() {
                        child.data.borrow_mut().value = NodeValue::Text(link.url.clone().into());
                    }
                }
                self.links.push(link.url.clone());
            }
            NodeValue::Image(image) => self.images.push(image.url.clone()),
            _ => {}
        }
    }

    fn heading<'a>(&mut self, arena: &'a Arena<'a>, node: &'a AstNode<'a>, level: u8, text: &str) {
        let (text, chosen) = chosen_id(text);
        let anchor = self.anchors.anchor(text, chosen);
        if chosen.is_some()
            && let Some(last) = node.last_child()
            && let NodeValue::Text(end) = &mut last.data.borrow_mut().value
            && let Some(at) = end.rfind("{#")
        {
            *end = end[..at].trim_end().to_owned().into();
        }
        let text = text.replace('\n', " ");
        self.plain.section(self.outline.len() as u32);
        self.plain.block(BlockKind::Heading, &text);
        let mut link = String::from("<a class=\"anchor\" aria-label=\"本节链接\" href=\"#");
        escape(&mut link, &anchor);
        link.push_str("\"></a>");
        let mut id = String::from(" id=\"");
        escape(&mut id, &anchor);
        id.push_str("\">");
        // The first place stands behind `<h2>`: its HTML takes the place of the `>`.
        let (before, after) = (self.place(id), self.place(link));
        self.outline.push(Heading { level, anchor, text });
        node.prepend(text_node(arena, before));
        node.append(text_node(arena, after));
    }

    /// The sanitised HTML with everything of ours in its place.
    fn finish(&self, html: &str) -> String {
        let mut page = String::with_capacity(html.len() * 3 / 2);
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(&self.secret) {
            let Some((number, behind)) = after.split_once('y') else { break };
            let trusted = number.parse::<usize>().ok().and_then(|number| self.trusted.get(number));
            let Some(trusted) = trusted else {
                rest = after;
                continue;
            };
            page.push_str(before);
            rest = behind;
            if trusted.starts_with(" id=") && page.ends_with('>') {
                page.pop();
            } else if trusted.starts_with("<figure") || trusted.starts_with("<math display=\"block\"") {
                // Blocks stood in a paragraph of their own.
                if page.ends_with("<p>") && rest.starts_with("</p>") {
                    page.truncate(page.len() - 3);
                    rest = &rest[4..];
                }
            }
            page.push_str(trusted);
        }
        page.push_str(rest);
        decorate(&page, self.surroundings)
    }
}

/// What stands behind a bare address and does not belong to it: Chinese text has no space before its punctuation, and
/// the rules for bare addresses know none but ASCII's.
fn bare_address_end<'a>(link: &'a AstNode<'a>, url: &str) -> Option<String> {
    let text = link.first_child().filter(|child| child.next_sibling().is_none())?;
    let shown = match &text.data.borrow().value {
        NodeValue::Text(shown) => shown == url,
        _ => false,
    };
    let at = url.find(|character| "，。；：！？、（）《》〈〉「」『』【】“”‘’…".contains(character))?;
    shown.then(|| url[at..].to_owned())
}

/// How many characters of a text HTML writes as references.
fn specials(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"')).count()
}

/// A new node that holds a text.
fn text_node<'a>(arena: &'a Arena<'a>, text: String) -> &'a AstNode<'a> {
    arena.alloc(NodeValue::Text(text.into()).into())
}

/// The box of an item of a task list.
fn task_box(done: bool) -> String {
    let (checked, name) = if done { (" checked=\"\"", "已完成") } else { ("", "未完成") };
    format!("<input type=\"checkbox\" disabled=\"\"{checked} aria-label=\"{name}\"> ")
}

/// A block of code with its language.
fn figure(code: &str, info: &str) -> String {
    let language = language(info);
    let mut html = String::from("<figure class=\"code\"");
    if let Some(language) = &language {
        html.push_str(" data-language=\"");
        escape(&mut html, language);
        html.push_str("\"><figcaption>");
        escape(&mut html, language);
        html.push_str("</figcaption>");
    } else {
        html.push('>');
    }
    html.push_str("<pre tabindex=\"0\"><code>");
    html.push_str(&highlight(code, language.as_deref()));
    html.push_str("</code></pre></figure>");
    html
}

/// What the sanitiser's output still lacks: scrolling tables, sizes of pictures, marks of external links.
fn decorate(html: &str, surroundings: &dyn Surroundings) -> String {
    let html = html
        .replace("<table>", "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"表格\"><table>")
        .replace("</table>", "</table></div>");
    let mut page = String::with_capacity(html.len() + html.len() / 8);
    let mut done = 0;
    // The sanitiser writes `"` as a reference within values, so these beginnings are tags and nothing else.
    for (at, _) in html.match_indices('<') {
        let rest = &html[at..];
        if let Some(address) = rest.strip_prefix("<a href=\"") {
            let url = address.split('"').next().unwrap_or_default();
            if !surroundings.is_own(url) && !url.starts_with("mailto:") {
                page.push_str(&html[done..at]);
                page.push_str("<a class=\"external\" rel=\"nofollow noopener external\"");
                done = at + "<a".len();
            }
        } else if let Some(address) = rest.strip_prefix("<img src=\"") {
            let url = address.split('"').next().unwrap_or_default();
            page.push_str(&html[done..at]);
            page.push_str(PICTURE);
            let tag = tag(rest);
            if let Some((width, height)) = surroundings.image_size(url).filter(|_| !tag.contains(" width=\"")) {
                page.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
            }
            if !tag.contains(" alt=\"") {
                page.push_str(" alt=\"\"");
            }
            done = at + "<img".len();
        }
    }
    page.push_str(&html[done..]);
    page
}
