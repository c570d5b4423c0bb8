//! Searches as addresses: the whole state of the results page.

use types::percent::encode;
use types::{ArticleSort, PageNumber, Scope, SearchQuery, join_values};

/// The address of a search: only what differs from the usual is said.
#[must_use]
pub fn address(query: &SearchQuery) -> String {
    let mut address = format!("/search?q={}", encode(query.text()));
    for (name, value) in filters(query) {
        address.push_str(&format!("&{name}={}", encode(&value)));
    }
    let page = query.filter.page;
    if page != PageNumber::FIRST {
        address.push_str(&format!("&page={page}"));
    }
    if query.verbatim {
        address.push_str("&verbatim=1");
    }
    address
}

/// What a search is narrowed to and its order, as names and values of an address. Other words keep all of it.
#[must_use]
pub fn filters(query: &SearchQuery) -> Vec<(&'static str, String)> {
    let filter = &query.filter;
    [
        ("scope", (filter.scope != Scope::All).then(|| filter.scope.to_string())),
        ("category", join_values(&filter.category)),
        ("tag", join_values(&filter.tag)),
        ("author", filter.author.as_ref().map(ToString::to_string)),
        ("month", join_values(&filter.month)),
        ("kind", join_values(&filter.kind)),
        ("sort", (filter.sort != ArticleSort::Relevance).then(|| filter.sort.to_string())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// The same filter for other words, from the first page.
#[must_use]
pub fn with_words(query: &SearchQuery, words: &str) -> SearchQuery {
    let mut filter = query.filter.clone();
    filter.page = PageNumber::FIRST;
    SearchQuery::new(words, filter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::ArticleFilter;

    fn query(values: &[(&str, &str)]) -> SearchQuery {
        let value = |name: &str| values.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        SearchQuery::new(value("q").unwrap_or_default(), ArticleFilter::from_texts(value))
    }

    #[test]
    fn says_only_what_differs_from_the_usual() {
        assert_eq!(
            address(&query(&[("q", "c++ 锁"), ("page", "1"), ("sort", "relevance")])),
            "/search?q=c%2B%2B%20%E9%94%81"
        );
        let all = [
            ("q", "a"),
            ("scope", "reprints"),
            ("category", "mysql,redis"),
            ("month", "2025-04"),
            ("sort", "views"),
            ("page", "3"),
        ];
        assert_eq!(
            address(&query(&all).verbatim(true)),
            "/search?q=a&scope=reprints&category=mysql%2Credis&month=2025-04&sort=views&page=3&verbatim=1"
        );
    }

    #[test]
    fn other_words_keep_the_filter_and_begin_at_the_first_page() {
        let before = query(&[("q", "a"), ("tag", "c++"), ("page", "3")]).verbatim(true);
        assert_eq!(address(&with_words(&before, "b")), "/search?q=b&tag=c%2B%2B");
    }
}
