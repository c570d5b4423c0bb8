//! The name of a language, from what stands behind a fence.

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
            "js" | "mjs" | "cjs" | "node" => "javascript",
            "ts" | "mts" => "typescript",
            "py" | "python3" => "python",
            "rs" => "rust",
            "yml" => "yaml",
            "golang" => "go",
            "c++" | "cc" | "cxx" | "hpp" => "cpp",
            "c#" | "cs" => "csharp",
            "f#" | "fs" => "fsharp",
            "kt" | "kts" => "kotlin",
            "rb" => "ruby",
            "pl" => "perl",
            "ex" | "exs" => "elixir",
            "hs" => "haskell",
            "clj" => "clojure",
            "ps1" | "pwsh" => "powershell",
            "objc" => "objective-c",
            "md" => "markdown",
            "docker" => "dockerfile",
            "make" => "makefile",
            "tf" => "terraform",
            "proto" => "protobuf",
            "gql" => "graphql",
            "mysql" | "postgresql" | "pgsql" | "plsql" | "hql" => "sql",
            "patch" => "diff",
            "htm" | "xhtml" => "html",
            "plain" | "plaintext" | "txt" | "none" => "text",
            other => other,
        }
        .to_owned(),
    )
}
