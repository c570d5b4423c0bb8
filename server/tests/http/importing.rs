//! What an import does with files whose date lies ahead, that name no category, or were exported; and what it says.

use crate::site::TestSite;
use axum::http::StatusCode;
use server::import_job::{self, ImportOptions, Summary};
use server::{export, publishing};
use types::{ArticleStatus, Timestamp};

/// What importing files would do, and what it says of them.
async fn tried(site: &TestSite, dry_run: bool) -> (Summary, String) {
    let report = site.folder.path().join("report.jsonl");
    let paths = vec![site.folder.path().join("articles")];
    let options = ImportOptions { paths, dry_run, report: Some(report.clone()), manifest: None };
    let summary = import_job::import(&site.site, &options, &import_job::Silent).await.unwrap();
    (summary, std::fs::read_to_string(report).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_says_what_would_be_updated() {
    let site = TestSite::with(&[("old.md", "旧的正文。\n"), ("same.md", "不变的正文。\n")]).await;
    let articles = site.folder.path().join("articles");
    std::fs::write(articles.join("old.md"), "新的正文。\n").unwrap();
    std::fs::write(articles.join("new.md"), "另一篇。\n").unwrap();
    let (trial, report) = tried(&site, true).await;
    assert_eq!((trial.added, trial.updated, trial.unchanged), (1, 1, 1), "{report}");
    assert_eq!(site.get("/articles/new").await.status, StatusCode::NOT_FOUND, "nothing is stored");
    assert_eq!(tried(&site, false).await.0, trial);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_name_no_category_are_counted_and_not_warned_of() {
    let site = TestSite::new().await;
    let some = [("a.md", "正文。\n"), ("b.md", "正文。\n"), ("c.md", "---\ncategory: 无\n---\n正文。\n")];
    let summary = site.import(&some).await;
    assert_eq!((summary.added, summary.unsorted, summary.warnings), (3, 2, 1));
    assert_eq!(site.import(&[]).await.unsorted, 0, "what is unchanged was said before");
}

/// What became of single files, given by their paths.
async fn import_files(site: &TestSite, files: &[&str]) -> (usize, usize, usize) {
    let articles = site.folder.path().join("articles");
    let summary = site.import_paths(files.iter().map(|file| articles.join(file)).collect()).await;
    assert_eq!(summary.refused, 0, "{files:?}");
    (summary.added, summary.updated, summary.unchanged)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_file_stays_its_article_whatever_is_imported_with_it() {
    let site = TestSite::new().await;
    site.put(&[("a/x.md", "甲文。\n"), ("b/x.md", "乙文。\n"), ("c.md", "丙文。\n")]);
    assert_eq!(import_files(&site, &["a/x.md", "b/x.md"]).await, (2, 0, 0));
    let articles = site.folder.path().join("articles");
    for (files, added, same) in [
        (&["a/x.md"][..], 0, 1),
        (&["b/x.md"], 0, 1),
        (&["c.md", "b/x.md"], 1, 1),
        (&["b/x.md", "a", "b"], 0, 2),
        (&["a", "c.md"], 0, 2),
        (&[""], 0, 3),
    ] {
        assert_eq!(import_files(&site, files).await, (added, 0, same), "{files:?}");
    }
    std::fs::write(articles.join("b/x.md"), "乙文改过。\n").unwrap();
    assert_eq!(import_files(&site, &["b/x.md"]).await, (0, 1, 0));
    site.get("/articles/x").await.assert_page("甲文。");
    site.get("/articles/x-2").await.assert_page("乙文改过。");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_file_of_the_same_name_is_another_article_while_the_first_is_there() {
    let site = TestSite::new().await;
    site.put(&[("one/index.md", "甲文。\n"), ("two/index.md", "乙文。\n")]);
    assert_eq!(import_files(&site, &["one/index.md"]).await, (1, 0, 0));
    assert_eq!(import_files(&site, &["two/index.md"]).await, (1, 0, 0));
    assert_eq!(import_files(&site, &["one/index.md", "two/index.md"]).await, (0, 0, 2));
    let articles = site.folder.path().join("articles");
    std::fs::rename(articles.join("one"), articles.join("three")).unwrap();
    assert_eq!(import_files(&site, &["three/index.md"]).await, (0, 0, 1), "it was moved");
    // A folder's files are known by their paths in it, wherever a copy of it lies.
    std::fs::create_dir(articles.join("copy")).unwrap();
    std::fs::write(articles.join("copy/index.md"), "丙文。\n").unwrap();
    assert_eq!(import_files(&site, &["copy"]).await, (0, 1, 0));
}

/// The category of an article.
async fn category_of(site: &TestSite, slug: &str) -> String {
    let article = site.get(&format!("/api/article?slug={slug}")).await.json();
    article["category"]["slug"].as_str().unwrap_or_else(|| panic!("{article}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_find_their_category_under_the_names_that_it_had() {
    let site = TestSite::new().await;
    let store = &site.site.store;
    let event = store::Event { actor: "boss", action: "tried", object: "", address: "" };
    let id = async |slug: &str| {
        let tree = store.category_tree().await.unwrap();
        let mut every = tree.iter().flat_map(|group| std::iter::once(group).chain(&group.leaves));
        every.find(|node| node.slug.as_str() == slug).unwrap().id
    };
    let rename = async |slug: &str, name: &str| {
        store.rename_category(id(slug).await, name, &slug.parse().unwrap(), &event).await.unwrap()
    };
    for name in ["看板", "仪表盘", "Kibana"] {
        assert_eq!(rename("kibana", name).await, store::CategoryChange::Done);
    }
    rename("redis", "缓存").await;
    store.merge_category(id("redis").await, id("kafka").await, &event).await.unwrap();
    let file = |name: &str| format!("---\ncategory: {name}\n---\n正文。\n");
    let files = [
        ("a.md", "看板", "kibana"),
        ("b.md", " 仪表盘", "kibana"),
        ("c.md", "redis", "kafka"),
        ("d.md", "缓存", "kafka"),
    ];
    let texts = files.map(|(path, name, _)| (path, file(name)));
    let summary = site.import(&texts.each_ref().map(|(path, text)| (*path, text.as_str()))).await;
    assert_eq!((summary.added, summary.warnings), (4, 0));
    for (path, name, slug) in files {
        assert_eq!(category_of(&site, path.trim_end_matches(".md")).await, slug, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_stay_in_a_category_that_is_hidden_and_the_report_says_so() {
    let text = |body: &str| format!("---\ncategory: Kibana\n---\n{body}\n");
    let site = TestSite::with(&[("old.md", &text("旧的正文。"))]).await;
    let store = &site.site.store;
    let tree = store.category_tree().await.unwrap();
    let event = store::Event { actor: "boss", action: "tried", object: "", address: "" };
    let group = tree.iter().find(|group| group.leaves.iter().any(|leaf| leaf.slug.as_str() == "kibana")).unwrap();
    let leaf = group.leaves.iter().find(|leaf| leaf.slug.as_str() == "kibana").unwrap();
    for hidden in [leaf.id, group.id] {
        store.hide_category(hidden, true, &event).await.unwrap();
        let articles = site.folder.path().join("articles");
        std::fs::write(articles.join("old.md"), text(&format!("新的正文 {hidden}。"))).unwrap();
        std::fs::write(articles.join(format!("new-{hidden}.md")), text("另一篇。")).unwrap();
        let (summary, report) = tried(&site, false).await;
        assert_eq!((summary.added, summary.updated, summary.warnings), (1, 1, 2), "{report}");
        assert!(report.contains("the category kibana is hidden"), "{report}");
        assert_eq!(category_of(&site, "old").await, "kibana");
        assert_eq!(category_of(&site, &format!("new-{hidden}")).await, "kibana");
    }

    // What names no category does not vanish from the menus either.
    let systems = tree.iter().find(|group| group.slug.as_str() == "systems").unwrap();
    store.hide_category(systems.id, true, &event).await.unwrap();
    site.import(&[("none.md", "没有分类。\n")]).await;
    let first = tree.iter().find(|node| ![group.id, systems.id].contains(&node.id)).unwrap();
    assert_eq!(category_of(&site, "none").await, first.slug.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_lies_ahead_is_waited_for() {
    let text =
        |date: &str| format!("---\ntitle: 将来\ndate: {date}\ncategory: Kibana\ntags: [集群]\n---\n将来的正文。\n");
    let site = TestSite::with(&[("future.md", &text("2099-01-01 08:00"))]).await;
    let due = Timestamp::from_site_minute("2099-01-01T08:00").unwrap();
    let status = async |at: &str| site.get(at).await.status;
    let source = async || site.site.store.sources().await.unwrap().remove("future.md").unwrap();
    assert_eq!(status("/articles/future").await, StatusCode::NOT_FOUND);
    assert_eq!(source().await.status, ArticleStatus::Scheduled);
    let work = site.site.store.working_text(source().await.id).await.unwrap().unwrap().0;
    assert_eq!((work.publish_at, work.fields.body.trim()), (Some(due), "将来的正文。"));

    // Its export is scheduled as well, and importing either again changes nothing.
    let folder = site.folder.path().join("export");
    export::export(&site.site, &folder, &|| {}).await.unwrap();
    assert_eq!(site.import_paths(vec![folder.clone()]).await.unchanged, 1);
    assert_eq!(site.import(&[]).await.unchanged, 1);
    let other = TestSite::new().await;
    other.import_paths(vec![folder]).await;
    assert_eq!(publishing::publish_due(&other.site, due).await.unwrap(), 1);

    // Another time in the file is another time in the schedule.
    std::fs::write(site.folder.path().join("articles/future.md"), text("2098-01-01 08:00")).unwrap();
    let (summary, report) = tried(&site, false).await;
    assert_eq!((summary.updated, summary.warnings), (1, 1));
    assert!(report.contains("it is scheduled, and readers see it from 2098-01-01T08:00:00+08:00"), "{report}");
    let due = Timestamp::from_site_minute("2098-01-01T08:00").unwrap();
    assert_eq!(publishing::publish_due(&site.site, Timestamp(due.0 - 1)).await.unwrap(), 0);
    assert_eq!(publishing::publish_due(&site.site, due).await.unwrap(), 1);
    assert_eq!(site.get("/api/article?slug=future").await.json()["published_at"], due.0);

    // It went out as it came: the file still counts.
    site.import(&[("future.md", &text("2020-01-01 08:00"))]).await;
    assert_eq!(status("/articles/future").await, StatusCode::OK);
    assert_eq!(source().await.status, ArticleStatus::Published);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_elsewhere_is_no_picture_of_an_export() {
    let text = "正文，见 [论文](https://static.example.org/media/research.example.com/a.pdf)。\n\n![](//example.net/media/0a.png)\n";
    let site = TestSite::with(&[("a.md", text)]).await;
    let folder = site.folder.path().join("export");
    export::export(&site.site, &folder, &|| {}).await.unwrap();
    let other = TestSite::new().await;
    let summary = other.import_paths(vec![folder]).await;
    assert_eq!((summary.added, summary.warnings), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_imported_is_linked_at_its_source_or_not_at_all() {
    let links = "[甲](b.md) [乙](../c.md) ![图](d.png) [丙](/zh/e/) [丁](/articles/f) [首页](/)\n";
    let taken = format!(
        "---\ntitle: 转载\nkind: reprint\nsources:\n- url: https://github.com/o/r/blob/main/docs/zh/a.md\n---\n{links}"
    );
    let site = TestSite::with(&[("a.md", &taken), ("b.md", "正文。\n"), ("own.md", links)]).await;
    let html = async |slug: &str| {
        let article = site.get(&format!("/api/article?slug={slug}")).await.json();
        article["html"].as_str().unwrap().to_owned()
    };
    let html_of_taken = html("a").await;
    for part in [
        "<a href=\"/articles/b\">甲</a>",
        "href=\"https://github.com/o/r/blob/main/docs/c.md\">乙</a>",
        "src=\"https://github.com/o/r/raw/main/docs/zh/d.png\" alt=\"图\">",
        "<a>丙</a> <a>丁</a> <a>首页</a>",
    ] {
        assert!(html_of_taken.contains(part), "{part}: {html_of_taken}");
    }
    assert_eq!(
        html("own").await,
        "<p><a href=\"/articles/b\">甲</a> <a>乙</a> 图 <a>丙</a> <a href=\"/articles/f\">丁</a> <a href=\"/\">首页</a></p>\n"
    );
}
