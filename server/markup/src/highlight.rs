//! Code in colours, as classes: syntect finds the scopes, a small table turns them into one letter.
//!
//! | class | stands for |
//! |---|---|
//! | `k` | keyword, operator word, storage |
//! | `s` | string |
//! | `c` | comment |
//! | `n` | number, constant |
//! | `f` | function |
//! | `t` | type, tag, class |

use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scopes and their classes; the first that fits wins.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "c"),
        ("string", "s"),
        ("constant.numeric", "n"),
        ("constant.language", "n"),
        ("constant.character", "s"),
        ("entity.name.function", "f"),
        ("support.function", "f"),
        ("variable.function", "f"),
        ("entity.name.tag", "t"),
        ("entity.name", "t"),
        ("support.type", "t"),
        ("support.class", "t"),
        ("storage.type", "k"),
        ("storage", "k"),
        ("keyword.operator.word", "k"),
        ("keyword.control", "k"),
        ("keyword.declaration", "k"),
        ("keyword.other", "k"),
        ("entity.other.attribute-name", "f"),
    ]
    .into_iter()
    .filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, class)))
    .collect()
});

/// Code longer than this stays in one colour.
const MAX_BYTES: usize = 100_000;
/// A line longer than this stays in one colour: such lines are data, and slow.
const MAX_LINE: usize = 2_000;

/// The name under which a language is known to people and to the highlighter, from a fence's info string.
pub(crate) fn language(info: &str) -> Option<String> {
    let first = info.trim().split([' ', '\t', ',', '{', ':']).find(|part| !part.is_empty())?;
    let name =
        first.trim_start_matches(['.', '{']).trim_end_matches('}').trim_start_matches("language-").to_ascii_lowercase();
    let valid = !name.is_empty()
        && name.len() <= 24
        && name.chars().all(|character| character.is_ascii_alphanumeric() || "+#-_.".contains(character));
    if !valid {
        return None;
    }
    Some(
        match name.as_str() {
            "sh" | "shell" | "zsh" | "console" | "shell-session" | "terminal" => "bash",
            "js" | "mjs" | "node" => "javascript",
            "ts" => "typescript",
            "py" | "python3" => "python",
            "rs" => "rust",
            "yml" => "yaml",
            "golang" => "go",
            "c++" | "cc" | "cxx" | "hpp" => "cpp",
            "c#" | "cs" => "csharp",
            "kt" | "kts" => "kotlin",
            "rb" => "ruby",
            "md" => "markdown",
            "docker" => "dockerfile",
            "mysql" | "postgresql" | "pgsql" | "plsql" | "hql" => "sql",
            "plain" | "plaintext" | "txt" | "none" => "text",
            other => other,
        }
        .to_owned(),
    )
}

/// The syntax of a language.
fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let token = match language {
        "text" => return None,
        "csharp" => "cs",
        "jsx" | "jsonc" | "json5" => {
            if language == "jsx" {
                "javascript"
            } else {
                "json"
            }
        }
        "vue" => "vue",
        "properties" => "properties",
        "conf" => "nginx",
        other => other,
    };
    SYNTAXES.find_syntax_by_token(token)
}

/// The code as HTML; its text is the code, character for character.
pub(crate) fn highlight(code: &str, language: Option<&str>) -> String {
    let mut html = String::with_capacity(code.len() * 3 / 2);
    let syntax = language.filter(|_| code.len() <= MAX_BYTES).and_then(syntax);
    let Some(syntax) = syntax else {
        escape(&mut html, code);
        return html;
    };
    let (mut state, mut stack) = (ParseState::new(syntax), ScopeStack::new());
    let mut writer = Writer { html: &mut html, open: None };
    for line in code.split_inclusive('\n') {
        let parsed = if line.len() > MAX_LINE { None } else { state.parse_line(line, &SYNTAXES).ok() };
        let Some(operations) = parsed else {
            writer.write(line, None);
            continue;
        };
        let mut from = 0;
        for (at, operation) in operations {
            let at = at.min(line.len());
            if at > from && line.is_char_boundary(at) {
                writer.write(&line[from..at], class(&stack));
                from = at;
            }
            if stack.apply(&operation).is_err() {
                stack = ScopeStack::new();
            }
        }
        writer.write(&line[from..], class(&stack));
    }
    writer.close();
    html
}

/// The class of the innermost scope that has one.
fn class(stack: &ScopeStack) -> Option<&'static str> {
    stack
        .scopes
        .iter()
        .rev()
        .find_map(|scope| CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class))
}

/// Writes stretches; neighbours of one class share an element.
struct Writer<'a> {
    html: &'a mut String,
    open: Option<&'static str>,
}

impl Writer<'_> {
    fn write(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        // White space has no colour: it goes along with what is open.
        if class != self.open && !text.trim().is_empty() {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.open = class;
        }
        escape(self.html, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }
}

/// Adds text as HTML.
pub(crate) fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(character),
        }
    }
}
