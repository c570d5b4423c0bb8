//! The library as a browser's worker uses it: articles as the server answers them, records, and searches.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

use offline_search::{Library, index};
use serde_json::{Value, json};

fn article(slug: &str, title: &str, html: &str) -> String {
    json!({
        "slug": slug, "title": title, "summary": "…", "kind": "original",
        "category": { "group": "数据库", "group_slug": "databases", "name": "MySQL", "slug": "mysql" },
        "tags": [{ "key": "lock", "name": "锁" }],
        "author": { "handle": "somebody", "name": "某人" },
        "published_at": 1_700_000_000_000_i64, "views": 3, "minutes": 1, "id": 1, "html": html,
        "outline": [{ "level": 2, "anchor": "why", "text": "为什么" }],
        "updated_at": 1_700_000_000_000_i64, "revision": 1, "applies_to": null, "further_reading": null,
        "provenance": [], "series": null, "previous": null, "next": null, "related": [],
    })
    .to_string()
}

fn library() -> Library {
    let mut library = Library::new();
    for (slug, title, html, initials) in [
        (
            "gap-lock",
            "MySQL 间隙锁与死锁",
            "<p>间隙锁锁住的是记录之间的空隙。</p><h2 id=\"why\">为什么</h2><p>死锁来自两个事务。</p>",
            "jxsyss",
        ),
        ("cache", "缓存穿透", "<p>布隆过滤器挡住不存在的键，kubernetes 里也一样。</p>", "hcct"),
        ("cluster", "集群状态", "<p>看状态，看集群，集群的状态就在这里。</p>", "jqzt"),
        ("cluster-far", "别的题目", "<p>集群。一段很长的话在中间。状态。</p>", "bdtm"),
    ] {
        assert!(library.add(index(&article(slug, title, html), initials)), "{slug}");
    }
    library
}

fn search(library: &Library, parameters: Value) -> Value {
    serde_json::from_str(&library.search(&parameters.to_string(), 1_700_000_000_000.0)).unwrap()
}

fn slugs(answer: &Value) -> Vec<&str> {
    answer["hits"].as_array().unwrap().iter().map(|hit| hit["slug"].as_str().unwrap()).collect()
}

#[test]
fn the_answer_is_one_that_the_search_page_can_read() {
    let answer = search(&library(), json!({ "q": "死锁 事务" }));
    let results: types::SearchResults = serde_json::from_value(answer).unwrap();
    assert_eq!(results.total, 1);
    let hit = &results.hits[0];
    assert_eq!(hit.slug.as_str(), "gap-lock");
    assert!(hit.title_pieces.iter().any(|piece| piece.hit && piece.text == "死锁"));
    assert_eq!(hit.snippets[0].anchor.as_deref(), Some("why"));
    assert_eq!(results.facets.category[0].label, "MySQL");
}

#[test]
fn neighbours_and_titles_come_first() {
    let library = library();
    assert_eq!(slugs(&search(&library, json!({ "q": "集群状态" }))), ["cluster", "cluster-far"]);
    assert_eq!(slugs(&search(&library, json!({ "q": "k8s" }))), ["cache"], "another name of the same thing");
    assert_eq!(slugs(&search(&library, json!({ "q": "锁" })))[0], "gap-lock", "one character");
    assert_eq!(slugs(&search(&library, json!({ "q": "hcct" }))), ["cache"], "initials in pinyin");
    assert!(slugs(&search(&library, json!({ "q": "没有的东西" }))).is_empty());
    assert!(slugs(&search(&library, json!({}))).is_empty());
}

#[test]
fn facets_count_what_answers_the_most_frequent_first() {
    let mut library = Library::new();
    for (slug, month, tag) in [("a", 1, "lock"), ("b", 2, "index"), ("c", 3, "index"), ("d", 3, "lock")] {
        let mut saved: Value = serde_json::from_str(&article(slug, "死锁", "<p>文</p>")).unwrap();
        saved["published_at"] = json!(1_700_000_000_000_i64 + month * 31 * 86_400_000);
        saved["tags"] = json!([{ "key": tag, "name": tag.to_uppercase() }]);
        assert!(library.add(index(&saved.to_string(), "")));
    }
    let facets = &search(&library, json!({ "q": "死锁" }))["facets"];
    assert_eq!(facets["category"], json!([{ "value": "mysql", "label": "MySQL", "count": 4 }]));
    let counts = |facet: &str, name: &str| -> Vec<(String, u64)> {
        let values = facets[facet].as_array().unwrap().iter();
        values.map(|value| (value[name].as_str().unwrap().to_owned(), value["count"].as_u64().unwrap())).collect()
    };
    assert_eq!(counts("tag", "label"), [("LOCK".to_owned(), 2), ("INDEX".to_owned(), 2)]);
    let months = ["2024-02", "2024-01", "2023-12"].map(str::to_owned);
    assert_eq!(counts("month", "value"), months.into_iter().zip([2, 1, 1]).collect::<Vec<_>>());
}

#[test]
fn filters_and_pages_are_those_of_the_address() {
    let library = library();
    for (name, value, total) in [
        ("scope", "downloads", 0),
        ("category", "mysql,redis", 2),
        ("category", "redis", 0),
        ("kind", "reprint", 0),
        ("kind", "reprint,original", 2),
        ("month", "2023-11", 2),
    ] {
        assert_eq!(search(&library, json!({ "q": "集群", name: value }))["total"], total, "{name}={value}");
    }
    let second = search(&library, json!({ "q": "集群", "page": "2", "per_page": "1" }));
    assert_eq!((second["total"].as_u64(), slugs(&second).len()), (Some(2), 1));
}

#[test]
fn a_removed_article_is_not_found_and_a_newer_record_replaces_the_older() {
    let mut library = library();
    library.add(index(&article("cache", "别名", "<p>布隆</p>"), ""));
    assert!(slugs(&search(&library, json!({ "q": "kubernetes" }))).is_empty());
    library.remove("cache");
    assert!(slugs(&search(&library, json!({ "q": "布隆" }))).is_empty());
}

#[test]
fn what_is_no_record_is_refused() {
    let mut library = Library::new();
    assert!(index("{}", "").is_empty());
    assert!(!library.add(Vec::new()));
    let mut record = index(&article("a", "标题", "<p>文</p>"), "");
    record.truncate(record.len() / 3);
    assert!(!library.add(record.clone()));
    record[0] ^= 1;
    assert!(!library.add(record), "made by other rules");
}
