//! Tags inside lines: shortcodes of Hugo, Liquid of Jekyll, components of MDX, attributes of kramdown and Writerside.

/// A line without tags; `None` for a line that held nothing else.
pub(super) fn converted(line: &str) -> Option<String> {
    let trimmed = line.trim();
    let dropped = (trimmed.starts_with("import ")
        && (trimmed.contains(" from ")
            || trimmed.ends_with(".css\"")
            || trimmed.ends_with(".css'")
            || trimmed.ends_with(".css';")))
        || (trimmed.starts_with("export ")
            && (trimmed.starts_with("export const") || trimmed.starts_with("export default")))
        || trimmed.starts_with("[//]: #")
        || (trimmed.starts_with("{:") && trimmed.ends_with('}'))
        || trimmed == "[[toc]]"
        || trimmed == "[toc]"
        || trimmed == "@[toc]";
    if dropped {
        return None;
    }
    if !line.contains(['{', '<']) {
        return Some(line.to_owned());
    }
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['{', '<', '`']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('`') {
            // A code span is copied as it is.
            let run = rest.bytes().take_while(|byte| *byte == b'`').count();
            let end = rest[run..].find(&rest[..run]).map_or(run, |end| run + end + run);
            text.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        match attributes(rest, &text).or_else(|| tag(rest)) {
            Some((length, meaning)) => {
                text.push_str(&meaning);
                rest = &rest[length..];
            }
            None => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                text.push_str(&rest[..length]);
                rest = &rest[length..];
            }
        }
    }
    text.push_str(rest);
    (!text.trim().is_empty() || line.trim().is_empty()).then_some(text)
}

/// The length of the tag that a text begins with, and what it means.
fn tag(text: &str) -> Option<(usize, String)> {
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}")] {
        if let Some(inside) = text.strip_prefix(open) {
            let end = inside.find(close)?;
            return Some((open.len() + end + close.len(), shortcode(inside[..end].trim())));
        }
    }
    if let Some(inside) = text.strip_prefix("{{{") {
        let end = inside.find("}}}")?;
        return Some((3 + end + 3, String::new()));
    }
    if let Some(inside) = text.strip_prefix("{%") {
        let end = inside.find("%}")?;
        return Some((2 + end + 2, String::new()));
    }
    if let Some(inside) = text.strip_prefix("{/*") {
        let end = inside.find("*/}")?;
        let id = inside[..end].trim();
        return Some((3 + end + 3, if id.contains(' ') { String::new() } else { format!("{{#{id}}}") }));
    }
    if let Some(inside) = text.strip_prefix("{*") {
        let end = inside.find("*}")?;
        let file = inside[..end].split_whitespace().next().unwrap_or_default();
        return Some((2 + end + 2, format!("`{}`", file.rsplit('/').next().unwrap_or(file))));
    }
    if let Some(inside) = text.strip_prefix("{:") {
        return Some((2 + inside.find('}')? + 1, String::new()));
    }
    component(text)
}

/// Attributes of Writerside, behind what they are of or on a line of their own: `![x](y){width=25}{type="joined"}`.
fn attributes(text: &str, before: &str) -> Option<(usize, String)> {
    let inside = text.strip_prefix('{')?;
    let inside = &inside[..inside.find('}')?];
    let before = before.chars().next_back();
    // Braces of formulas and of sets have something else before them, or nothing quoted in them.
    let belongs = matches!(before, Some(')' | ']' | '`'));
    if !belongs && before.is_some_and(|before| !before.is_whitespace()) {
        return None;
    }
    let mut rest = inside.trim();
    let mut found = false;
    while !rest.is_empty() {
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        let value = rest[length..].strip_prefix('=').filter(|_| length > 0)?;
        rest = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?.1.trim_start(),
            None if belongs => {
                value.trim_start_matches(|character: char| character.is_ascii_alphanumeric()).trim_start()
            }
            None => return None,
        };
        found = true;
    }
    found.then(|| (inside.len() + 2, String::new()))
}

/// A component of MDX: `<TabItem value="x">`, `</Intro>`; names begin with a capital letter.
fn component(text: &str) -> Option<(usize, String)> {
    let inside = text.strip_prefix("</").or_else(|| text.strip_prefix('<'))?;
    if !inside.starts_with(|first: char| first.is_ascii_uppercase()) {
        return None;
    }
    let name_length =
        inside.find(|character: char| !character.is_ascii_alphanumeric() && character != '.').unwrap_or(inside.len());
    // Types such as `Vec<String>` in prose are no components: those have attributes, or stand alone on their line.
    let end = text.find('>')?;
    let tag = &text[..=end];
    let value = || attribute(tag, "value").filter(|_| tag.starts_with("<TabItem"));
    let label = attribute(tag, "title").or_else(|| attribute(tag, "label")).or_else(value);
    let known_shape =
        tag.ends_with("/>") || tag.contains('=') || text[end + 1..].trim().is_empty() || text[end + 1..].contains("</");
    (name_length > 1 && known_shape).then(|| (end + 1, label.map(|label| format!("**{label}** ")).unwrap_or_default()))
}

/// What a shortcode says.
fn shortcode(tag: &str) -> String {
    let name = tag.trim_start_matches('/').split([' ', '"']).next().unwrap_or_default();
    if tag.starts_with('/') {
        return String::new();
    }
    match name {
        "glossary_tooltip" | "glossary_definition" => attribute(tag, "text")
            .or_else(|| attribute(tag, "term_id").map(|term| term.replace('-', " ")))
            .unwrap_or_default(),
        "codenew" | "code" | "code_sample" | "example" => {
            attribute(tag, "file").map(|file| format!("`{file}`")).unwrap_or_default()
        }
        "heading" => match positional(tag).as_deref() {
            Some("whatsnext") => "接下来".into(),
            Some("prerequisites") => "准备开始".into(),
            Some("objectives") => "教程目标".into(),
            Some("cleanup") => "清理现场".into(),
            Some("synopsis") => "概要".into(),
            Some("options") => "选项".into(),
            Some("seealso") => "另请参阅".into(),
            _ => "说明".into(),
        },
        "figure" => {
            let alt = attribute(tag, "alt").or_else(|| attribute(tag, "caption")).or_else(|| attribute(tag, "title"));
            attribute(tag, "src").map(|src| format!("![{}]({src})", alt.unwrap_or_default())).unwrap_or_default()
        }
        "ref" | "relref" => positional(tag).unwrap_or_default(),
        "youtube" => {
            let id = attribute(tag, "id").or_else(|| positional(tag)).unwrap_or_default();
            format!("<https://www.youtube.com/watch?v={id}>")
        }
        "link" => {
            let text = attribute(tag, "text").unwrap_or_default();
            attribute(tag, "url").map(|url| format!("[{text}]({url})")).unwrap_or(text)
        }
        "skew" | "latest-version" | "latest-semver" | "param" => "最新版本".into(),
        "tab" => attribute(tag, "name").map(|name| format!("**{name}**")).unwrap_or_default(),
        "feature-state" => {
            let state = attribute(tag, "state").unwrap_or_default();
            let version = attribute(tag, "for_k8s_version").unwrap_or_default();
            if state.is_empty() { String::new() } else { format!("特性状态：{version} {state}") }
        }
        "include" | "version-check" | "toc" => String::new(),
        _ => attribute(tag, "text").unwrap_or_default(),
    }
}

/// The value of `name="…"`.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (at, _) = tag.match_indices(name).find(|(at, _)| {
        let before = tag[..*at].chars().next_back();
        before.is_none_or(char::is_whitespace) && tag[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned).filter(|value| !value.is_empty())
}

/// The first value without a name: `heading "whatsnext"`.
fn positional(tag: &str) -> Option<String> {
    let rest = tag.split_once(' ')?.1.trim();
    Some(rest.trim_matches(['"', '\'', '`']).to_owned()).filter(|value| !value.contains('='))
}

#[cfg(test)]
mod tests {
    use super::converted;

    #[test]
    fn tags_become_what_they_mean() {
        for (line, expected) in [
            ("一个 {{< glossary_tooltip text=\"Pod\" term_id=\"pod\" >}} 在", Some("一个 Pod 在")),
            ("## {{% heading \"whatsnext\" %}}", Some("## 接下来")),
            ("`{{< kept >}}` 后", Some("`{{< kept >}}` 后")),
            ("<Intro>", None),
            ("</Intro>", None),
            ("import X from './x'", None),
            ("{% highlight %}", None),
            ("## 标题 {/*an-id*/}", Some("## 标题 {#an-id}")),
            ("泛型 Vec<String> 很常见", Some("泛型 Vec<String> 很常见")),
            ("<TabItem value=\"docker\">", Some("**docker** ")),
            ("![图](a.png){width=25}{type=\"joined\"}", Some("![图](a.png)")),
            ("{kotlin-runnable=\"true\" kotlin-min-compiler-version=\"1.3\"}", None),
            (
                "和 $\\sum_{i=0}$、f({a=1})、{a=1} 与 {job=80, team=60}",
                Some("和 $\\sum_{i=0}$、f({a=1})、{a=1} 与 {job=80, team=60}"),
            ),
            ("{{{ .starter }}}", None),
            ("普通 {花括号}", Some("普通 {花括号}")),
        ] {
            assert_eq!(converted(line).as_deref(), expected, "{line}");
        }
    }
}
