//! Stretches of code, written as HTML.

use super::Class;

/// Writes stretches; neighbours of one class share an element.
pub(super) struct Writer<'a> {
    html: &'a mut String,
    open: Option<Class>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(html: &'a mut String) -> Self {
        Self { html, open: None }
    }

    /// Adds a stretch of code.
    pub(super) fn write(&mut self, text: &str, class: Option<Class>) {
        if text.is_empty() {
            return;
        }
        // White space has no colour: it goes along with what is open.
        if class != self.open && !text.trim().is_empty() {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<span class=\"");
                self.html.push_str(class.name());
                self.html.push_str("\">");
            }
            self.open = class;
        }
        escape(self.html, text);
    }

    /// Ends the element that is open.
    pub(super) fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }
}

/// Adds text as HTML.
pub(crate) fn escape(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}
