//! An article's rendered HTML as plain text with blocks, as the server's renderer gave it before.
//!
//! The HTML is our own, out of the sanitiser: well-formed and with few character references. Anything else ends up as
//! text and harms nothing, because results are shown as text.

use types::{Block, BlockKind, Heading};

/// Plain text and its parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// The text; blocks are separated by a line feed.
    pub plain: String,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// Takes HTML apart. Sections are counted by the outline's anchors.
#[must_use]
pub fn text(html: &str, outline: &[Heading]) -> Text {
    let mut reader =
        Reader { text: Text::default(), pending: String::new(), kind: BlockKind::Prose, code: 0, section: None };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        reader.characters(&rest[..at]);
        let Some(length) = rest[at..].find('>') else {
            rest = "";
            break;
        };
        let tag = &rest[at + 1..at + length];
        rest = &rest[at + length + 1..];
        if let Some(skipped) = unread(tag) {
            rest = rest.split_once(skipped).map_or("", |(_, after)| after);
            continue;
        }
        reader.tag(tag, outline);
    }
    reader.characters(rest);
    reader.flush();
    reader.text
}

/// Elements whose text is not the article's: the end tag up to which nothing is read.
fn unread(tag: &str) -> Option<&'static str> {
    match tag.split([' ', '/']).next() {
        Some("figcaption") => Some("</figcaption>"),
        Some("button") => Some("</button>"),
        _ => None,
    }
}

struct Reader {
    text: Text,
    pending: String,
    kind: BlockKind,
    /// How many `pre` are open.
    code: u32,
    section: Option<u32>,
}

impl Reader {
    fn tag(&mut self, tag: &str, outline: &[Heading]) {
        let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                if !closing {
                    self.kind = BlockKind::Heading;
                    let anchor = tag.split_once("id=\"").and_then(|(_, rest)| rest.split('"').next());
                    let found = outline.iter().position(|heading| Some(heading.anchor.as_str()) == anchor);
                    self.section = found.map(|index| index as u32).or(self.section);
                }
            }
            "pre" => {
                self.flush();
                self.code = if closing { self.code.saturating_sub(1) } else { self.code + 1 };
                self.kind = if self.code > 0 { BlockKind::Code } else { BlockKind::Prose };
            }
            "tr" => {
                self.flush();
                if !closing {
                    self.kind = BlockKind::Row;
                }
            }
            "td" | "th" if closing => self.pending.push('\t'),
            "p" | "li" | "ul" | "ol" | "dt" | "dd" | "dl" | "blockquote" | "div" | "figure" | "table" | "hr"
            | "section" | "details" | "summary" => self.flush_unless_row(),
            "br" => self.pending.push('\n'),
            _ => {}
        }
    }

    /// Cells may hold paragraphs, which do not end the row.
    fn flush_unless_row(&mut self) {
        if self.kind != BlockKind::Row {
            self.flush();
        }
    }

    fn characters(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            self.pending.push_str(before);
            rest = match after.split_once(';').and_then(|(name, after)| Some((reference(name)?, after))) {
                Some((character, after)) => {
                    self.pending.push(character);
                    after
                }
                None => {
                    self.pending.push('&');
                    after
                }
            };
        }
        self.pending.push_str(rest);
    }

    fn flush(&mut self) {
        let kind = std::mem::replace(&mut self.kind, if self.code > 0 { BlockKind::Code } else { BlockKind::Prose });
        let pending = std::mem::take(&mut self.pending);
        let block = pending.trim_matches(['\n', ' ', '\t']);
        if block.trim().is_empty() {
            return;
        }
        let text = &mut self.text;
        if !text.plain.is_empty() {
            text.plain.push('\n');
        }
        let start = text.plain.len() as u32;
        text.plain.push_str(block);
        text.blocks.push(Block { kind, start, end: text.plain.len() as u32, section: self.section });
    }
}

/// The character that a reference names; serialisers of HTML write few.
fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_sections_are_found() {
        let outline = [Heading { level: 2, anchor: "two".into(), text: "二".into() }];
        let html = "<p>一 &lt;b&gt; &amp; <b>粗</b></p><h2 id=\"two\">二</h2><ul><li>甲</li><li>乙</li></ul>\
                    <figure class=\"code\"><figcaption>rust</figcaption><pre tabindex=\"0\"><code><span class=\"k\">let</span> a = 1;\n  b\n</code></pre></figure>\
                    <div class=\"table\"><table><tr><th>x</th><td>y</td></tr></table></div><p>尾";
        let Text { plain, blocks } = text(html, &outline);
        let shown: Vec<_> = blocks
            .iter()
            .map(|block| (block.kind, &plain[block.start as usize..block.end as usize], block.section))
            .collect();
        assert_eq!(
            shown,
            [
                (BlockKind::Prose, "一 <b> & 粗", None),
                (BlockKind::Heading, "二", Some(0)),
                (BlockKind::Prose, "甲", Some(0)),
                (BlockKind::Prose, "乙", Some(0)),
                (BlockKind::Code, "let a = 1;\n  b", Some(0)),
                (BlockKind::Row, "x\ty", Some(0)),
                (BlockKind::Prose, "尾", Some(0)),
            ]
        );
    }

    #[test]
    fn broken_html_is_only_text() {
        for html in ["<", "a & b", "&;", "&#xffffffff;", "<p", "</p></p>", "<pre>x"] {
            let Text { plain, blocks } = text(html, &[]);
            assert!(blocks.iter().all(|block| block.end as usize <= plain.len()), "{html}");
        }
    }
}
