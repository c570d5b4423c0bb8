//! Tags over several lines, as one line each, so that those who read lines find them whole.

use super::Fence;

/// A tag of more lines than these is none: somebody forgot its end.
const MAX_LINES: usize = 30;
/// How tags begin, and how they end: shortcodes of Hugo anywhere, components of MDX at the beginning of a line.
const SHORTCODES: [(&str, &str); 2] = [("{{<", ">}}"), ("{{%", "%}}")];

/// The text with every tag on one line.
pub(super) fn tags(text: &str) -> String {
    if !text.contains("{{") && !text.contains('<') {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut joined = String::with_capacity(text.len());
    let mut fence = Fence::default();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let end = if fence.is_code(line) { None } else { end_of(line) };
        let between = end.and_then(|end| lines[at + 1..].iter().take(MAX_LINES).position(|line| line.contains(end)));
        // The line of the end is the one after those between.
        let next = at + 1 + between.map_or(0, |between| between + 1);
        joined.push_str(line);
        for line in &lines[at + 1..next] {
            joined.push(' ');
            joined.push_str(line.trim());
        }
        at = next;
        if at < lines.len() {
            joined.push('\n');
        }
    }
    joined
}

/// What ends the tag that a line leaves open.
fn end_of(line: &str) -> Option<&'static str> {
    for (open, close) in SHORTCODES {
        if let Some(at) = line.rfind(open)
            && !line[at..].contains(close)
        {
            return line[..at].matches('`').count().is_multiple_of(2).then_some(close);
        }
    }
    let component = line.trim_start().strip_prefix('<')?;
    (component.starts_with(|first: char| first.is_ascii_uppercase())
        && component.chars().nth(1).is_some_and(|second| second.is_ascii_alphanumeric())
        && !component.contains('>'))
    .then_some(">")
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn a_tag_stands_on_one_line() {
        for (text, expected) in [
            (
                "前 {{< figure\n  src=\"a.png\"\n  alt=\"图\" >}} 后\n尾",
                "前 {{< figure src=\"a.png\" alt=\"图\" >}} 后\n尾",
            ),
            (
                "<Tabs\n  groupId=\"os\"\n  values={[\n    {label: 'x'},\n  ]}>\n正文\n",
                "<Tabs groupId=\"os\" values={[ {label: 'x'}, ]}>\n正文\n",
            ),
            ("```\n{{< figure\nsrc >}}\n```\n", "```\n{{< figure\nsrc >}}\n```\n"),
            ("没有结尾的 {{< figure\n后\n", "没有结尾的 {{< figure\n后\n"),
            ("a <B\nc\n", "a <B\nc\n"),
            ("`{{<` 是开头\n后 >}}\n", "`{{<` 是开头\n后 >}}\n"),
        ] {
            assert_eq!(tags(text), expected, "{text}");
        }
    }
}
