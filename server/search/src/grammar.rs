//! Reads what people type into the search box. Every text has a meaning; none is an error.
//!
//! `words`, `"an exact text"`, `-without`, `tag:redis`, `cat:mysql`, `author:lin`, `before:2025`, `after:2024-06-30`;
//! Chinese quotation marks, the full-width colon and the Chinese names of the fields do as well. Options of commands are words.

use crate::options::is_option;
use types::{Handle, Slug, TagKey, Timestamp};

/// What was typed, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Request {
    /// Texts in order; neighbouring words stay together.
    pub parts: Vec<Part>,
    /// Every one of these tags.
    pub tags: Vec<TagKey>,
    /// This category, a group or a leaf.
    pub category: Option<Slug>,
    /// This author.
    pub author: Option<Handle>,
    /// Published from this moment on.
    pub after: Option<Timestamp>,
    /// Published before this moment.
    pub before: Option<Timestamp>,
}

/// A text of a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// Words to be found.
    Words(String),
    /// A text to be found as it stands.
    Exact(String),
    /// A text that must not be there.
    Without(String),
}

/// Reads a query.
pub(crate) fn read(text: &str) -> Request {
    let mut request = Request::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let before = &text[..text.len() - rest.len()];
        rest = read_piece(&mut request, before, rest).trim_start();
    }
    request
}

/// Reads the piece at the start of a text, which stands behind what was read before, and gives what follows it.
fn read_piece<'t>(request: &mut Request, before: &str, text: &'t str) -> &'t str {
    if let Some((quoted, rest)) = quoted(text) {
        request.push(Part::Exact(quoted.to_owned()));
        return rest;
    }
    if let Some(unwanted) = text.strip_prefix('-').filter(|unwanted| !is_option(before, word(unwanted).0)) {
        let (unwanted, rest) = value(unwanted);
        if !unwanted.is_empty() {
            request.push(Part::Without(unwanted.to_owned()));
        }
        return rest;
    }
    if let Some((name, after_name)) = text.split_once([':', '：'])
        && !name.contains(char::is_whitespace)
    {
        let (value, rest) = value(after_name);
        if request.restrict(name, value) {
            return rest;
        }
    }
    let (word, rest) = word(text);
    // A quotation mark that is not closed is only a mark.
    request.push(Part::Words(word.trim_start_matches(['"', '“', '”']).to_owned()));
    rest
}

/// A text in quotation marks at the start.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close: &[char] = match open {
        '"' | '“' | '”' | '＂' => &['"', '“', '”', '＂'],
        '「' => &['」'],
        _ => return None,
    };
    let (quoted, rest) = text[open.len_utf8()..].split_once(close)?;
    Some((quoted, rest))
}

/// A word or a text in quotation marks.
fn value(text: &str) -> (&str, &str) {
    quoted(text).unwrap_or_else(|| word(text))
}

/// Up to the next white space; a quotation mark inside a word begins another piece.
fn word(text: &str) -> (&str, &str) {
    let end = text
        .char_indices()
        .skip(1)
        .find(|&(_, character)| character.is_whitespace() || matches!(character, '"' | '“' | '「'));
    text.split_at(end.map_or(text.len(), |(at, _)| at))
}

impl Request {
    fn push(&mut self, part: Part) {
        match (self.parts.last_mut(), part) {
            (_, Part::Words(words) | Part::Exact(words) | Part::Without(words)) if words.trim().is_empty() => {}
            (Some(Part::Words(before)), Part::Words(words)) => {
                before.push(' ');
                before.push_str(&words);
            }
            (_, part) => self.parts.push(part),
        }
    }

    /// Takes `name:value` for a restriction if it is one.
    fn restrict(&mut self, name: &str, value: &str) -> bool {
        match name.to_lowercase().as_str() {
            "tag" | "标签" | "標籤" => value.parse().map(|tag| self.tags.push(tag)).is_ok(),
            "cat" | "category" | "分类" | "分類" => {
                category(value).map(|slug| self.category = Some(slug)).is_some()
            }
            "author" | "作者" => value.to_lowercase().parse().map(|handle| self.author = Some(handle)).is_ok(),
            "after" | "since" => day(value).map(|day| self.after = Some(day)).is_some(),
            "before" | "until" => day(value).map(|day| self.before = Some(day)).is_some(),
            _ => false,
        }
    }

    /// Whether nothing is asked for at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether nothing is asked for but restrictions.
    pub fn is_without_words(&self) -> bool {
        !self.parts.iter().any(|part| matches!(part, Part::Words(_) | Part::Exact(_)))
    }
}

/// A category by its slug, or by a name that makes one, such as `c++`.
fn category(value: &str) -> Option<Slug> {
    value.parse().or_else(|_| Slug::from_text(value)).ok()
}

/// The first moment of a year, a month or a day in the site's time zone.
fn day(value: &str) -> Option<Timestamp> {
    let mut numbers = value.split(['-', '/']).map(|number| number.parse::<i64>().ok());
    let year = numbers.next()?.filter(|year| (1..=9999).contains(year))?;
    let month = numbers.next().unwrap_or(Some(1)).filter(|month| (1..=12).contains(month))?;
    let day = numbers.next().unwrap_or(Some(1)).filter(|day| (1..=31).contains(day))?;
    if numbers.next().is_some() {
        return None;
    }
    // Howard Hinnant's `days_from_civil` (https://howardhinnant.github.io/date_algorithms.html).
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    Some(Timestamp(days * 86_400_000 - types::time::SITE_OFFSET_MINUTES * 60_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<Part> {
        read(text).parts
    }

    fn words(text: &str) -> Part {
        Part::Words(text.to_owned())
    }

    fn exact(text: &str) -> Part {
        Part::Exact(text.to_owned())
    }

    fn without(text: &str) -> Part {
        Part::Without(text.to_owned())
    }

    #[test]
    fn reads_words_quotations_and_exclusions() {
        assert_eq!(parts("redis 集群  模式"), [words("redis 集群 模式")]);
        assert_eq!(parts("锁 \"分布式锁\" -redis"), [words("锁"), exact("分布式锁"), without("redis")]);
        assert_eq!(parts("“一致性哈希”算法"), [exact("一致性哈希"), words("算法")]);
        assert_eq!(parts("-\"two words\""), [without("two words")]);
        assert_eq!(parts("c++ -c#"), [words("c++"), without("c#")]);
    }

    #[test]
    fn options_of_commands_are_words() {
        for text in ["rm -rf", "tar -xzvf", "kill -9", "git log --oneline", "ls -l", "详解 ps -ef | grep -rn x"] {
            assert_eq!(parts(text), [words(text)]);
        }
    }

    #[test]
    fn short_names_are_left_out_like_others() {
        for name in ["mysql", "http", "css", "go", "php", "jvm", "sql", "npm", "redis", "缓存"] {
            assert_eq!(parts(&format!("redis -{name}")), [words("redis"), without(name)]);
            assert_eq!(parts(&format!("docker 部署 -{name} -x")), [words("docker 部署"), without(name), words("-x")]);
            assert_eq!(parts(&format!("-{name}")), [without(name)]);
        }
    }

    #[test]
    fn reads_restrictions() {
        let request = read("tag:API网关 cat:c++ 作者：lin after:2024-02-29 before:2025 缓存");
        assert_eq!(request.tags, ["api网关".parse::<TagKey>().unwrap()]);
        assert_eq!(request.category.unwrap().as_str(), "cpp");
        assert_eq!(request.author.unwrap().as_str(), "lin");
        assert_eq!(request.after.unwrap().rfc3339(), "2024-02-29T00:00:00+08:00");
        assert_eq!(request.before.unwrap().rfc3339(), "2025-01-01T00:00:00+08:00");
        assert_eq!(request.parts, [words("缓存")]);
    }

    #[test]
    fn what_is_no_restriction_is_words() {
        for text in ["std::vec", "http://a.b/c", "before:tomorrow", "author:张三", "错误：超时", ":", "tag:", "a:b"]
        {
            assert_eq!(parts(text), [words(text)]);
        }
    }

    #[test]
    fn unbalanced_marks_are_ignored() {
        assert_eq!(parts("\"abc def"), [words("abc def")]);
        assert_eq!(parts("abc \""), [words("abc")]);
        assert_eq!(parts("\"\" - -- “"), [words("- --")]);
    }
}
