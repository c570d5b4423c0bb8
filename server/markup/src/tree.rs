//! The tree of a text: what its nodes become on our pages, and what is gathered on the way through it.

use crate::diagram::{self, Diagram, MAX_DIAGRAMS, is_diagram};
use crate::highlight::{escape, figure};
use crate::math::math;
use crate::outline::{Anchors, chosen_id};
use crate::plain::{Plain, inline_text};
use crate::render::Surroundings;
use crate::trusted::Trusted;
use comrak::Arena;
use comrak::nodes::{AlertType, AstNode, NodeCode, NodeHtmlBlock, NodeMath, NodeValue};
use types::{BlockKind, Heading};

/// Characters of one text that HTML writes as references and that the sanitiser is left to read; see [`Work::escaped`].
const MAX_SPECIALS: usize = 256;

/// What is gathered on the way through the tree.
pub(crate) struct Work<'s> {
    surroundings: &'s dyn Surroundings,
    /// Diagrams that may still be drawn.
    diagrams: usize,
    /// What is put in behind the sanitiser.
    pub trusted: Trusted,
    anchors: Anchors,
    /// The headings, in order.
    pub outline: Vec<Heading>,
    /// The text without markup.
    pub plain: Plain,
    /// Where links lead.
    pub links: Vec<String>,
    /// Where pictures come from.
    pub images: Vec<String>,
    /// How many levels headings go down.
    shift: u8,
    /// Raw tags are shown as text: there are too many for the sanitiser.
    tags_as_text: bool,
    /// What the formulas have become, and what the whole page may.
    pub formula_bytes: usize,
    limit: usize,
}

impl<'s> Work<'s> {
    /// Nothing gathered yet.
    pub fn new(surroundings: &'s dyn Surroundings, tags_as_text: bool, limit: usize) -> Self {
        Self {
            surroundings,
            diagrams: if surroundings.draws() { MAX_DIAGRAMS } else { 0 },
            trusted: Trusted::default(),
            anchors: Anchors::default(),
            outline: Vec::new(),
            plain: Plain::default(),
            links: Vec::new(),
            images: Vec::new(),
            shift: 0,
            tags_as_text,
            formula_bytes: 0,
            limit,
        }
    }

    /// A place for a formula. Beyond the limit none is made any more, for the text is refused.
    fn formula(&mut self, latex: &str, display: bool) -> String {
        if self.formula_bytes > self.limit {
            return String::new();
        }
        let html = math(latex, display);
        self.formula_bytes += html.len();
        self.trusted.place(html)
    }

    /// A block of code, or the diagram that it is the source of.
    fn code(&mut self, source: &str, info: &str) -> String {
        let code = figure(source, info);
        if self.diagrams == 0 || !is_diagram(info) {
            return code;
        }
        self.diagrams -= 1;
        let Some(diagram) = Diagram::draw(source) else { return code };
        let (width, height) = (diagram.width, diagram.height);
        match self.surroundings.keep(diagram) {
            Some(address) => diagram::figure(&address, width, height, &code),
            None => code,
        }
    }

    /// A place for a text. The sanitiser takes its time with every single `&lt;`.
    fn escaped(&mut self, text: &str) -> String {
        let mut html = String::with_capacity(text.len() * 2);
        escape(&mut html, text);
        self.trusted.place(html)
    }

    /// Changes every node of a tree to what our pages show, and gathers what it says.
    pub fn walk<'a>(&mut self, arena: &'a Arena<'a>, root: &'a AstNode<'a>) {
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
                paragraph.prepend(text_node(arena, self.trusted.place(task_box(done))));
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
                let place = if code.info.trim() == "math" {
                    self.formula(code.literal.trim(), true)
                } else {
                    let html = self.code(&code.literal, &code.info);
                    self.trusted.place(html)
                };
                let literal = format!("<p>{place}</p>\n");
                data.value = NodeValue::HtmlBlock(NodeHtmlBlock { block_type: 6, literal });
            }
            // A picture's words are the value of an attribute, which takes no tags.
            NodeValue::Math(NodeMath { literal, .. })
            | NodeValue::Code(NodeCode { literal, .. })
            | NodeValue::HtmlInline(literal)
                if names_picture(node) =>
            {
                data.value = NodeValue::Text(self.escaped(literal).into());
            }
            NodeValue::Math(formula) => {
                data.value = NodeValue::Text(self.formula(&formula.literal, formula.display_math).into());
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
                if !link.url.is_empty() {
                    self.links.push(link.url.clone());
                }
            }
            NodeValue::Image(image) if !image.url.is_empty() => self.images.push(image.url.clone()),
            _ => {}
        }
    }

    fn heading<'a>(&mut self, arena: &'a Arena<'a>, node: &'a AstNode<'a>, level: u8, text: &str) {
        let (text, chosen) = chosen_id(text);
        let anchor = self.anchors.anchor(text, chosen);
        if chosen.is_some()
            && let Some(last) = node.last_child()
            && let NodeValue::Text(end) = &mut last.data.borrow_mut().value
            && let Some(at) = end.rfind('{')
        {
            *end = end[..at].trim_end().to_owned().into();
        }
        let text = text.replace('\n', " ");
        self.plain.section(self.outline.len() as u32);
        self.plain.block(BlockKind::Heading, &text);
        // For the pointer only: what stands in a heading is part of its name for those who hear it, and keys reach the
        // same places through the contents.
        let mut link = String::from("<a class=\"anchor\" aria-hidden=\"true\" tabindex=\"-1\" href=\"#");
        escape(&mut link, &anchor);
        link.push_str("\"></a>");
        let mut id = String::from(" id=\"");
        escape(&mut id, &anchor);
        id.push_str("\">");
        // The first place stands behind `<h2>`: its HTML takes the place of the `>`.
        let (before, after) = (self.trusted.place(id), self.trusted.place(link));
        self.outline.push(Heading { level, anchor, text });
        node.prepend(text_node(arena, before));
        node.append(text_node(arena, after));
    }
}

/// How deep the tree is, without recursion.
pub(crate) fn depth<'a>(root: &'a AstNode<'a>) -> usize {
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

/// Whether a node belongs to the words that stand for a picture.
fn names_picture<'a>(node: &'a AstNode<'a>) -> bool {
    node.ancestors().skip(1).any(|above| matches!(above.data.borrow().value, NodeValue::Image(_)))
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
