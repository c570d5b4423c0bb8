//! From Markdown to everything that an article needs of it.

use crate::decorate::decorate;
use crate::diagram::Diagram;
use crate::error::MarkupError;
use crate::highlight::escape;
use crate::limit::{self, MAX_BYTES};
use crate::plain::{Plain, words};
use crate::sanitize::sanitize;
use crate::tree::{Work, depth};
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use types::{Block, BlockKind, Heading, SafeHtml};

/// Output that any text may become, beside twenty times its length.
const OUTPUT_BYTES: usize = 1024 * 1024;
/// Characters and words a minute: between the 255 of Chinese and the 238 words of English that
/// Brysbaert (2019, doi:10.1016/j.jml.2019.104047) gives for silent reading, and what skimming a technical text takes.
const WORDS_A_MINUTE: u32 = 350;
/// Containers inside containers; comrak and the sanitiser call themselves for each.
const MAX_DEPTH: usize = 80;

/// What the renderer asks its surroundings.
pub trait Surroundings {
    /// Width and height of a picture in pixels, where known.
    fn image_size(&self, _url: &str) -> Option<(u32, u32)> {
        None
    }

    /// Whether diagrams are drawn; [`Surroundings::keep`] is asked for each.
    fn draws(&self) -> bool {
        false
    }

    /// Takes a diagram and says at which address it is shown. Without one, its source is.
    fn keep(&self, _diagram: Diagram) -> Option<String> {
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
    let limit = markdown.len() * 20 + OUTPUT_BYTES;
    let mut work = Work::new(surroundings, limit::too_many_tags(markdown), limit);
    work.walk(&arena, root);
    let mut html = String::with_capacity(markdown.len() * 2);
    if comrak::format_html(root, &options, &mut html).is_err() {
        return Ok(as_text(markdown));
    }
    let bytes = html.len() + work.formula_bytes;
    if bytes > limit {
        return Err(MarkupError::TooLarge { bytes, limit });
    }
    let html = decorate(&work.trusted.put_into(&sanitize(&html)), surroundings);
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
