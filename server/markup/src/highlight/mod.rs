//! Code in colours, as classes. Time grows with the length of the code and with nothing else.
//!
//! | class | stands for |
//! |---|---|
//! | `k` | keyword |
//! | `s` | string |
//! | `c` | comment |
//! | `n` | number, constant |
//! | `f` | function, attribute |
//! | `t` | type, tag, key, variable |
//!
//! Why not by a library: `docs/decisions/0005-our-own-highlighter.md`.

mod code;
mod diff;
mod figure;
mod keys;
mod language;
mod languages;
mod literal;
mod syntax;
mod tags;
mod writer;

pub(crate) use figure::figure;
pub(crate) use writer::escape;

use languages::{Shape, shape};
use writer::Writer;

/// Code longer than this stays in one colour: it is data, and its colours would weigh more than the page.
const MAX_BYTES: usize = 200_000;

/// What a stretch of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Keyword,
    String,
    Comment,
    Number,
    Function,
    Type,
}

impl Class {
    fn name(self) -> &'static str {
        match self {
            Self::Keyword => "k",
            Self::String => "s",
            Self::Comment => "c",
            Self::Number => "n",
            Self::Function => "f",
            Self::Type => "t",
        }
    }
}

/// The code as HTML; its text is the code, character for character.
fn highlight(code: &str, language: Option<&str>) -> String {
    let mut html = String::with_capacity(code.len() * 3 / 2);
    let shape = language.filter(|_| code.len() <= MAX_BYTES).and_then(shape);
    let Some(shape) = shape else {
        escape(&mut html, code);
        return html;
    };
    let mut writer = Writer::new(&mut html);
    paint(&mut writer, code, shape);
    writer.close();
    html
}

fn paint(writer: &mut Writer<'_>, code: &str, shape: Shape) {
    match shape {
        Shape::Code(syntax) => code::paint(writer, code, syntax),
        Shape::Tags => tags::paint(writer, code),
        Shape::Keys(style) => keys::paint(writer, code, style),
        Shape::Diff => diff::paint(writer, code),
    }
}

#[cfg(test)]
mod tests;
