//! What search engines and those who show shared links read in the head of a page.

use crate::site::{TestSite, settings};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::Value;
use server::http::{AppState, router};
use tower::ServiceExt;

const ONE: &str = "---\ntitle: 'A <b> & \"C++\" 文章'\nslug: one\ndate: 2025-04-17 16:17:42\ncategory: Kibana\n\
                   tags: [集群, C++]\nauthor: 风中飘零\ncover: /media/abc.png\ndescription: 摘要 <x>\n---\n正文\n";

/// The value of an attribute in the first tag of the head that holds all the others.
fn value<'p>(page: &'p str, of: &str, tag: &str, holds: &str) -> Option<&'p str> {
    values(page, of, tag, holds).next()
}

fn values<'p>(page: &'p str, of: &str, tag: &str, holds: &str) -> impl Iterator<Item = &'p str> {
    let head = page.split("</head>").next().unwrap();
    let (start, mark, holds) = (format!("{tag} "), format!(" {of}=\""), holds.to_owned());
    head.split('<')
        .filter(move |part| part.starts_with(&start) && part.contains(&holds))
        .filter_map(move |part| part.split_once(&mark).map(|(_, rest)| rest.split('"').next().unwrap()))
}

fn property<'p>(page: &'p str, name: &str) -> &'p str {
    value(page, "content", "meta", &format!("property=\"{name}\"")).unwrap_or_else(|| panic!("{name} is not in {page}"))
}

fn link<'p>(page: &'p str, relation: &str) -> Option<&'p str> {
    value(page, "href", "link", &format!("rel=\"{relation}\""))
}

fn structured(page: &str) -> Value {
    let script = page.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    serde_json::from_str(script).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_says_what_it_is() {
    let site = TestSite::with(&[("one.md", ONE)]).await;
    let page = site.get("/articles/one").await.body;
    for (name, text) in [
        ("og:title", "A &lt;b&gt; &amp; &quot;C++&quot; 文章"),
        ("og:description", "摘要 &lt;x&gt;"),
        ("og:url", "http://site.test/articles/one"),
        ("og:image", "http://site.test/media/abc.png"),
        ("og:site_name", "流光"),
        ("og:type", "article"),
        ("og:locale", "zh_CN"),
        ("article:published_time", "2025-04-17T16:17:42+08:00"),
        ("article:modified_time", "2025-04-17T16:17:42+08:00"),
        ("article:author", "http://site.test/author/feng-zhong-piao-ling"),
        ("article:section", "Kibana"),
    ] {
        assert_eq!(property(&page, name), text, "{name}");
    }
    let tags: Vec<_> = values(&page, "content", "meta", "property=\"article:tag\"").collect();
    assert_eq!(tags, ["集群", "C++"]);
    assert_eq!(link(&page, "canonical"), Some("http://site.test/articles/one"));
    let both = structured(&page);
    let data = &both[0];
    assert_eq!(data["@type"], "TechArticle");
    assert_eq!(data["headline"], "A <b> & \"C++\" 文章");
    for (field, text) in [
        ("url", "http://site.test/articles/one"),
        ("image", "http://site.test/media/abc.png"),
        ("datePublished", "2025-04-17T16:17:42+08:00"),
    ] {
        assert_eq!(data[field], text, "{field}");
    }
    assert_eq!(data["author"]["url"], "http://site.test/author/feng-zhong-piao-ling");
    let group = ("数据搜索与日志", "/category/search-and-logs");
    let trail = [("流光", "/"), group, ("Kibana", "/category/kibana"), ("A <b> & \"C++\" 文章", "/articles/one")];
    assert_trail(&both[1], &trail);
    assert_trail(&structured(&site.get("/category/kibana").await.body), &trail[..3]);
    assert_trail(&structured(&site.get("/category/search-and-logs").await.body), &trail[..2]);
}

/// Names and paths of a trail, in order.
fn assert_trail(data: &Value, places: &[(&str, &str)]) {
    assert_eq!(data["@type"], "BreadcrumbList", "{data}");
    let items = data["itemListElement"].as_array().unwrap();
    assert_eq!(items.len(), places.len(), "{data}");
    for ((item, position), (name, path)) in items.iter().zip(1..).zip(places) {
        assert_eq!((item["position"].as_u64(), item["name"].as_str()), (Some(position), Some(*name)), "{data}");
        assert_eq!(item["item"], format!("http://site.test{path}"), "{data}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_names_its_own_feeds_before_those_of_the_site() {
    let site = TestSite::with(&[("one.md", ONE)]).await;
    for (path, name) in [
        ("/category/kibana", "Kibana · 流光"),
        ("/tag/c%2B%2B", "#C++ · 流光"),
        ("/author/feng-zhong-piao-ling", "风中飘零 · 流光"),
        ("/", "流光"),
    ] {
        let page = site.get(path).await.body;
        let own = path.trim_end_matches('/');
        let mut expected = ["feed.xml", "rss.xml", "feed.json"].map(|file| format!("{own}/{file}")).to_vec();
        if !own.is_empty() {
            expected.extend(["/feed.xml", "/rss.xml", "/feed.json"].map(str::to_owned));
        }
        assert_eq!(values(&page, "href", "link", "rel=\"alternate\"").collect::<Vec<_>>(), expected, "{path}");
        assert_eq!(value(&page, "title", "link", "rel=\"alternate\""), Some(name), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_public_page_has_one_title_one_description_and_whole_addresses() {
    let site = TestSite::with(&[("one.md", ONE)]).await;
    for (path, canonical) in [
        ("/", "/"),
        ("/downloads", "/downloads"),
        ("/archive", "/archive"),
        ("/archive/2025-04", "/archive/2025-04"),
        ("/category/kibana", "/category/kibana"),
        ("/category/kibana?sort=views", "/category/kibana"),
        ("/category/kibana?utm_source=x", "/category/kibana"),
        ("/tag/c%2B%2B", "/tag/c%2B%2B"),
        ("/author/feng-zhong-piao-ling", "/author/feng-zhong-piao-ling"),
        ("/articles/one", "/articles/one"),
        ("/offline", "/offline"),
    ] {
        let page = site.get(path).await.body;
        let whole = format!("http://site.test{canonical}");
        assert_eq!(link(&page, "canonical"), Some(whole.as_str()), "{path}");
        assert_eq!(property(&page, "og:url"), whole, "{path}");
        let head = page.split("</head>").next().unwrap();
        for once in
            ["<title>", "name=\"description\"", "property=\"og:title\"", "property=\"og:type\"", "rel=\"canonical\""]
        {
            assert_eq!(head.matches(once).count(), 1, "{once} in {path}");
        }
        assert!(property(&page, "og:image").starts_with("http://site.test/"), "{path}");
    }
    let home = structured(&site.get("/").await.body);
    assert_eq!((home["@type"].as_str(), home["url"].as_str()), (Some("WebSite"), Some("http://site.test/")));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_describes_itself() {
    let site = TestSite::with(&[("one.md", ONE)]).await;
    for (path, text) in [
        ("/category/kibana", "Kibana：流光收录的 1 篇文章。"),
        ("/tag/c%2B%2B", "#C++：流光收录的 1 篇文章。"),
        ("/author/feng-zhong-piao-ling", "风中飘零：流光收录的 1 篇文章。"),
        ("/archive/2025-04", "2025 年 4 月：流光收录的 1 篇文章。"),
        ("/downloads", "下载：流光收录的 0 篇文章。"),
        ("/", app::words::SITE_DESCRIPTION),
    ] {
        let page = site.get(path).await.body;
        assert_eq!(value(&page, "content", "meta", "name=\"description\""), Some(text), "{path}");
        assert_eq!(property(&page, "og:description"), text, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_that_the_admin_gave_stands_in_structured_data_and_feeds() {
    let site = TestSite::with(&[("one.md", ONE)]).await;
    let names = app::site::SiteNames { name: "别的站".to_owned(), description: "写 <C++> 的站。".to_owned() };
    site.site.names.store(names.into());
    let home = structured(&site.get("/").await.body);
    assert_eq!((home["name"].as_str(), home["description"].as_str()), (Some("别的站"), Some("写 <C++> 的站。")));
    site.get("/feed.xml").await.assert_page("<title>别的站</title><subtitle>写 &lt;C++&gt; 的站。</subtitle>");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_list_have_titles_and_addresses_of_their_own() {
    let files: Vec<(String, String)> = (0..45)
        .map(|number| (format!("{number}.md"), format!("---\ntitle: 第{number}篇\ncategory: Kibana\n---\n正文\n")))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::with(&files).await;
    let last = site.get("/api/articles").await.json();
    let last = last["total"].as_u64().unwrap().div_ceil(last["per_page"].as_u64().unwrap());
    assert!(last >= 3, "there are enough articles for three pages");
    for (place, name) in [("/", ""), ("/category/kibana", "Kibana · ")] {
        let whole = |page: u64| {
            if page > 1 { format!("http://site.test{place}?page={page}") } else { format!("http://site.test{place}") }
        };
        for number in 1..=last {
            let path = if number > 1 { format!("{place}?page={number}") } else { place.to_owned() };
            let page = site.get(&path).await.body;
            assert_eq!(link(&page, "canonical"), Some(whole(number).as_str()), "{path}");
            assert_eq!(link(&page, "prev").map(str::to_owned), (number > 1).then(|| whole(number - 1)), "{path}");
            assert_eq!(link(&page, "next").map(str::to_owned), (number < last).then(|| whole(number + 1)), "{path}");
            let numbered = if number > 1 { format!("第 {number} 页，共 {last} 页 · ") } else { String::new() };
            assert!(page.contains(&format!("<title>{name}{numbered}流光</title>")), "{path}");
        }
        for other in ["sort=views", "sort=views&page=2", "scope=articles"] {
            let sorted = site.get(&format!("{place}?{other}")).await.body;
            assert_eq!(link(&sorted, "canonical"), Some(whole(1).as_str()), "{other}");
            assert_eq!((link(&sorted, "prev"), link(&sorted, "next")), (None, None), "{other}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_configured_address_wins_and_a_made_up_host_breaks_nothing() {
    let site = TestSite::with(&[("one.md", ONE)]).await;
    let ask = async |site_url: Option<&str>, host: &str| {
        let mut settings = settings(site.folder.path(), server::config::Switch::On);
        settings.site_url = site_url.map(str::to_owned);
        let router = router(AppState::new(server::site::Site::open(&settings).await.unwrap(), &settings).unwrap());
        let request = Request::builder().uri("/articles/one").header("host", host).body(Body::empty()).unwrap();
        let body = to_bytes(router.oneshot(request).await.unwrap().into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    };
    let page = ask(Some("https://liuguang.example/"), "evil.test").await;
    assert_eq!(link(&page, "canonical"), Some("https://liuguang.example/articles/one"));
    assert!(!page.contains("evil.test"));
    let page = ask(None, "a\"><script>alert(1)</script>").await;
    assert!(!page.contains("<script>alert"), "{page}");
}
