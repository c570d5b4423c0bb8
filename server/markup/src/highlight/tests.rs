//! What each kind of language looks like, and that no text is lost or slow.

use super::{highlight, languages::shape};

/// The painted stretches as `class:text`.
fn painted(language: &str, code: &str) -> Vec<String> {
    let html = highlight(code, Some(language));
    let parts = html.split("<span class=\"").skip(1);
    parts.map(|part| part.split("</span>").next().unwrap_or_default().trim_end().replacen("\">", ":", 1)).collect()
}

/// The text without the elements and references.
fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        let shown = if part.starts_with("span ") || part.starts_with("/span>") {
            part.split_once('>').map_or("", |(_, shown)| shown)
        } else {
            part
        };
        text.push_str(shown);
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn each_kind_of_language_has_its_colours() {
    let table: &[(&str, &str, &[&str])] = &[
        (
            "rust",
            "pub fn 名(x: &'a u8) -> Option<char> { println!(\"{x}\"); 'b' } // 注释",
            &["k:pub fn", "f:名", "t:u8", "t:Option", "t:char", "f:println", "s:&quot;{x}&quot;", "s:'b'", "c:// 注释"],
        ),
        ("rust", "let s = r#\"a \"b\" c\"#;", &["k:let", "s:r#&quot;a &quot;b&quot; c&quot;#"]),
        ("go", "func main() { x := `a\nb` }", &["k:func", "f:main", "s:`a\nb`"]),
        (
            "python",
            "@app.get(\"/\")\ndef f(): return f'{a}' # x",
            &["f:@app", "f:get", "s:&quot;/&quot;", "k:def", "f:f", "k:return", "s:f'{a}'", "c:# x"],
        ),
        (
            "javascript",
            "const a = /[/]\\//g.test(b) ? 1.5e-3 : a / 2 / 3",
            &["k:const", "s:/[/]\\//g", "f:test", "n:1.5e-3", "n:2", "n:3"],
        ),
        (
            "sql",
            "SELECT count(*) FROM t WHERE a = 'x' -- 数",
            &["k:SELECT", "f:count", "k:FROM", "k:WHERE", "s:'x'", "c:-- 数"],
        ),
        (
            "bash",
            "for f in $HOME/*.rs; do echo \"${f#x}\" a#b; done # 完",
            &["k:for", "k:in", "t:$HOME", "k:do echo", "s:&quot;${f#x}&quot;", "k:done", "c:# 完"],
        ),
        (
            "yaml",
            "a-b: \"x\" # c\n- name: 12\n  url: http://a.b/c\n",
            &["t:a-b", "s:&quot;x&quot;", "c:# c", "t:name", "n:12", "t:url"],
        ),
        (
            "toml",
            "[package]\nname = \"a\"\nlist = [1, true]\n",
            &["k:[package]", "t:name", "s:&quot;a&quot;", "t:list", "n:1", "n:true"],
        ),
        ("json", "{\n  \"a\": [1, \"b\", null]\n}", &["t:&quot;a&quot;", "n:1", "s:&quot;b&quot;", "n:null"]),
        (
            "html",
            "<!-- x --><a href=\"/\" hidden>文</a><script>let a = 1</script>",
            &[
                "c:&lt;!-- x --&gt;",
                "t:a",
                "f:href",
                "s:&quot;/&quot;",
                "f:hidden",
                "t:a",
                "t:script",
                "k:let",
                "n:1",
                "t:script",
            ],
        ),
        ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z\n", &["t:--- a\n+++ b", "f:@@ -1 +1 @@", "k:-x", "s:+y"]),
        (
            "c",
            "#include <stdio.h>\nint main(void) { return 0x1F; }",
            &["k:#include", "t:int", "f:main", "t:void", "k:return", "n:0x1F"],
        ),
        ("css", ".a { color: #fff; --x: 2px } @media (x) {}", &["t:color", "t:--x", "n:2px", "f:@media"]),
        ("dockerfile", "FROM rust:1 AS build", &["k:FROM", "n:1", "k:AS"]),
    ];
    for (language, code, expected) in table {
        assert_eq!(painted(language, code), *expected, "{language}: {code}");
    }
}

#[test]
fn nothing_is_lost_in_any_language() {
    let odd =
        "a'b\"c`d /*e\\\n<f> 'g\\中' '\\u{1}' r#\"h ${i $? @ # // -- <!-- \u{3000}é\u{301} 1.e 0x 中文: = [x\n\"\"\"";
    let languages = "rust go java kotlin csharp swift dart php python ruby perl r julia elixir powershell sql lua haskell \
                     fsharp clojure erlang zig protobuf graphql terraform dockerfile makefile cmake nginx latex asm \
                     mermaid bash javascript css c yaml toml ini json html diff unknown";
    for language in languages.split_whitespace() {
        assert_eq!(language == "unknown", shape(language).is_none(), "{language}");
        for (start, _) in odd.char_indices() {
            let code = &odd[start..];
            assert_eq!(text(&highlight(code, Some(language))), code, "{language}");
        }
    }
}

#[test]
fn hostile_code_takes_no_longer_than_other_code() {
    for unit in ["\"\\", "'", "${", "/", "r#", "`", "<a ", "<!--", "'\\", "a: ", "[", "\"\"\"", "<script>", "$", "--[["]
    {
        // Were it quadratic, this would take minutes.
        let code = unit.repeat(30_000 / unit.len());
        for language in ["rust", "javascript", "bash", "yaml", "html", "lua", "python", "sql"] {
            assert_eq!(text(&highlight(&code, Some(language))).len(), code.len(), "{language}: {unit}");
        }
    }
}
