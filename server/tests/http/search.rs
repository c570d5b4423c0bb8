//! Search and suggestions over HTTP: what is answered, and that nothing anybody types is answered badly.

use crate::site::{TestSite, until};
use axum::http::StatusCode;
use serde_json::Value;
use std::time::{Duration, Instant};
use types::percent::encode;

const FILES: [(&str, &str); 6] = [
    (
        "kibana.md",
        "---\ntitle: 用 Kibana 监控 Elasticsearch 集群\ncategory: Kibana\ntags: [集群, 监控]\n---\n开头。\n\n## 集群状态\n\n在 Kibana 里看集群状态。\n",
    ),
    ("cpp.md", "---\ntitle: C++ 模板\ncategory: c++\ntags: [C++]\n---\nC++ 的模板，与 C 不同。\n"),
    ("csharp.md", "---\ntitle: C# 委托\ncategory: c#\ntags: [C#]\n---\nC# 的委托，在 .NET 上。\n"),
    ("dotnet.md", "---\ntitle: .NET 运行时\ncategory: .net\ntags: [.NET]\n---\n.NET 的运行时与 C#。\n"),
    ("gin.md", "---\ntitle: Go Gin 中间件\ncategory: Go Gin\ntags: [Gin]\n---\nGin 的中间件，用 Go 写。\n"),
    (
        "kubernetes.md",
        "---\ntitle: Kubernetes 节点\ncategory: k8s\ntags: [节点]\n---\nKubernetes 的 node 是一个节点。`SELECT * FROM t`\n",
    ),
];

async fn search(site: &TestSite, query: &str) -> Value {
    let answer = site.get(&format!("/api/search?q={query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
    answer.json()
}

fn slugs(results: &Value) -> Vec<&str> {
    results["hits"].as_array().unwrap().iter().map(|hit| hit["slug"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn names_find_their_own_category() {
    let site = TestSite::with(&FILES).await;
    for (query, slug) in
        [("C%2B%2B", "cpp"), ("c%23", "csharp"), (".net", "dotnet"), ("Go+Gin", "gin"), ("node", "kubernetes")]
    {
        let results = search(&site, query).await;
        assert_eq!(slugs(&results).first(), Some(&slug), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_searches_what_was_typed() {
    let site = TestSite::with(&FILES).await;
    for typed in ["%41bc", "%20", "100%25", "a+b", "%E4%B8"] {
        let page = site.get(&format!("/search?q={}", encode(typed))).await;
        page.assert_page(&format!("value=\"{typed}\""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn slips_and_pinyin_are_put_right_and_can_be_refused() {
    let site = TestSite::with(&FILES).await;
    for (query, corrected, slug) in [("kuberntes", "kubernetes", "kubernetes"), ("jiqun", "集群", "kibana")] {
        let results = search(&site, query).await;
        assert_eq!((results["corrected"].as_str(), slugs(&results)), (Some(corrected), vec![slug]), "{query}");
        let results = search(&site, &format!("{query}&verbatim=1")).await;
        assert_eq!((&results["corrected"], &results["total"]), (&Value::Null, &Value::from(0)), "{query}");
    }
    assert_eq!(search(&site, "kubernetes").await["corrected"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_values_of_a_filter_widen_in_both_spellings() {
    let site = TestSite::with(&FILES).await;
    for query in ["tag=c%2B%2B,c%23", "tag=c%2B%2B&tag=c%23", "tag=C%23&tag=unknown&tag=C%2B%2B"] {
        let results = site.get(&format!("/api/search?q=%E7%9A%84&{query}")).await.json();
        let mut found = slugs(&results);
        found.sort_unstable();
        assert_eq!(found, ["cpp", "csharp"], "{query}");
    }
    let listed = site.get("/api/articles?tag=c%2B%2B&tag=c%23").await.json();
    assert_eq!(listed["total"], 2);
    site.get("/search?q=%E8%8A%82%E7%82%B9&tag=x&tag=%E8%8A%82%E7%82%B9")
        .await
        .assert_page("href=\"/articles/kubernetes\"");
    let kinds = search(&site, "kubernetes&kind=reprint").await;
    assert_eq!(kinds["total"], 0);
    assert_eq!(kinds["facets"]["kind"][0]["value"], "original");
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_without_words_list_what_they_let_through() {
    let site = TestSite::with(&FILES).await;
    for (query, expected) in [
        ("&tag=C%2B%2B", vec!["cpp"]),
        ("&category=kibana", vec!["kibana"]),
        ("%22%22&tag=C%2B%2B", vec!["cpp"]),
        ("", vec![]),
        ("%22", vec![]),
        ("%22%22", vec![]),
        ("%00", vec![]),
        ("&sort=newest", vec![]),
        ("kibana&month=bogus", vec![]),
        ("kibana&month=2026-13", vec![]),
        ("&month=2026-13", vec![]),
        ("kibana&month=", vec!["kibana"]),
    ] {
        let results = search(&site, query).await;
        assert_eq!((slugs(&results), &results["total"]), (expected.clone(), &Value::from(expected.len())), "{query}");
    }
    let without_q = site.get("/api/search?tag=C%23").await.json();
    assert_eq!(slugs(&without_q), ["csharp"]);
    site.get("/search?tag=C%23").await.assert_page("href=\"/articles/csharp\"");
    let page = site.get("/search?q=kibana&month=2026-13").await;
    page.assert_page("去掉全部筛选");
    assert!(!page.body.contains("class=\"card hit\""));
    assert_eq!(site.get("/api/articles?month=2026-13").await.json()["total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_results_are_told_apart_and_end() {
    let texts: Vec<String> = (0..22).map(|number| format!("# 集群 {number}\n\n集群的状态。\n")).collect();
    let names: Vec<String> = (0..22).map(|number| format!("n{number}.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    let site = TestSite::with(&files).await;
    let word = encode("集群");
    let first = site.get(&format!("/search?q={word}")).await;
    first.assert_page("<title>集群 - 搜索结果 · ");
    first.assert_page("有关的 22 篇文章。");
    let second = site.get(&format!("/search?q={word}&page=2")).await;
    second.assert_page("<title>集群 - 搜索结果 · 第 2 页，共 2 页 · ");
    let narrowed = format!("/search?q={word}&kind=original");
    for address in ["/search?q=nothing-like-it", &narrowed, &format!("/search?q={word}&page=2")] {
        site.get(address).await.assert_page("<meta name=\"robots\" content=\"noindex\"");
    }
    assert!(!first.body.contains("noindex"));
    for page in ["3", "999"] {
        let answer = site.get(&format!("/search?q={word}&page={page}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
        assert!(answer.body.contains("这一页没有文章了") && answer.body.contains("回到第一页"), "{page}");
        assert!(!answer.body.contains("rel=\"canonical\""), "{page}");
    }
    let results = search(&site, &format!("{word}&page=999")).await;
    assert_eq!((slugs(&results).len(), &results["total"]), (0, &Value::from(22)));
}

#[tokio::test(flavor = "multi_thread")]
async fn facets_name_hidden_categories_as_people_read_them() {
    let site = TestSite::with(&FILES).await;
    let tree = site.site.store.category_tree().await.unwrap();
    let kibana = tree.iter().flat_map(|group| &group.leaves).find(|leaf| leaf.slug.as_str() == "kibana").unwrap();
    let event = store::Event { actor: "test", action: "tried", object: "", address: "" };
    site.site.store.hide_category(kibana.id, true, &event).await.unwrap();
    let results = search(&site, "kibana").await;
    let facet = results["facets"]["category"].as_array().unwrap();
    assert!(facet.iter().any(|value| value["value"] == "kibana" && value["label"] == "Kibana"), "{facet:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn suggestions_lead_to_categories_tags_and_articles() {
    let site = TestSite::with(&FILES).await;
    let first = async |typed: &str| {
        let found = site.get(&format!("/api/suggest?q={}", encode(typed))).await.json();
        let found = found.as_array().unwrap().clone();
        assert!(found.len() <= 10);
        for suggestion in &found {
            let page = site.get(suggestion["url"].as_str().unwrap()).await;
            assert_eq!(page.status, StatusCode::OK, "{suggestion}");
        }
        found
    };
    for (typed, kind, text) in [
        ("kib", "category", "Kibana"),
        ("用kib", "article", "用 Kibana 监控 Elasticsearch 集群"),
        ("集", "tag", "集群"),
        ("jiqun", "tag", "集群"),
        ("c#", "category", "c#"),
        ("kuberntes", "article", "Kubernetes 节点"),
    ] {
        let found = first(typed).await;
        assert!(found.iter().any(|one| one["kind"] == kind && one["text"] == text), "{typed}: {found:?}");
    }
    for kind in ["category", "tag", "article"] {
        let found = site.get(&format!("/api/suggest?q=k&kind={kind}")).await.json();
        assert!(found.as_array().unwrap().iter().all(|one| one["kind"] == kind), "{kind}: {found}");
    }
    assert!(first("").await.is_empty() && first("，。！").await.is_empty());
    let own = first("kib").await.iter().map(|one| one["text"].clone()).collect::<Vec<_>>();
    let browser = site.get("/api/suggest/browser?q=kib").await;
    assert_eq!(browser.header("content-type"), "application/x-suggestions+json; charset=utf-8");
    assert_eq!(browser.json(), serde_json::json!(["kib", own]));
    for query in ["", "?q=", "?q=%FF", "?q=a&q=b"] {
        assert_eq!(site.get(&format!("/api/suggest/browser{query}")).await.status, StatusCode::OK, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_typed_is_answered_badly() {
    let site = TestSite::with(&FILES).await;
    let long = "%E9%94%81".repeat(3000);
    let terms: String = (0..500).map(|number| format!("w{number}+")).collect();
    for query in [
        long.as_str(),
        &terms,
        "%00%01%7F%0D%0A",
        "%ED%A0%80%ED%BF%BF",
        "%FF%FE",
        "%EF%BC%8C%E3%80%82%EF%BC%81%3F%3F",
        "%22%22%22",
        "%22abc",
        "%2F.*%5B%5D%28%2B%29%24%2F",
        "kibana&page=-1",
        "kibana&page=99999999999999999999",
        "kibana&page=abc&per_page=-5&sort=up&scope=nothing",
        "kibana&category=..%2F..&tag=%00&month=13&kind=nonsense&author=%22",
        "kibana&unknown=1&q=second",
        "%",
        "%zz",
        "-",
        "-kibana",
        "tag:",
        "before:9999999",
        "",
    ] {
        let began = Instant::now();
        let results = search(&site, query).await;
        assert!(results["hits"].is_array() && results["facets"]["category"].is_array(), "{query}");
        let page = site.get(&format!("/search?q={query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        let suggested = site.get(&format!("/api/suggest?q={query}")).await;
        assert_eq!(suggested.status, StatusCode::OK, "{query}");
        assert!(began.elapsed() < Duration::from_secs(5), "{query} took {:?}", began.elapsed());
    }
    assert_eq!(slugs(&search(&site, "kibana&page=-1").await), ["kibana"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_22_hits_is_light_and_its_passages_short() {
    let texts: Vec<(String, String)> = (0..22)
        .map(|number| {
            let body = "关于集群状态的长段落，里面没有句号，".repeat(60);
            (
                format!("n{number}.md"),
                format!("# 集群 {number}\n\n{body}\n\n```\nGET _cluster/health?pretty # 注释 60 * 1000\n```\n"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::with(&files).await;
    let results = search(&site, "%E9%9B%86%E7%BE%A4%E7%8A%B6%E6%80%81&per_page=22").await;
    assert_eq!(results["hits"].as_array().unwrap().len(), 22);
    for hit in results["hits"].as_array().unwrap() {
        for snippet in hit["snippets"].as_array().unwrap() {
            let text: String =
                snippet["pieces"].as_array().unwrap().iter().map(|piece| piece["text"].as_str().unwrap()).collect();
            assert!(text.chars().count() <= 200, "{text}");
        }
    }
    let code = search(&site, "%2260+*+1000%22").await;
    let pieces = code["hits"][0]["snippets"][0]["pieces"].as_array().unwrap();
    let text: String = pieces.iter().map(|piece| piece["text"].as_str().unwrap()).collect();
    assert_eq!(text, "GET _cluster/health?pretty # 注释 60 * 1000");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_is_repaired_while_the_site_serves() {
    let site = TestSite::with(&FILES).await;
    site.site.index.store(None);
    assert_eq!(site.get("/api/search?q=kibana").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let page = site.get("/search?q=kibana").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!page.header("retry-after").is_empty());
    assert!(page.body.contains("搜索的索引正在准备") && page.body.contains("value=\"kibana\""), "{}", page.body);
    assert_eq!(site.get("/articles/kibana").await.status, StatusCode::OK);
    // A file is cut, as by a failing disk; then the indexer starts.
    let generation = std::fs::read_to_string(site.site.index_folder.join("CURRENT")).unwrap();
    let folder = site.site.index_folder.join(generation.trim());
    for file in std::fs::read_dir(&folder).unwrap().flatten() {
        if file.path().extension().is_some_and(|ending| ending == "term") {
            std::fs::write(file.path(), "short").unwrap();
        }
    }
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let job = tokio::spawn(server::indexer::follow(site.site.clone(), stopped));
    until(async || site.get("/api/search?q=kibana").await.status == StatusCode::OK).await;
    assert_eq!(search(&site, "kibana").await["total"], 1);
    let status = server::indexer::status(&site.site).await.unwrap();
    assert!(status.open && status.lag() == 0 && status.documents == 6, "{status:?}");

    // Somebody asks for a rebuild; searches go on meanwhile.
    std::fs::write(site.site.index_folder.join("REBUILD"), "").unwrap();
    until(async || {
        assert_eq!(search(&site, "kibana").await["total"], 1);
        !site.site.index_folder.join("REBUILD").exists()
    })
    .await;
    let rebuilt = server::indexer::status(&site.site).await.unwrap();
    assert!(rebuilt.generation > status.generation && rebuilt.documents == 6, "{rebuilt:?}");
    stop.send(true).unwrap();
    job.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_of_another_version_is_made_anew() {
    let site = TestSite::with(&FILES).await;
    site.site.index.store(None);
    let generation = std::fs::read_to_string(site.site.index_folder.join("CURRENT")).unwrap();
    let meta = site.site.index_folder.join(generation.trim()).join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let older = text.replacen("stamp\\\":\\\"", "stamp\\\":\\\"0", 1);
    assert_ne!(text, older);
    std::fs::write(&meta, older).unwrap();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let job = tokio::spawn(server::indexer::follow(site.site.clone(), stopped));
    until(async || {
        let found = site.get("/api/search?q=kibana").await.status;
        assert!(matches!(found, StatusCode::OK | StatusCode::SERVICE_UNAVAILABLE), "{found}");
        assert_eq!(site.get("/articles/kibana").await.status, StatusCode::OK);
        found == StatusCode::OK
    })
    .await;
    assert_eq!(search(&site, "kibana").await["total"], 1);
    stop.send(true).unwrap();
    job.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_found_within_a_second() {
    let site = TestSite::with(&FILES).await;
    site.site.index.store(None);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let job = tokio::spawn(server::indexer::follow(site.site.clone(), stopped));
    until(async || site.site.index.load().is_some()).await;
    site.write(&[("fresh.md", "# 刚刚发布\n\n新鲜的文字。\n")]).await;
    let began = Instant::now();
    site.site.changed.notify_one();
    until(async || search(&site, "%E5%88%9A%E5%88%9A%E5%8F%91%E5%B8%83").await["total"] == 1).await;
    // The promise is a second; beside other tests it may take some.
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    stop.send(true).unwrap();
    job.await.unwrap();
}
