//! Completes what is being typed: categories, tags and titles by their beginnings and by the beginnings of their words, in
//! characters, in pinyin or by the first letters of the pinyin, and with a slip in an English word.
//!
//! All of it is in memory, in sorted lists of keys, so that an answer takes microseconds; at 100,000 titles that is about
//! 60 MB. It is made anew when the articles have changed.

mod keys;
mod shelf;

use self::keys::key;
use self::shelf::{Shelf, Way};
use crate::readings::readings;
use crate::typing::{allowed, slips};
use analysis::{Normalized, Tokens, View};
use std::collections::{BTreeSet, HashSet};
use types::{Suggestion, SuggestionKind};

/// The most suggestions that are given.
const LIMIT: usize = 10;
/// Of these, so many may be categories and so many tags, as long as there are titles.
const CATEGORIES: usize = 3;
const TAGS: usize = 3;
/// With fewer suggestions than this, a slip is looked for.
const FEW: usize = 3;

/// Something that can be suggested.
#[derive(Clone, Debug)]
pub struct Target {
    /// The suggestion.
    pub suggestion: Suggestion,
    /// The greater, the earlier among its like: views, or articles.
    pub weight: i64,
    /// Other names that lead to it.
    pub aliases: Vec<String>,
}

/// Everything that can be suggested at a moment.
#[derive(Debug, Default)]
pub struct Suggester {
    shelves: [Shelf; 3],
    /// English words of all texts, sorted, each once.
    words: Vec<Box<str>>,
}

impl Suggester {
    /// Takes in everything that can be suggested.
    #[must_use]
    pub fn new(mut targets: Vec<Target>) -> Self {
        targets.sort_by(|one, other| {
            other.weight.cmp(&one.weight).then_with(|| one.suggestion.text.cmp(&other.suggestion.text))
        });
        let mut made = Self::default();
        let mut words = BTreeSet::new();
        for Target { suggestion, aliases, .. } in targets {
            let text = Normalized::new(&suggestion.text).into_text();
            let mut tokens = Tokens::new(&text, View::Spellings);
            while let Some(word) = tokens.next() {
                if !words.contains(word.text) {
                    words.insert(Box::from(word.text));
                }
            }
            let aliases: Vec<_> = aliases.iter().map(|alias| Normalized::new(alias).into_text()).collect();
            made.shelves[shelf(suggestion.kind)].add(&text, &aliases, suggestion);
        }
        made.shelves.iter_mut().for_each(Shelf::sort);
        made.words = words.into_iter().collect();
        made
    }

    /// What could be meant, the likeliest first; at most ten, and only of one kind when one is wanted.
    #[must_use]
    pub fn suggest(&self, typed: &str, wanted: Option<SuggestionKind>) -> Vec<Suggestion> {
        let normalized = Normalized::new(typed).into_text();
        let mut found = self.lookup(&key(&normalized), wanted);
        if found.len() < FEW
            && let Some(meant) = self.without_slips(&normalized)
        {
            let known: HashSet<String> = found.iter().map(|suggestion| suggestion.url.clone()).collect();
            found.extend(self.lookup(&key(&meant), wanted).into_iter().filter(|meant| !known.contains(&meant.url)));
            found.truncate(LIMIT);
        }
        found
    }

    fn lookup(&self, key: &str, wanted: Option<SuggestionKind>) -> Vec<Suggestion> {
        if key.is_empty() {
            return Vec::new();
        }
        // `数据ku` is an unfinished word: it is read as a whole.
        let has_letters = key.bytes().any(|byte| byte.is_ascii_lowercase()) && key.chars().all(char::is_alphanumeric);
        let is_latin = key.is_ascii();
        let read = if has_letters { readings(key).into_iter().next() } else { None };
        let mut found: [Vec<u32>; 3] = Default::default();
        for way in [Way::Text, Way::Pinyin, Way::Initials] {
            let typed = match way {
                Way::Text => Some(key),
                Way::Pinyin => read.as_deref(),
                Way::Initials => (is_latin && key.len() >= 2).then_some(key),
            };
            let Some(typed) = typed else { continue };
            for (shelf, found) in self.shelves.iter().zip(&mut found) {
                for value in shelf.keys(way).starting_with(typed, LIMIT) {
                    if found.len() < LIMIT && !found.contains(&value) {
                        found.push(value);
                    }
                }
            }
        }
        if let Some(kind) = wanted {
            let shelf = shelf(kind);
            let of_kind = found[shelf].iter().map(|value| self.shelves[shelf].suggestions[*value as usize].clone());
            return of_kind.collect();
        }
        let [categories, tags, articles] = found;
        // Titles that there are not leave their places to the others.
        let places = LIMIT - articles.len().min(LIMIT - CATEGORIES - TAGS);
        let tag_places = tags.len().min(TAGS.max(places.saturating_sub(categories.len())));
        let category_places = categories.len().min(places - tag_places.min(places));
        let chosen = [(0, &categories[..category_places]), (1, &tags[..tag_places]), (2, &articles[..])];
        let chosen = chosen.into_iter().flat_map(|(shelf, values)| values.iter().map(move |value| (shelf, *value)));
        chosen.take(LIMIT).map(|(shelf, value)| self.shelves[shelf].suggestions[value as usize].clone()).collect()
    }

    /// What was typed with its unknown English words replaced by the nearest ones, the last of which may be unfinished.
    fn without_slips(&self, typed: &str) -> Option<String> {
        let mut corrected = String::new();
        let mut at = 0;
        let mut tokens = Tokens::new(typed, View::Spellings);
        while let Some(token) = tokens.next() {
            if token.start < at {
                continue;
            }
            let open = token.end == typed.len();
            if let Some(word) = self.nearest(token.text, open) {
                corrected.push_str(&typed[at..token.start]);
                corrected.push_str(word);
                at = token.end;
            }
        }
        (at > 0).then(|| corrected + &typed[at..])
    }

    /// The nearest word with the same first letter; `None` for words that are known.
    fn nearest(&self, typed: &str, open: bool) -> Option<&str> {
        let from = self.words.partition_point(|word| **word < typed[..1]);
        let alike = self.words[from..].iter().take_while(|word| word.starts_with(&typed[..1]));
        let mut best: Option<(usize, usize, &str)> = None;
        for word in alike {
            if &**word == typed || (open && word.starts_with(typed)) {
                return None;
            }
            let limit = best.map_or(allowed(typed.len()), |(slips, ..)| slips);
            if let Some(slips) = slips(typed, word, limit, open)
                && best.is_none_or(|(least, length, _)| (slips, word.len()) < (least, length))
            {
                best = Some((slips, word.len(), word));
            }
        }
        best.map(|(_, _, word)| word)
    }
}

fn shelf(kind: SuggestionKind) -> usize {
    match kind {
        SuggestionKind::Category => 0,
        SuggestionKind::Tag => 1,
        SuggestionKind::Article => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggester(targets: &[(SuggestionKind, &str, i64)]) -> Suggester {
        let target = |&(kind, text, weight): &(SuggestionKind, &str, i64)| Target {
            suggestion: Suggestion { kind, text: text.to_owned(), url: format!("/{text}") },
            weight,
            aliases: Vec::new(),
        };
        Suggester::new(targets.iter().map(target).collect())
    }

    fn texts(suggester: &Suggester, typed: &str) -> Vec<String> {
        suggester.suggest(typed, None).into_iter().map(|suggestion| suggestion.text).collect()
    }

    use SuggestionKind::{Article, Category, Tag};

    #[test]
    fn one_kind_alone_and_other_names() {
        let tag = Suggestion { kind: Tag, text: "Kubernetes".into(), url: "/tag/kubernetes".into() };
        let article = Suggestion { kind: Article, text: "K8s 入门".into(), url: "/articles/k8s".into() };
        let suggester = Suggester::new(vec![
            Target { suggestion: tag.clone(), weight: 1, aliases: vec!["k8s".into()] },
            Target { suggestion: article.clone(), weight: 1, aliases: Vec::new() },
        ]);
        assert_eq!(suggester.suggest("k8", Some(Tag)), [tag]);
        assert_eq!(suggester.suggest("k8", Some(Article)), [article]);
        assert_eq!(suggester.suggest("k8", Some(Category)), []);
    }

    #[test]
    fn completes_beginnings_words_pinyin_and_initials() {
        let suggester = suggester(&[
            (Category, "C++", 3),
            (Category, "Elasticsearch", 5),
            (Tag, "集群", 9),
            (Article, "用 Kibana 监控 Elasticsearch 集群", 10),
            (Article, "集群的重启", 1),
            (Article, "C 语言入门", 4),
            (Article, "數據庫分片", 2),
        ]);
        assert_eq!(texts(&suggester, "集"), ["集群", "集群的重启", "用 Kibana 监控 Elasticsearch 集群"]);
        assert_eq!(texts(&suggester, "jiqun"), ["集群", "集群的重启", "用 Kibana 监控 Elasticsearch 集群"]);
        assert_eq!(texts(&suggester, "jq"), ["集群", "集群的重启", "用 Kibana 监控 Elasticsearch 集群"]);
        assert_eq!(texts(&suggester, "ELASTI"), ["Elasticsearch", "用 Kibana 监控 Elasticsearch 集群"]);
        assert_eq!(texts(&suggester, "c++"), ["C++"]);
        assert_eq!(texts(&suggester, "ｋｉｂ"), ["用 Kibana 监控 Elasticsearch 集群"]);
        assert_eq!(texts(&suggester, "数据"), ["數據庫分片"]);
        assert_eq!(texts(&suggester, "数据ku"), ["數據庫分片"]);
        assert_eq!(texts(&suggester, "chongqi"), ["集群的重启"]);
        assert_eq!(texts(&suggester, "用kibana监"), ["用 Kibana 监控 Elasticsearch 集群"]);
        assert!(texts(&suggester, "").is_empty() && texts(&suggester, "，。").is_empty());
    }

    #[test]
    fn a_slip_leads_to_the_word() {
        let suggester = suggester(&[(Article, "Kubernetes 入门", 1), (Tag, "redis", 1), (Article, "Kafka", 1)]);
        for typed in ["kuberntes", "kubernetse", "kubrn", "Kubernetess"] {
            assert_eq!(texts(&suggester, typed), ["Kubernetes 入门"], "{typed}");
        }
        assert_eq!(texts(&suggester, "rdeis"), ["redis"]);
        assert!(texts(&suggester, "qwertz").is_empty());
    }

    #[test]
    fn there_are_ten_and_the_most_read_come_first() {
        let mut targets = vec![(Category, "Go", 1), (Category, "Go Gin", 1), (Tag, "go", 1), (Tag, "golang", 2)];
        let titles: Vec<String> = (0..50).map(|number| format!("Go 笔记 {number}")).collect();
        targets.extend(titles.iter().zip(0..).map(|(title, weight)| (Article, title.as_str(), weight)));
        let found = texts(&suggester(&targets), "go");
        assert_eq!(found.len(), 10);
        assert_eq!(found[..6], ["Go", "Go Gin", "golang", "go", "Go 笔记 49", "Go 笔记 48"]);
    }

    #[test]
    fn any_text_is_answered() {
        let suggester = suggester(&[(Article, "重长行乐".repeat(60).as_str(), 1), (Tag, "🦀", 1), (Article, "", 1)]);
        for typed in ["重", "🦀", "\u{0}", "\"", &"重长".repeat(500), "zhongchang", "a".repeat(500).as_str(), "ǚ"]
        {
            assert!(suggester.suggest(typed, None).len() <= 1, "{typed}");
        }
    }
}
