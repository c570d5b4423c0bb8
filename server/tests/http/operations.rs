//! What an operator does with a site: export, backup, restore, and asking the doctor.

use crate::site::TestSite;
use axum::http::StatusCode;
use server::{backup, doctor, export, restore};
use std::collections::BTreeMap;
use std::path::Path;

const ONE: (&str, &str) = (
    "db/one.md",
    "---\ntitle: \"a: *b* & 【集群】\"\ndate: 2025-04-17 16:17:42\nupdated: 2025-05-01\ncategory: Kibana\ntags: [集群, C++]\nauthor: 风中飘零\n\
     series: {name: 系列, part: 2}\napplies_to: 8.x\nfurther_reading: 读这里\n---\n\n开头。\n\n![图](pic.png)\n\n[另一篇](two.md#part)\n\n```md\n<!-- 留着 -->\n:::tip\n```\n",
);
const TWO: (&str, &str) = (
    "db/two.md",
    "---\nkind: reprint\nsources:\n  - {title: T, url: 'https://example.org/a', author: A, licence: CC BY 4.0, fetched: 2025-01-02}\n---\n# 第二篇\n\n## Part\n\n正文\n",
);
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x02\0\0\0\x12\x16\xf1\x4d";

async fn filled() -> TestSite {
    let site = TestSite::new().await;
    let folder = site.folder.path().join("articles/db");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("pic.png"), PICTURE).unwrap();
    let summary = site.import(&[ONE, TWO, ("db/draft.md", "---\ndraft: true\n---\n# 草稿\n\n未完\n")]).await;
    assert_eq!((summary.added, summary.refused), (3, 0));
    site
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for part in ["articles", "media"] {
        for child in std::fs::read_dir(folder.join(part)).unwrap().flatten() {
            let name = format!("{part}/{}", child.file_name().to_string_lossy());
            files.insert(name, std::fs::read(child.path()).unwrap());
        }
    }
    files
}

/// The text that a reader or a feed's reader sees.
fn seen(html: &str) -> String {
    let mut inside = false;
    let shown = html.chars().filter(|&character| {
        inside = character == '<' || inside && character != '>';
        !inside && character != '>'
    });
    let text: String = shown.collect();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn code_is_the_same_on_the_page_in_feeds_and_in_the_export() {
    const CODE: &str =
        "SELECT * FROM orders; # 注释\nsleep(60 * 1000)\nReferenceConfig<DemoService> a;\n*/1 * * * * run\n";
    let article = format!("# 一\n\n```\n{CODE}```\n\n用 `SELECT * FROM` 与 `ReferenceConfig<DemoService>`。\n");
    let site = TestSite::with(&[("code.md", &article)]).await;
    let page = site.get("/api/article?slug=code").await.json();
    let feed = site.get("/feed.json").await.json();
    for html in [page["html"].as_str().unwrap(), feed["items"][0]["content_html"].as_str().unwrap()] {
        let text = seen(html);
        assert!(text.contains(CODE.trim_end()), "{text}");
        assert!(text.contains("用 SELECT * FROM 与 ReferenceConfig<DemoService>。"), "{text}");
    }
    let folder = site.folder.path().join("export");
    export::export(&site.site, &folder, &|| {}).await.unwrap();
    let written = std::fs::read_to_string(folder.join("articles/code.md")).unwrap();
    assert!(written.contains(article.split_once("\n\n").unwrap().1), "{written}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_the_site_again() {
    let site = filled().await;
    let folder = site.folder.path().join("export");
    let exported = export::export(&site.site, &folder, &|| {}).await.unwrap();
    assert_eq!((exported.articles, exported.assets), (3, 1));
    let refused = export::export(&site.site, &folder, &|| {}).await.unwrap_err();
    assert!(refused.to_string().contains("is not empty"), "{refused}");

    let again = site.import_paths(vec![folder.clone()]).await;
    assert_eq!((again.unchanged, again.added, again.updated, again.warnings), (3, 0, 0, 0));

    let other = TestSite::new().await;
    let summary = other.import_paths(vec![folder.clone()]).await;
    assert_eq!((summary.added, summary.refused, summary.warnings), (3, 0, 0));
    let second = other.folder.path().join("export");
    export::export(&other.site, &second, &|| {}).await.unwrap();
    assert_eq!(files(&folder), files(&second));
    let again = other.import_paths(vec![folder.clone()]).await;
    assert_eq!((again.unchanged, again.added, again.updated), (3, 0, 0));

    for path in ["/articles/one", "/articles/two", "/category/kibana", "/tag/c%2B%2B", "/author/feng-zhong-piao-ling"] {
        assert_eq!(other.get(path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(other.get("/articles/draft").await.status, StatusCode::NOT_FOUND);
    let (page, original) =
        (other.get("/api/article?slug=one").await.json(), site.get("/api/article?slug=one").await.json());
    for field in ["html", "title", "tags", "category", "published_at", "updated_at", "applies_to", "series", "id"] {
        assert_eq!(page[field], original[field], "{field}");
    }
    let picture = page["html"].as_str().unwrap().split("src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(other.get(picture).await.status, StatusCode::OK, "{picture}");

    // An edited file changes its article and no other.
    let file = folder.join("articles/two.md");
    let text = std::fs::read_to_string(&file).unwrap() + "\n新的一段\n";
    std::fs::write(&file, text).unwrap();
    let changed = other.import_paths(vec![folder.clone()]).await;
    assert_eq!((changed.unchanged, changed.added, changed.updated), (2, 0, 1));
    // A running server forgets its pages when its index has taken the change.
    other.site.pages.forget();
    other.get("/articles/two").await.assert_page("新的一段");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_site_comes_back_whole() {
    let site = filled().await;
    let file = site.folder.path().join("site.backup");
    backup::run(&site.settings, &file).await.unwrap();
    assert!(backup::run(&site.settings, &file).await.unwrap_err().to_string().contains("exists already"));

    let mut settings = site.settings.clone();
    settings.data = site.folder.path().join("restored");
    restore::run(&settings, &file, false).await.unwrap();
    let restored = server::site::Site::open(&settings).await.unwrap();
    assert_eq!(restored.store.article_count().await.unwrap(), 3);
    assert!(doctor::examine(&settings).await.iter().all(|(part, finding)| finding.is_ok() || *part == "site folder"));

    let refused = restore::run(&settings, &file, false).await.unwrap_err();
    assert!(refused.to_string().contains("is not empty"), "{refused}");
    restore::run(&settings, &file, true).await.unwrap();
    let aside = std::fs::read_dir(&settings.data).unwrap().flatten().any(|child| {
        child.file_name().to_string_lossy().starts_with("before-restore-")
            && child.path().join("liuguang.sqlite").is_file()
    });
    assert!(aside, "the old data is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_touches_nothing() {
    let site = filled().await;
    let file = site.folder.path().join("site.backup");
    backup::run(&site.settings, &file).await.unwrap();
    let whole = std::fs::read(&file).unwrap();
    let mut settings = site.settings.clone();
    settings.data = site.folder.path().join("restored");
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 0xff;
    for damaged in [flipped, whole[..whole.len() / 2].to_vec(), b"no archive".to_vec()] {
        std::fs::write(&file, damaged).unwrap();
        assert!(restore::run(&settings, &file, false).await.is_err());
        assert_eq!(std::fs::read_dir(&settings.data).unwrap().count(), 0, "nothing is left behind");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_a_missing_index_and_a_damaged_database() {
    let site = filled().await;
    let fault = async |part: &str| {
        let findings = doctor::examine(&site.settings).await;
        findings.into_iter().any(|(name, finding)| name == part && finding.is_err())
    };
    assert!(!fault("database").await && !fault("index").await);
    std::fs::remove_dir_all(site.settings.index()).unwrap();
    assert!(fault("index").await);
    let database = site.settings.database_file().unwrap();
    let _ = std::fs::remove_file(database.with_extension("sqlite-wal"));
    std::fs::write(&database, b"no database at all").unwrap();
    assert!(fault("database").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_reloads_a_robot_and_a_prefetch_are_one_view() {
    let site = filled().await;
    let ask = async |program: &str, purpose: Option<&str>| {
        let mut request = axum::http::Request::builder()
            .uri("/articles/one")
            .header("host", "site.test")
            .header("user-agent", program);
        if let Some(purpose) = purpose {
            request = request.header("sec-purpose", purpose);
        }
        let client: std::net::SocketAddr = "192.0.2.1:9".parse().unwrap();
        request.extensions_mut().unwrap().insert(axum::extract::ConnectInfo(client));
        assert_eq!(site.ask(request.body(axum::body::Body::empty()).unwrap()).await.status, StatusCode::OK);
    };
    ask("Mozilla/5.0 (compatible; Googlebot/2.1)", None).await;
    ask("Mozilla/5.0 Firefox/140.0", Some("prefetch")).await;
    server::views::flush(&site.site).await;
    assert_eq!(site.site.store.views().await.unwrap(), []);
    for _ in 0..10 {
        ask("Mozilla/5.0 Firefox/140.0", None).await;
    }
    server::views::flush(&site.site).await;
    for _ in 0..10 {
        ask("Mozilla/5.0 Firefox/140.0", None).await;
    }
    server::views::flush(&site.site).await;
    let views: Vec<i64> = site.site.store.views().await.unwrap().into_iter().map(|(_, views)| views).collect();
    assert_eq!(views, [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_memory_is_answered_at_once_and_dropped_on_change() {
    let site = filled().await;
    let (method, uri, headers) = (
        axum::http::Method::GET,
        "/articles/one".parse().unwrap(),
        axum::http::HeaderMap::from_iter([host("site.test")]),
    );
    let known = |headers: &axum::http::HeaderMap| site.site.pages.at_once(&method, &uri, headers);
    assert!(known(&headers).is_none());
    let long = site.get("/articles/one").await;
    let short = known(&headers).expect("it is in memory now");
    for (name, value) in &long.headers {
        assert_eq!(short.headers().get(name), Some(value), "{name} is the same on both ways");
    }
    let mut cookie = headers.clone();
    cookie.insert("cookie", "a=b".parse().unwrap());
    assert!(known(&cookie).is_none(), "who sends a cookie goes the long way");
    let elsewhere = axum::http::HeaderMap::from_iter([host("evil.test")]);
    assert!(known(&elsewhere).is_none(), "a page names the host, so each host has its own");
    site.site.pages.forget_page("/articles/one");
    assert!(known(&headers).is_none());
    site.get("/articles/one").await;
    site.site.pages.forget();
    assert!(known(&headers).is_none());
}

fn host(name: &str) -> (axum::http::HeaderName, axum::http::HeaderValue) {
    (axum::http::header::HOST, name.parse().unwrap())
}
