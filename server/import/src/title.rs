//! Titles that stand in the text: as its first heading, or as a comment.

/// The text of the first heading, if the text begins with one.
pub(crate) fn first_heading(body: &str) -> Option<String> {
    let mut lines = body.lines().skip_while(|line| line.trim().is_empty());
    let first = lines.next()?;
    if let Some(text) = first.strip_prefix("# ") {
        return Some(text.trim().trim_end_matches('#').trim().to_owned());
    }
    let second = lines.next()?.trim_end();
    (second.len() >= 2 && second.chars().all(|character| character == '=')).then(|| first.trim().to_owned())
}

/// The text without the heading that [`first_heading`] found.
pub(crate) fn without_heading(body: &str) -> String {
    let start = body.trim_start_matches(['\n', ' ']);
    let mut lines = start.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let setext = !first.starts_with("# ");
    let second = if setext { lines.next().unwrap_or_default() } else { "" };
    start[first.len() + second.len()..].to_owned()
}

/// `[//]: # (title: …)`, as some books write it.
pub(crate) fn link_comment_title(body: &str) -> Option<String> {
    let line = body.lines().find(|line| line.starts_with("[//]: # (title:"))?;
    Some(line.split_once("title:")?.1.trim().trim_end_matches(')').trim().to_owned())
}

/// A title as text: marks of code, emphasis, links and ids are gone, tags in it stay as text.
pub(crate) fn without_markup(title: &str) -> String {
    let title = [" {#", " { #", "{/*"].into_iter().fold(title, |title, id| title.split(id).next().unwrap_or(title));
    let mut text = String::new();
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let link = after.split_once("](").filter(|(label, _)| !label.contains('['));
        match link.and_then(|(label, after)| Some((label, after.split_once(')')?.1))) {
            Some((label, behind)) => {
                text.push_str(label);
                rest = behind;
            }
            None => {
                text.push('[');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text.replace(['`'], "").replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ")
}
