//! LaTeX to MathML, which browsers show by themselves.

use crate::highlight::escape;
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event, Font, Grouping, StateChange};
use pulldown_latex::{Parser, Storage};
use std::collections::HashSet;
use std::panic::catch_unwind;
use std::sync::LazyLock;

/// The longest formula in bytes, and the most braces that may be open: the parser calls itself for each.
const MAX_BYTES: usize = 4_000;
const MAX_DEPTH: usize = 60;
/// The most elements inside elements, for which the sanitiser calls itself: three for each brace.
const MAX_ELEMENT_DEPTH: usize = 3 * MAX_DEPTH;
/// A formula of so many bytes gets a stack of its own: the parser and the writer call themselves for each command that
/// is another's argument, as in `\hat\hat\hat x`, with no brace to count.
const LONG: usize = 200;
/// That stack in bytes; only what is used of it is taken from memory.
const STACK: usize = 64 * 1024 * 1024;
/// The most parts of a formula. Five for each byte are more than any formula has that somebody reads.
const MAX_EVENTS: usize = 20_000;
/// Commands that define others. A few definitions in one another become hundreds of megabytes, and the parser looks at
/// its own limit only before it adds to them.
const DEFINITIONS: [&str; 6] = ["def", "let", "futurelet", "newcommand", "renewcommand", "providecommand"];

/// The formula as MathML, with its source for voices that read no MathML; one that cannot be read shows its source.
pub(crate) fn math(latex: &str, display: bool) -> String {
    // CommonMark (0.31, §2.3) wants the replacement character; comrak does that for text, and not for formulas.
    let latex = latex.replace('\0', "\u{fffd}");
    match mathml(&latex, display) {
        Some(mathml) => mathml,
        None => {
            let mut html = String::from("<code class=\"formula\" title=\"公式无法解析\">");
            escape(&mut html, &latex);
            html.push_str("</code>");
            html
        }
    }
}

fn mathml(latex: &str, display: bool) -> Option<String> {
    if latex.len() > MAX_BYTES || depth(latex) > MAX_DEPTH || defines(latex) {
        return None;
    }
    let html = guarded(latex, display)?;
    if element_depth(&html) > MAX_ELEMENT_DEPTH {
        return None;
    }
    let html = SANITIZER.clean(&html).to_string();
    let (tag, inside) = html.split_once('>')?;
    let mut named = format!("{tag} alttext=\"");
    escape(&mut named, latex.trim());
    named.push_str("\">");
    named.push_str(inside);
    Some(named)
}

/// The formula as the library writes it, whatever the library does: it cuts some characters in their middle, and panics.
fn guarded(latex: &str, display: bool) -> Option<String> {
    if latex.len() < LONG {
        return catch_unwind(|| written(latex, display)).ok()?;
    }
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        builder.spawn_scoped(scope, || written(latex, display)).ok()?.join().ok()?
    })
}

fn written(latex: &str, display: bool) -> Option<String> {
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(latex, &storage).take(MAX_EVENTS + 1).collect::<Result<_, _>>().ok()?;
    if events.len() > MAX_EVENTS {
        return None;
    }
    let words: Vec<_> = events.iter().enumerate().map(|(at, _)| upright_word(&events[at..])).collect();
    let mut events = events.into_iter().zip(&words);
    let mut merged = Vec::with_capacity(words.len());
    while let Some((event, word)) = events.next() {
        merged.push(event);
        if let Some(word) = word {
            merged.push(Event::Content(Content::Text(word)));
            // The change of the letters, and the letters.
            let _ = events.nth(word.chars().count());
        }
    }
    let mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode: mode, ..RenderConfig::default() };
    let mut html = String::new();
    let events = merged.into_iter().map(Ok::<_, std::fmt::Error>);
    pulldown_latex::push_mathml(&mut html, events, config).ok()?;
    Some(html)
}

/// The word of a group that is nothing but upright letters, as `\mathrm{score}`: as an element for each letter, it would
/// be read letter by letter.
fn upright_word(events: &[Event<'_>]) -> Option<String> {
    let [Event::Begin(Grouping::Normal), Event::StateChange(StateChange::Font(Some(Font::UpRight))), rest @ ..] =
        events
    else {
        return None;
    };
    let mut word = String::new();
    for event in rest {
        match event {
            Event::Content(Content::Ordinary { content, stretchy: false }) if content.is_alphabetic() => {
                word.push(*content);
            }
            Event::End if word.chars().nth(1).is_some() => return Some(word),
            _ => return None,
        }
    }
    None
}

/// Whether a command of the formula defines another.
fn defines(latex: &str) -> bool {
    let mut rest = latex;
    while let Some((_, command)) = rest.split_once('\\') {
        let letters = command.bytes().take_while(u8::is_ascii_alphabetic).count();
        if DEFINITIONS.contains(&&command[..letters]) {
            return true;
        }
        // Any other character is a whole name: the second of two backslashes begins no command.
        let length = letters.max(command.chars().next().map_or(0, char::len_utf8));
        rest = &command[length..];
    }
    false
}

fn depth(latex: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in latex.bytes() {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// How many elements are open at most.
fn element_depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        depth = if html[at..].starts_with("</") { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// What formulas are made of. The renderer copies some arguments, such as that of `\\operatorname`, without escaping them:
/// whatever is not MathML goes, and so do style attributes, which the policy of our pages forbids.
static SANITIZER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(HashSet::from([
            "math",
            "semantics",
            "mrow",
            "mi",
            "mo",
            "mn",
            "ms",
            "mtext",
            "mspace",
            "mfrac",
            "msqrt",
            "mroot",
            "mstyle",
            "merror",
            "mpadded",
            "mphantom",
            "msub",
            "msup",
            "msubsup",
            "munder",
            "mover",
            "munderover",
            "mmultiscripts",
            "mprescripts",
            "mtable",
            "mtr",
            "mtd",
            "menclose",
        ]))
        .generic_attributes(HashSet::from([
            "accent",
            "accentunder",
            "columnalign",
            "columnspacing",
            "depth",
            "display",
            "displaystyle",
            "fence",
            "form",
            "height",
            "intent",
            "largeop",
            "linethickness",
            "lspace",
            "mathvariant",
            "maxsize",
            "minsize",
            "movablelimits",
            "notation",
            "rowalign",
            "rowspacing",
            "rspace",
            "scriptlevel",
            "separator",
            "stretchy",
            "symmetric",
            "voffset",
            "width",
        ]))
        .clean_content_tags(HashSet::from(["script", "style"]));
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_that_defines_commands_shows_its_source() {
        let mut bomb = String::from("\\def\\a{xxxxxxxxxxxxxxxx}");
        for (one, other) in ["a", "b", "c"].into_iter().zip(["b", "c", "d"]) {
            bomb.push_str(&format!("\\def\\{other}{{{}}}", format!("\\{one} ").repeat(10)));
        }
        bomb.push_str(&"\\d ".repeat(100));
        for hostile in [
            bomb.as_str(),
            "\\newcommand{\\R}{x}\\R",
            "\\let\\a=b\\a",
            "\\futurelet\\a bc",
            "\\renewcommand{\\pi}{x}\\pi",
            "{\\providecommand\\x{y}}",
        ] {
            let html = math(hostile, false);
            assert!(html.starts_with("<code") && html.len() < 2 * MAX_BYTES, "{} bytes", html.len());
        }
        for formula in ["\\delta\\left(x\\right)", "\\begin{matrix}abc\\\\def\\end{matrix}", "\\leq\\"] {
            assert!(!defines(formula), "{formula}");
        }
    }

    #[test]
    fn what_the_parser_panics_at_shows_its_source() {
        for formula in ["\\char中", "x\\char　"] {
            assert!(math(formula, false).starts_with("<code"), "{formula}");
        }
    }

    #[test]
    fn a_character_that_no_page_may_hold_is_replaced() {
        for formula in ["a\0b", "\\frac\0"] {
            let html = math(formula, false);
            assert!(!html.contains('\0') && html.contains('\u{fffd}'), "{html}");
        }
    }

    #[test]
    fn commands_as_arguments_of_commands_end_no_stack() {
        for (command, times) in [("\\overbrace ", 300), ("\\hat", 900), ("\\frac1", 600), ("\\sqrt[3]", 400)] {
            assert!(math(&(command.repeat(times) + "x"), true).starts_with("<code"), "{command}");
        }
        let deep = format!("{}x{}", "\\sqrt{".repeat(MAX_DEPTH), "}".repeat(MAX_DEPTH));
        assert!(math(&deep, true).starts_with("<math"));
    }

    #[test]
    fn words_are_one_element_and_the_source_is_told() {
        let html = math(" \\mathrm{score}_{\\text{avgdl}} < \\mathrm{x}y^{\\mathrm{ab}^2}", false);
        for part in [
            "alttext=\"\\mathrm{score}_{\\text{avgdl}} &lt; ",
            "<mtext>score</mtext>",
            "<mtext>avgdl</mtext>",
            "<mtext>ab</mtext>",
            "<mi mathvariant=\"normal\">x</mi>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn no_formula_brings_a_tag_of_its_own() {
        for hostile in
            ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</mi><b onclick=x>", "<svg/onload=x>"]
        {
            for command in ["operatorname", "text", "mathrm", "mathbf", "textbf", "mbox", "begin", "color", "tag"] {
                let html = math(&format!("\\{command}{{{hostile}}}x"), false);
                for tag in ["<script", "<img", "<b", "<svg"] {
                    assert!(!html.contains(tag), "{command}: {html}");
                }
            }
        }
        assert_eq!(math("a<b", false).matches('<').count(), math("a<b", false).matches('>').count());
        assert!(math("\\operatorname{argmax}_x \\frac{1}{2}", true).contains("<mfrac>"));
    }
}
