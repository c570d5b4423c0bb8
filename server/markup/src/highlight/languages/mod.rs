//! Every language that has colours, by its name.

mod data;
mod programs;
mod scripts;

use super::keys::Style;
use super::syntax::Syntax;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How a language is built.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Comments, strings and words.
    Code(&'static Syntax),
    /// Tags with attributes.
    Tags,
    /// Keys with values.
    Keys(&'static Style),
    /// Lines that came and went.
    Diff,
}

/// Every program's language and its name.
static LANGUAGES: LazyLock<HashMap<&'static str, Syntax>> =
    LazyLock::new(|| [programs::all(), scripts::all(), data::all()].into_iter().flatten().collect());

static YAML: LazyLock<Style> =
    LazyLock::new(|| Style { between: &[':'], sections: false, values: &LANGUAGES["values"] });
static TOML: LazyLock<Style> =
    LazyLock::new(|| Style { between: &['='], sections: true, values: &LANGUAGES["values"] });
static PROPERTIES: LazyLock<Style> =
    LazyLock::new(|| Style { between: &['=', ':'], sections: true, values: &LANGUAGES["values"] });
static JSON: LazyLock<Style> = LazyLock::new(|| Style { between: &[':'], sections: false, values: &LANGUAGES["json"] });

/// How a language is built, by the name that [`super::language`] gives it; nothing for what has no colours.
pub(super) fn shape(language: &str) -> Option<Shape> {
    let name = match language {
        "html" | "xml" | "svg" | "vue" | "svelte" | "astro" | "jsp" | "xsl" | "xslt" | "wxml" | "plist" => {
            return Some(Shape::Tags);
        }
        "yaml" | "http" => return Some(Shape::Keys(&YAML)),
        "toml" => return Some(Shape::Keys(&TOML)),
        "ini" | "properties" | "conf" | "cfg" | "env" | "dotenv" | "editorconfig" | "systemd" | "hocon" => {
            return Some(Shape::Keys(&PROPERTIES));
        }
        "json" | "jsonc" | "json5" => return Some(Shape::Keys(&JSON)),
        "diff" => return Some(Shape::Diff),
        "typescript" | "jsx" | "tsx" | "wxs" | "coffeescript" => "javascript",
        "scss" | "less" | "sass" | "stylus" | "wxss" => "css",
        "cpp" | "h" | "objective-c" | "arduino" | "cuda" | "glsl" | "hlsl" | "wgsl" => "c",
        "groovy" | "gradle" | "jsonnet" => "java",
        "scala" => "kotlin",
        "fsharp" | "ml" | "sml" => "ocaml",
        "lisp" | "scheme" | "elisp" | "racket" => "clojure",
        "matlab" | "octave" => "erlang",
        "hcl" => "terraform",
        "tex" => "latex",
        "nasm" | "assembly" => "asm",
        "fish" | "bat" | "batch" | "cmd" | "awk" | "tcl" => "bash",
        "grpc" => "protobuf",
        "elm" | "purescript" => "haskell",
        "fluxql" | "sparql" | "cql" | "promql" => "sql",
        other => other,
    };
    (name != "values").then(|| LANGUAGES.get(name))?.map(Shape::Code)
}

/// The language of scripts in pages.
pub(super) fn javascript() -> &'static Syntax {
    &LANGUAGES["javascript"]
}

/// The language of styles in pages.
pub(super) fn css() -> &'static Syntax {
    &LANGUAGES["css"]
}
