//! What readers and programs are answered.

use crate::site::TestSite;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const ONE: (&str, &str) = (
    "db/one.md",
    "---\ntitle: 用 Kibana 监控 Elasticsearch\ndate: 2025-04-17 16:17:42\ncategory: Kibana\ntags: [集群, C++]\nauthor: 风中飘零\n---\n\
     开头一段话，说明这篇文章讲什么。\n\n## 集群状态\n\n看 `GET _cluster/health`，再看[另一篇](two.md#part)。\n",
);
const TWO: (&str, &str) = ("db/two.md", "# 第二篇\n\n## Part\n\n```bash\ncurl -s localhost:9200\n```\n");

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_complete_and_stands_there_once() {
    let site = TestSite::with(&[ONE, TWO]).await;
    let page = site.get("/articles/one").await;
    page.assert_page("<h1>用 Kibana 监控 Elasticsearch</h1>");
    page.assert_page("<title>用 Kibana 监控 Elasticsearch · 流光</title>");
    page.assert_page("href=\"/articles/two#part\"");
    assert_eq!(page.body.matches("再看").count(), 1, "the text is sent once");
    assert_eq!(site.get("/api/article?slug=one").await.json()["html"].as_str().unwrap().matches("再看").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reprint_names_its_original_and_an_english_text_its_language() {
    let reprint = (
        "db/shards.md",
        "---\ntitle: Sizing shards\nkind: reprint\nsources:\n  - {title: Sizing shards, url: \"https://example.org/shards\"}\n---\nOne shard is enough.\n",
    );
    let site = TestSite::with(&[ONE, reprint]).await;
    let head = |page: &str, one: &str, other: &str| page.split('<').any(|tag| tag.contains(one) && tag.contains(other));
    let page = site.get("/articles/shards").await.body;
    assert!(head(&page, "rel=\"canonical\"", "href=\"https://example.org/shards\""), "{page}");
    assert!(head(&page, "property=\"og:title\"", "content=\"Sizing shards\""), "{page}");
    assert!(head(&page, "property=\"og:locale\"", "content=\"en_US\""), "{page}");
    assert!(page.contains("<h1 lang=\"en\">Sizing shards</h1>"), "{page}");
    let page = site.get("/articles/one").await.body;
    assert!(head(&page, "rel=\"canonical\"", "href=\"http://site.test/articles/one\""), "{page}");
    assert!(page.contains("<h1>用 Kibana"), "{page}");
    assert_eq!(page.matches("og:locale").count(), 1, "{page}");
    let page = site.get("/").await.body;
    assert!(head(&page, "property=\"og:locale\"", "content=\"zh_CN\""), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_a_tag_is_decoded_once() {
    let odd = ("odd.md", "---\ntitle: 百分号\ntags: [\"%41\", \"100%\", C++]\n---\n全文。\n");
    let site = TestSite::with(&[odd]).await;
    for (path, heading) in [("/tag/%2541", "#%41"), ("/tag/100%25", "#100%"), ("/tag/c++", "#C++")] {
        let page = site.get(path).await;
        page.assert_page("href=\"/articles/odd\"");
        page.assert_page(heading);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_lead_to_articles() {
    let site = TestSite::with(&[ONE, TWO]).await;
    for path in [
        "/",
        "/category/kibana",
        "/category/search-and-logs",
        "/tag/c%2B%2B",
        "/tag/%E9%9B%86%E7%BE%A4",
        "/archive/2025-04",
        "/author/feng-zhong-piao-ling",
        "/?sort=views",
        "/?scope=articles",
    ] {
        site.get(path).await.assert_page("href=\"/articles/one\"");
    }
    for path in ["/archive", "/downloads", "/search"] {
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_marks_and_counts() {
    let site = TestSite::with(&[ONE, TWO]).await;
    let found = site.get("/api/search?q=Kibana%E9%9B%86%E7%BE%A4%E7%8A%B6%E6%80%81").await.json();
    assert_eq!(found["hits"][0]["slug"], "one");
    assert_eq!(found["total"], 1);
    assert!(found["facets"]["category"].as_array().is_some_and(|values| !values.is_empty()));
    site.get("/search?q=kibana").await.assert_page("<mark>");
    for query in ["%00%22(", "-", "%FF%FE", "a%20-%20%22", "?page=-1&category=../x&month=13"] {
        assert_eq!(site.get(&format!("/search?q={query}")).await.status, StatusCode::OK, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_searches_are_kept_for_every_encoding_until_something_changes() {
    let site = TestSite::with(&[ONE]).await;
    let kept = async || {
        let page = site.get("/metrics").await.body;
        let count = page.lines().find_map(|line| line.strip_prefix("liuguang_page_cache_hits_total "));
        count.unwrap_or_else(|| panic!("{page}")).parse::<u64>().unwrap()
    };
    for (already, path) in ["/articles/one", "/search?q=kibana"].into_iter().enumerate() {
        site.get(path).await;
        assert_eq!(kept().await, already as u64, "{path}");
        site.get(path).await;
        assert_eq!(kept().await, already as u64 + 1, "{path}");
        // What another encoding is kept in cannot be read here.
        let request = Request::builder().uri(path).header("host", "site.test").header("accept-encoding", "gzip");
        let other = site.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!((other.header("content-encoding"), kept().await), ("gzip", already as u64 + 1), "{path}");
    }
    assert!(!site.get("/search?q=kibana").await.body.contains("第二个"));
    site.import(&[("db/two.md", "# 第二个 Kibana\n\n别的话。\n")]).await;
    site.get("/search?q=kibana").await.assert_page("第二个");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_while_a_page_is_made_disturbs_nothing() {
    static PANICS: AtomicUsize = AtomicUsize::new(0);
    let site = TestSite::with(&[ONE, TWO]).await;
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        usual(panic);
    }));
    for number in 0..300_u64 {
        let path =
            format!("{}?left={number}", ["/", "/articles/one", "/category/kibana", "/search"][number as usize % 4]);
        let page = tokio::time::timeout(Duration::from_micros(number * 37 % 9000), site.get(&path));
        drop(page.await);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(PANICS.load(Ordering::Relaxed), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_404_with_help() {
    let site = TestSite::with(&[ONE]).await;
    for path in [
        "/articles/none",
        "/articles/..%2f",
        "/category/none",
        "/tag/none",
        "/author/none",
        "/archive/2025-13",
        "/none",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("没有这一页"), "{path}");
    }
    assert_eq!(site.get("/pkg/none.js").await.body, "");
    assert_eq!(site.get("/api/article?slug=none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_list_that_there_is_not_is_404_and_has_no_address() {
    let site = TestSite::with(&[ONE]).await;
    for path in ["/?page=99", "/category/kibana?page=2", "/?sort=views&page=9999", "/archive/1999-01"] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("class=\"empty\""), "{path}");
        for link in ["rel=\"canonical\"", "rel=\"prev\"", "rel=\"next\"", "property=\"og:url\""] {
            assert!(!page.body.contains(link), "{link} in {path}");
        }
    }
    // A month of reprints alone is there, also when somebody looks for originals in it.
    let reprint = (
        "old.md",
        "---\ntitle: 旧文\nkind: reprint\ndate: 2001-01-01\nsources:\n  - {title: 旧文, url: \"https://example.org/x\"}\n---\n正文\n",
    );
    site.import(&[reprint]).await;
    for path in ["/archive/2001-01", "/archive/2001-01?scope=articles", "/archive/2025-04"] {
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_again_changes_nothing_and_a_new_text_is_a_new_revision() {
    let site = TestSite::with(&[ONE, TWO]).await;
    let again = site.import(&[]).await;
    assert_eq!((again.unchanged, again.added, again.updated), (2, 0, 0));
    let changed = site.import(&[("db/two.md", "# 第二篇\n\n别的话。\n")]).await;
    assert_eq!((changed.unchanged, changed.updated), (1, 1));
    site.get("/articles/two").await.assert_page("别的话");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_the_same_bytes_until_something_changes() {
    let site = TestSite::with(&[ONE]).await;
    let page = site.get("/articles/one").await;
    let etag = page.header("etag").to_owned();
    assert!(etag.len() > 10);
    let request = Request::builder().uri("/articles/one").header("host", "site.test").header("if-none-match", &etag);
    let again = site.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn chance_leads_away_from_the_article_that_is_being_read() {
    let site = TestSite::with(&[ONE, TWO]).await;
    for _ in 0..8 {
        let found = site.get("/api/random?but=one").await.json();
        assert_eq!(found.as_array().unwrap().iter().map(|one| &one["slug"]).collect::<Vec<_>>(), ["two"]);
        let from = Request::builder().uri("/random").header("host", "site.test");
        let from = from.header("referer", "http://site.test/articles/one?from=list").body(Body::empty()).unwrap();
        assert_eq!(site.ask(from).await.header("location"), "/articles/two");
    }
    assert_eq!(site.get("/api/random?but=..").await.json().as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_find_what_they_look_for() {
    let site = TestSite::with(&[ONE]).await;
    site.get("/feed.xml").await.assert_page("<entry><title>用 Kibana 监控 Elasticsearch</title>");
    site.get("/sitemap.xml").await.assert_page("<loc>http://site.test/articles/one</loc>");
    site.get("/robots.txt").await.assert_page("Sitemap: http://site.test/sitemap.xml");
    site.get("/opensearch.xml").await.assert_page("{searchTerms}");
    site.get("/opensearch.xml").await.assert_page("template=\"http://site.test/api/suggest/browser?q={searchTerms}\"");
    let icon = site.get("/favicon.ico").await;
    assert_eq!((icon.status, icon.header("location")), (StatusCode::PERMANENT_REDIRECT, "/icons/180.png"));
    assert_eq!(icon.header("cache-control"), "public, max-age=604800");
    site.get("/healthz").await.assert_page("ok");
    site.get("/readyz").await.assert_page("ready");
}
