//! Feeds, site map and figures: their forms, their validators, and that code survives them.

use crate::site::TestSite;
use axum::body::Body;
use axum::http::{Request, StatusCode};

const ONE: (&str, &str) = (
    "one.md",
    "---\ntitle: 'C++ <T> & Kibana'\ndate: 2025-04-17 16:17:42\ncategory: Kibana\ntags: [C++]\nauthor: 甲\n---\n\
     见[另一篇](two.md)。\n\n```html\n<a href=\"/x\">*#&amp;</a>\n```\n",
);
const TWO: (&str, &str) = ("two.md", "---\ntitle: 第二篇\ncategory: Redis\n---\n\n正文\n");

#[tokio::test(flavor = "multi_thread")]
async fn feeds_hold_the_whole_text_for_site_category_tag_and_author() {
    let site = TestSite::with(&[ONE, TWO]).await;
    for place in ["", "/category/kibana", "/category/search-and-logs", "/tag/c%2B%2B", "/author/jia"] {
        let atom = site.get(&format!("{place}/feed.xml")).await;
        atom.assert_page("<title>C++ &lt;T&gt; &amp; Kibana</title>");
        assert!(atom.header("content-type").starts_with("application/atom+xml"), "{place}");
        let rss = site.get(&format!("{place}/rss.xml")).await;
        rss.assert_page("<content:encoded>");
        let json = site.get(&format!("{place}/feed.json")).await;
        assert_eq!(json.header("content-type"), "application/feed+json; charset=utf-8");
        let json = json.json();
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        let items = json["items"].as_array().unwrap();
        assert_eq!(items.len(), if place.is_empty() { 2 } else { 1 }, "{place}");
        let one = items.iter().find(|item| item["id"] == "http://site.test/articles/one").unwrap();
        let html = one["content_html"].as_str().unwrap();
        assert!(html.contains("href=\"http://site.test/articles/two\""), "{html}");
        let code: String = html
            .split("<pre")
            .nth(1)
            .unwrap()
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, text)| text)
            .collect();
        assert!(code.contains("href=\"/x\"") || code.contains("href=&quot;/x&quot;"), "{code}");
        assert!(code.contains("*#&amp;amp;"), "{code}");
    }
    for place in
        ["/category/none/feed.xml", "/tag/none/rss.xml", "/author/none/feed.json", "/category/kibana/other.xml"]
    {
        assert_eq!(site.get(place).await.status, StatusCode::NOT_FOUND, "{place}");
    }
    site.get("/category/kibana").await.assert_page("href=\"/category/kibana/feed.xml\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_credit_the_sources_of_reprints() {
    let reprint = (
        "shards.md",
        "---\ntitle: Sizing shards\nkind: reprint\nsources:\n  - {title: 'Sizing <shards>', url: \"https://example.org/a?b=1&c=2\", \
         author: 'A & B', licence: CC BY 4.0}\n---\nOne shard is enough.\n",
    );
    let site = TestSite::with(&[reprint, TWO]).await;
    let json = site.get("/feed.json").await.json();
    let items = json["items"].as_array().unwrap();
    let item =
        |slug: &str| items.iter().find(|item| item["url"] == format!("http://site.test/articles/{slug}")).unwrap();
    assert_eq!(item("shards")["external_url"], "https://example.org/a?b=1&c=2");
    let html = item("shards")["content_html"].as_str().unwrap();
    for part in [
        "<h2>来源</h2>",
        "<a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"nofollow noopener\">Sizing &lt;shards&gt;</a>",
        "A &amp; B",
        "CC BY 4.0",
        "本文转载自上述来源。",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    let own = item("two");
    assert!(own.get("external_url").is_none() && !own["content_html"].as_str().unwrap().contains("来源"), "{own}");
    let atom = site.get("/feed.xml").await;
    atom.assert_page("<link rel=\"via\" href=\"https://example.org/a?b=1&amp;c=2\"/>");
    assert_eq!(atom.body.matches("CC BY 4.0").count(), 1);
    assert_eq!(atom.body.matches("rel=\"via\"").count(), 1);
    site.get("/rss.xml").await.assert_page("A &amp;amp; B");
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_are_sent_once() {
    let site = TestSite::with(&[ONE]).await;
    for path in ["/feed.xml", "/rss.xml", "/feed.json"] {
        let first = site.get(path).await;
        for (name, value) in
            [("if-none-match", first.header("etag")), ("if-modified-since", first.header("last-modified"))]
        {
            let request = Request::builder().uri(path).header("host", "site.test").header(name, value);
            let again = site.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path} {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_map_names_what_search_engines_should_list() {
    let reprint = (
        "shards.md",
        "---\ntitle: Sizing shards\nkind: reprint\ntags: [Shards]\nsources:\n  - {title: Sizing, url: \"https://example.org/a\"}\n---\nOne.\n",
    );
    let site = TestSite::with(&[ONE, TWO, reprint]).await;
    let map = site.get("/sitemap.xml").await;
    for path in [
        "/",
        "/downloads",
        "/archive",
        "/archive/2025-04",
        "/category/kibana",
        "/tag/c%2B%2B",
        "/tag/shards",
        "/author/jia",
        "/articles/one",
        "/articles/two",
    ] {
        map.assert_page(&format!("<loc>http://site.test{path}</loc>"));
    }
    assert!(!map.body.contains("/articles/shards"), "its page names the original as canonical: {}", map.body);
    assert!(!map.body.contains("/category/mysql"), "{}", map.body);
    assert_eq!(site.get("/sitemap/1.xml").await.body, map.body);
    let behind = site.get("/sitemap/2.xml").await;
    assert_eq!((behind.status, behind.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_programs_read_is_compressed_and_sent_once() {
    let site = TestSite::with(&[ONE, TWO]).await;
    let ask = async |method: &str, path: &str, headers: &[(&str, &str)]| {
        let mut request = Request::builder().method(method).uri(path).header("host", "site.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        site.ask(request.body(Body::empty()).unwrap()).await
    };
    for path in [
        "/api/search?q=kibana",
        "/api/articles",
        "/api/article?slug=one",
        "/api/categories",
        "/api/suggest?q=k",
        "/api/tags",
        "/api/archive",
        "/feed.xml",
        "/tag/c%2B%2B/feed.json",
        "/sitemap.xml",
    ] {
        let plain = site.get(path).await;
        assert_eq!((plain.status, plain.header("content-encoding")), (StatusCode::OK, ""), "{path}");
        let mut etags = vec![plain.header("etag").to_owned()];
        for encoding in ["br", "gzip"] {
            let given = ask("GET", path, &[("accept-encoding", encoding)]).await;
            let expected = if plain.body.len() < 600 { "" } else { encoding };
            assert_eq!(given.header("content-encoding"), expected, "{path}");
            assert_eq!(given.header("cache-control"), "public, max-age=0, must-revalidate", "{path}");
            assert_eq!(given.header("vary"), "accept-encoding", "{path}");
            assert_eq!(given.header("content-type"), plain.header("content-type"), "{path}");
            let etag = given.header("etag").to_owned();
            // The answer to a search says how long it took: never the same bytes twice.
            let strong = if path.starts_with("/api/search") { "W/\"" } else { "\"" };
            assert!(etag.starts_with(strong) && etag.len() > 20, "{path}: {etag}");
            if !expected.is_empty() {
                assert!(given.header("content-length").parse::<usize>().unwrap() < plain.body.len(), "{path}");
                assert!(!etags.contains(&etag), "other bytes have another validator: {path}");
            }
            let head = ask("HEAD", path, &[("accept-encoding", encoding)]).await;
            assert_eq!((head.header("etag"), head.body.as_str()), (etag.as_str(), ""), "{path}");
            let again = ask("GET", path, &[("accept-encoding", encoding), ("if-none-match", &etag)]).await;
            assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
            assert_eq!((again.header("etag"), again.header("content-encoding")), (etag.as_str(), ""), "{path}");
            etags.push(etag);
        }
    }
    let articles = site.get("/api/articles").await.header("etag").to_owned();
    site.import(&[("three.md", "# 第三篇\n\n正文\n")]).await;
    assert_eq!(ask("GET", "/api/articles", &[("if-none-match", &articles)]).await.status, StatusCode::OK);
    for path in ["/api/article?slug=none", "/api/tag?key=none", "/category/none/feed.xml"] {
        let none = site.get(path).await;
        assert_eq!((none.status, none.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"), "{path}");
        assert_eq!(none.header("etag"), "", "{path}");
    }
    for path in ["/api/random", "/api/learning", "/api/frame", "/api/draft/who"] {
        assert_eq!(site.get(path).await.header("etag"), "", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_this_machine_alone() {
    let site = TestSite::with(&[ONE]).await;
    site.get("/articles/one").await;
    site.get("/articles/one").await;
    let metrics = site.get("/metrics").await;
    metrics.assert_page("liuguang_requests_total{route=\"article\",status=\"2xx\"} 2");
    metrics.assert_page("liuguang_page_cache_hits_total 1");
    metrics.assert_page("liuguang_index_lag_changes 0");
    metrics.assert_page("liuguang_articles 1");
    let request =
        Request::builder().uri("/metrics").header("host", "site.test").header("x-forwarded-for", "203.0.113.9");
    assert_eq!(site.ask(request.body(Body::empty()).unwrap()).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slash_too_many_is_redirected_and_never_to_another_host() {
    let site = TestSite::with(&[ONE]).await;
    let moved = site.get("/articles/one/?page=2").await;
    assert_eq!((moved.status, moved.header("location")), (StatusCode::PERMANENT_REDIRECT, "/articles/one?page=2"));
    for path in ["//evil.example/", "/articles/none", "/"] {
        assert_ne!(site.get(path).await.status, StatusCode::PERMANENT_REDIRECT, "{path}");
    }
}
