//! Boxes: `:::` of VuePress and Docusaurus, `!!!` and `///` of MkDocs, shortcode boxes of Hugo; all become alerts.

use super::Fence;

/// The text with every box as an alert, a `<details>`, or its content alone.
pub(super) fn converted(text: &str) -> String {
    let mut converted = String::with_capacity(text.len() + 256);
    let mut fence = Fence::default();
    // The boxes that are open, innermost last: how each one quotes its lines.
    let mut open: Vec<Box_> = Vec::new();
    for line in text.split('\n') {
        let code = fence.is_code(line);
        let trimmed = line.trim();
        if !code {
            // MkDocs' boxes end where the indentation does.
            while matches!(open.last(), Some(Box_ { indented: true, .. }))
                && !trimmed.is_empty()
                && !line.starts_with("    ")
            {
                open.pop();
                converted.push('\n');
            }
            if let Some(start) = opening(trimmed) {
                let depth = quotes(&open);
                match start.alert {
                    Some(kind) => {
                        let prefix = "> ".repeat(depth);
                        converted.push_str(&format!("\n{prefix}> [!{kind}]{}\n", start.title));
                    }
                    None if start.details => converted.push_str(&format!(
                        "\n<details><summary>{}</summary>\n\n",
                        if start.title.trim().is_empty() { "展开" } else { start.title.trim() }
                    )),
                    None if !start.title.trim().is_empty() => {
                        converted.push_str(&format!("\n**{}**\n\n", start.title.trim()))
                    }
                    None => converted.push('\n'),
                }
                open.push(Box_ { quoted: start.alert.is_some(), details: start.details, indented: start.indented });
                continue;
            }
            if closing(trimmed) {
                if let Some(closed) = open.pop()
                    && closed.details
                {
                    converted.push_str("\n</details>\n");
                }
                converted.push('\n');
                continue;
            }
        }
        let inside = open.last().is_some_and(|last| last.indented);
        converted.push_str(&"> ".repeat(quotes(&open)));
        converted.push_str(if inside { line.strip_prefix("    ").unwrap_or(line) } else { line });
        converted.push('\n');
    }
    for left in open.iter().rev() {
        if left.details {
            converted.push_str("\n</details>\n");
        }
    }
    converted.truncate(converted.trim_end_matches('\n').len());
    converted.push('\n');
    converted
}

struct Box_ {
    quoted: bool,
    details: bool,
    indented: bool,
}

fn quotes(open: &[Box_]) -> usize {
    open.iter().filter(|one| one.quoted).count()
}

struct Opening {
    alert: Option<&'static str>,
    title: String,
    details: bool,
    indented: bool,
}

/// What a line opens.
fn opening(line: &str) -> Option<Opening> {
    let (rest, indented) = if let Some(rest) = line.strip_prefix(":::") {
        (rest.trim_start_matches(':'), false)
    } else if let Some(rest) = line.strip_prefix("!!!").or_else(|| line.strip_prefix("???")) {
        (rest.trim_start_matches('+'), true)
    } else if let Some(rest) = line.strip_prefix("///") {
        // The outer one of two has more of them.
        (rest.trim_start_matches('/'), false)
    } else {
        return shortcode(line);
    };
    let rest = rest.trim();
    if rest.is_empty() || rest.starts_with('/') {
        return None;
    }
    let (name, title) = rest.split_once([' ', '[', '|', '{']).unwrap_or((rest, ""));
    let title = title.trim().trim_start_matches('|').trim_end_matches(']').trim().trim_matches('"');
    let title = title.split('{').next().unwrap_or_default().trim();
    Some(Opening {
        alert: kind(name),
        title: if title.is_empty() { String::new() } else { format!(" {title}") },
        details: name.eq_ignore_ascii_case("details"),
        indented,
    })
}

/// A box of Hugo: `{{< note >}}`.
fn shortcode(line: &str) -> Option<Opening> {
    let name = line.strip_prefix("{{< ").or_else(|| line.strip_prefix("{{% "))?;
    let name = name.strip_suffix(">}}").or_else(|| name.strip_suffix("%}}"))?.trim();
    let alert = kind(name)?;
    Some(Opening { alert: Some(alert), title: String::new(), details: false, indented: false })
}

fn closing(line: &str) -> bool {
    let bare = line.strip_prefix("{{< /").or_else(|| line.strip_prefix("{{% /")).or_else(|| line.strip_prefix("{{</"));
    match bare {
        Some(name) => kind(name.trim_end_matches([' ', '>', '%', '}'])).is_some(),
        None => line.len() >= 3 && [':', '/'].iter().any(|mark| line.chars().all(|character| character == *mark)),
    }
}

/// The alert that a box of this name is.
fn kind(name: &str) -> Option<&'static str> {
    Some(match name.trim().to_ascii_lowercase().as_str() {
        "note" | "info" | "theorem" | "abstract" | "comment" | "版本说明" => "NOTE",
        "tip" | "success" | "hint" | "check" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "caution" | "attention" => "WARNING",
        "danger" | "error" | "failure" => "CAUTION",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::converted;

    #[test]
    fn boxes_become_alerts() {
        for (text, expected) in [
            ("::: tip 小技巧\n内容\n:::\n后", "\n> [!TIP] 小技巧\n> 内容\n\n后\n"),
            (":::note[标题]\na\n\nb\n:::", "\n> [!NOTE] 标题\n> a\n> \n> b\n"),
            ("{{< caution >}}\n小心\n{{< /caution >}}", "\n> [!WARNING]\n> 小心\n"),
            ("!!! note \"说\"\n    里面\n外面", "\n> [!NOTE] 说\n> 里面\n\n外面\n"),
            ("/// tip | 提示\n里面\n///\n外面", "\n> [!TIP] 提示\n> 里面\n\n外面\n"),
            (
                "//// tab | 测试\n里面\n/// note\n内\n///\n////\n外面",
                "\n**测试**\n\n里面\n\n> [!NOTE]\n> 内\n\n\n外面\n",
            ),
            ("```\n::: tip\n```", "```\n::: tip\n```\n"),
            ("::: details 更多\n里面\n:::", "\n<details><summary>更多</summary>\n\n里面\n\n</details>\n"),
        ] {
            assert_eq!(converted(text), expected, "{text}");
        }
    }
}
