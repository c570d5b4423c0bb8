//! Front matter: YAML between `---`, TOML between `+++`, JSON in braces; odd YAML line by line rather than lost.

use serde_json::{Map, Value};

/// The largest front matter in bytes; what is longer is text.
const MAX_BYTES: usize = 64 * 1024;

/// Front matter and the text behind it.
pub(crate) struct Split<'a> {
    pub fields: Map<String, Value>,
    pub body: &'a str,
    pub warning: Option<String>,
}

/// Splits a text.
pub(crate) fn split(text: &str) -> Split<'_> {
    let start = text.trim_start_matches('\n');
    let none = Split { fields: Map::new(), body: text, warning: None };
    let (mark, toml) = match start.lines().next().map(str::trim_end) {
        Some("---") => ("---", false),
        Some("+++") => ("+++", true),
        Some(line) if line.starts_with('{') && !line.starts_with("{{") && !line.starts_with("{%") => {
            return json(start).unwrap_or(none);
        }
        _ => return none,
    };
    let inside = &start[start.find('\n').map_or(start.len(), |at| at + 1)..];
    let mut end = 0;
    for line in inside.split_inclusive('\n') {
        if line.trim_end() == mark || (!toml && line.trim_end() == "...") {
            let (front, body) = (&inside[..end], &inside[end + line.len()..]);
            if front.len() > MAX_BYTES {
                return Split {
                    warning: Some("its front matter is longer than 64 kB and was taken as text".into()),
                    ..none
                };
            }
            let parsed = if toml { read_toml(front) } else { read_yaml(front) };
            return match parsed {
                Some(fields) => Split { fields, body, warning: None },
                None => Split {
                    fields: lenient(front),
                    body,
                    warning: Some("unparsed front matter: it was read line by line".into()),
                },
            };
        }
        end += line.len();
    }
    let unclosed = || format!("its front matter has no second {mark} and was taken as text");
    Split { warning: names_something(inside, toml).then(unclosed), ..none }
}

/// Whether the first line is a field: a text may as well begin with a line across the page.
fn names_something(inside: &str, toml: bool) -> bool {
    let first = inside.lines().next().unwrap_or_default();
    let name = first.split_once(if toml { '=' } else { ':' }).map_or("", |(name, _)| name.trim());
    !name.is_empty() && name.chars().all(|character| character.is_alphanumeric() || "_-".contains(character))
}

fn json(text: &str) -> Option<Split<'_>> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    let fields = stream.next()?.ok()?;
    let at = stream.byte_offset();
    Some(Split { fields, body: &text[at..], warning: None })
}

fn read_toml(front: &str) -> Option<Map<String, Value>> {
    let table: toml::Table = front.parse().ok()?;
    match plain_toml(toml::Value::Table(table)) {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}

/// TOML's values as JSON's; dates become texts.
fn plain_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().map(plain_toml).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(name, value)| (name, plain_toml(value))).collect())
        }
    }
}

fn read_yaml(front: &str) -> Option<Map<String, Value>> {
    if front.trim().is_empty() {
        return Some(Map::new());
    }
    // An alias can stand for ten others, and each of them too: front matter that needs any is read line by line.
    if front.lines().any(|line| line.contains(": *") || line.trim_start().starts_with("- *")) {
        return None;
    }
    let value: serde_norway::Value = serde_norway::from_str(&front.replace('\t', "  ")).ok()?;
    match serde_json::to_value(value).ok()? {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}

/// `name: value` line by line, with lists below a name.
fn lenient(front: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut last = String::new();
    for line in front.lines() {
        let trimmed = line.trim();
        if let Some(item) = trimmed.strip_prefix("- ") {
            if let Some(Value::Array(items)) = fields.get_mut(&last) {
                items.push(unquoted(item));
            }
        } else if let Some((name, value)) = trimmed.split_once([':', '=', '：']) {
            let name = name.trim().to_lowercase();
            let nested = line.starts_with([' ', '\t']);
            if name.is_empty()
                || name.starts_with('#')
                || nested
                || !name.chars().all(|c| c.is_alphanumeric() || "_-".contains(c))
            {
                continue;
            }
            let value = value.trim();
            let value = if value.is_empty() { Value::Array(Vec::new()) } else { unquoted(value) };
            last.clone_from(&name);
            fields.entry(name).or_insert(value);
        }
    }
    fields
}

fn unquoted(text: &str) -> Value {
    let text = text.trim();
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .or_else(|| text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')));
    match (inner, text) {
        (Some(inner), _) => Value::String(inner.replace("\\\"", "\"")),
        (None, "true") => Value::Bool(true),
        (None, "false") => Value::Bool(false),
        (None, text) => Value::String(text.to_owned()),
    }
}
