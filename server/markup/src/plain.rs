//! The text without markup, for search and summaries: lossless for code, one block a line of thought.

use comrak::nodes::{AstNode, NodeValue};
use types::{Block, BlockKind};

/// Characters that a summary has at most.
const SUMMARY: usize = 110;

/// Plain text being gathered.
#[derive(Default)]
pub(crate) struct Plain {
    pub text: String,
    pub blocks: Vec<Block>,
    section: Option<u32>,
}

impl Plain {
    /// Adds a block; blocks are separated by a line feed.
    pub fn block(&mut self, kind: BlockKind, text: &str) {
        let text = text.trim_matches(['\n', ' ']);
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.blocks.push(Block { kind, start, end: self.text.len() as u32, section: self.section });
    }

    /// What follows belongs to this heading.
    pub fn section(&mut self, number: u32) {
        self.section = Some(number);
    }

    /// The first prose, whole sentences as far as they fit.
    pub fn summary(&self) -> String {
        let mut summary = String::new();
        let mut prose = self.blocks.iter().filter(|block| block.kind == BlockKind::Prose).peekable();
        let section = prose.peek().and_then(|first| first.section);
        for block in prose.take(3).take_while(|block| block.section == section) {
            for sentence in
                self.text[block.start as usize..block.end as usize].split_inclusive(['。', '！', '？', '\n'])
            {
                let length = summary.chars().count() + sentence.chars().count();
                if length > SUMMARY {
                    if summary.is_empty() {
                        summary.extend(sentence.chars().take(SUMMARY - 1));
                        summary.push('…');
                    }
                    return summary.trim().replace('\n', " ");
                }
                summary.push_str(sentence);
            }
            if summary.chars().count() >= SUMMARY / 2 {
                break;
            }
        }
        summary.trim().replace('\n', " ")
    }
}

/// The text inside a node, without markup.
pub(crate) fn inline_text<'a>(node: &'a AstNode<'a>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::Math(math) => text.push_str(&math.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// Han characters and words of other scripts, as readers count them.
pub(crate) fn words(text: &str) -> u32 {
    let (mut words, mut inside) = (0_u32, false);
    for character in text.chars() {
        let han = matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}');
        let part = !han && character.is_alphanumeric();
        words += u32::from(han || (part && !inside));
        inside = part;
    }
    words
}
