//! What an operator does with a site: export, backup, restore, and asking the doctor.

use crate::site::{TestSite, until};
use crate::writing::{form, id_of, person};
use app::account::Role;
use axum::http::StatusCode;
use server::serving::{Replacing, Serving, Working};
use server::site::Site;
use server::{backup, doctor, export, housekeeping, indexer, restore};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use types::ArticleStatus;

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
async fn importing_again_leaves_what_was_edited_or_taken_down_on_the_site() {
    let text = |name: &str| format!("---\ntitle: {name}\ncategory: Kibana\n---\n旧的正文。\n");
    let files = ["edited", "hidden", "plain"].map(|name| (format!("{name}.md"), text(name)));
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::with(&files).await;
    let editor = person(&site, "plain", "bianji", Role::Editor).await;
    let edited = [("title", "edited"), ("slug", "edited"), ("category", "kibana"), ("body", "站上改过的正文。")];
    let rest = [("kind", "original"), ("base_revision", "1"), ("action", "publish")];
    let path = format!("/editor/{}", id_of(&site, "edited").await.0);
    let published = form(&site, &editor, &path, &[edited.as_slice(), &rest].concat()).await;
    assert!(published.header("location").ends_with("published"), "{}", published.body);
    let event = store::Event { actor: "test", action: "tried", object: "", address: "" };
    let (hidden, from) = (id_of(&site, "hidden").await, [ArticleStatus::Published]);
    assert!(site.site.store.move_article(hidden, &from, ArticleStatus::Hidden, None, None, &event).await.unwrap());

    let newer: Vec<_> = files.iter().map(|(path, text)| (*path, text.replace('旧', "新"))).collect();
    let newer: Vec<_> = newer.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let again = site.import(&newer).await;
    assert_eq!((again.updated, again.unchanged, again.warnings), (2, 1, 2));
    site.get("/articles/edited").await.assert_page("站上改过的正文。");
    site.get("/articles/plain").await.assert_page("新的正文。");
    assert_eq!(site.get("/articles/hidden").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.import(&[]).await.unchanged, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_name_a_renamed_category_land_in_it() {
    let text = |category: &str, body: &str| format!("---\ncategory: {category}\n---\n{body}\n");
    let site = TestSite::with(&[("old.md", &text("Go Gin", "旧的正文。")), ("lost.md", &text("无", "正文。"))]).await;
    let folder = site.folder.path().join("export");
    export::export(&site.site, &folder, &|| {}).await.unwrap();
    let slugs = async || {
        let tree = site.site.store.category_tree().await.unwrap();
        let every = tree.into_iter().flat_map(|group| {
            [vec![(group.id, group.slug)], group.leaves.into_iter().map(|leaf| (leaf.id, leaf.slug)).collect()].concat()
        });
        every.collect::<Vec<_>>()
    };
    let event = store::Event { actor: "test", action: "tried", object: "", address: "" };
    for (old, new) in [("go-gin", "gin"), ("backend-frameworks", "frameworks"), ("systems", "machines")] {
        let id = slugs().await.into_iter().find(|(_, slug)| slug.as_str() == old).unwrap().0;
        site.site.store.rename_category(id, "新名", &new.parse().unwrap(), &event).await.unwrap();
    }
    let renamed = slugs().await;

    let again = [
        ("old.md", text("Go Gin", "新的正文。")),
        ("new.md", text("go-gin", "正文。")),
        ("lost.md", text("无", "新的正文。")),
    ];
    let again: Vec<_> = again.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let summary = site.import(&again).await;
    assert_eq!((summary.updated, summary.added, summary.warnings), (2, 1, 1), "one category is unknown");
    let category = async |slug: &str| {
        let article = site.site.store.article_by_slug(&slug.parse().unwrap()).await.unwrap().unwrap();
        article.summary.category.slug.to_string()
    };
    let stand = async || [category("old").await, category("new").await, category("lost").await];
    assert_eq!(stand().await, ["gin", "gin", "machines"]);
    assert_eq!(site.import_paths(vec![folder]).await.updated, 2);
    assert_eq!(stand().await, ["gin", "gin", "machines"], "an export from before it was renamed");
    assert_eq!(slugs().await, renamed, "no category was made again");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_what_nobody_published_yet() {
    let site = TestSite::with(&[ONE]).await;
    let editor = person(&site, "集群", "bianji", Role::Editor).await;
    let draft =
        [("title", "新稿"), ("category", "kibana"), ("tags", "索引，C++"), ("kind", "reprint"), ("action", "save")];
    let source = [("source_url", "https://example.org/a"), ("applies_to", "8.x"), ("body", "草稿里的全文。\r\n")];
    form(&site, &editor, "/editor/new", &[draft.as_slice(), &source].concat()).await;
    let newer = [("title", "集群"), ("category", "kibana"), ("body", "还没发布的改动。"), ("base_revision", "1")];
    let published = id_of(&site, "集群").await;
    let work = site.site.store.working_text(published).await.unwrap().unwrap().0;
    form(&site, &editor, &format!("/editor/{}", published.0), &newer).await;

    let folder = site.folder.path().join("export");
    let exported = export::export(&site.site, &folder, &|| {}).await.unwrap();
    assert_eq!((exported.articles, exported.drafts), (2, 1));
    let read = |path: String| std::fs::read_to_string(folder.join(path)).unwrap();
    assert!(read(format!("articles/{}.md", work.slug)).contains("开头。"));
    assert!(read(format!("drafts/{}.txt", work.slug)).contains("还没发布的改动。"));

    let same = site.import_paths(vec![folder.clone()]).await;
    assert_eq!((same.unchanged, same.warnings), (2, 0), "importing again changes nothing");
    let other = TestSite::new().await;
    let summary = other.import_paths(vec![folder.clone()]).await;
    assert_eq!((summary.added, summary.refused), (2, 0));
    let original = site.site.store.working_text(id_of(&site, "新稿").await).await.unwrap().unwrap().0;
    let copy = other.site.store.working_text(id_of(&other, "新稿").await).await.unwrap().unwrap().0;
    assert_eq!(copy.status, ArticleStatus::Draft);
    let expected = types::DraftFields {
        slug: copy.slug.to_string(),
        tags: "索引, C++".into(),
        source_title: "https://example.org/a".into(),
        ..original.fields
    };
    assert_eq!(copy.fields, expected);
    let second = other.folder.path().join("export");
    export::export(&other.site, &second, &|| {}).await.unwrap();
    assert_eq!(files(&folder), files(&second));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_beside_a_restored_older_database_takes_new_articles() {
    let site = TestSite::with(&[("old.md", "---\ntitle: 旧文\n---\n从前的正文。\n")]).await;
    // The index of a site that went on for a while after the backup.
    let (index, mut writer) = indexer::open(&site.site).await.unwrap();
    let ahead = index.cursor().unwrap().unwrap() + 1000;
    tokio::task::block_in_place(|| writer.commit(Some(ahead))).unwrap();
    drop((index, writer));
    site.site.index.store(None);
    site.import(&[("new.md", "---\ntitle: 新文\n---\n恢复以后才写的正文。\n")]).await;
    assert_eq!(site.get("/api/search?q=%E6%81%A2%E5%A4%8D%E4%BB%A5%E5%90%8E").await.json()["total"], 1);
    assert_eq!(indexer::status(&site.site).await.unwrap().cursor, site.site.store.last_change().await.unwrap());
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
async fn what_another_process_hides_is_gone_although_the_index_cannot_follow() {
    let site = filled().await;
    let held = indexer::open(&site.site).await.unwrap();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let job = tokio::spawn(indexer::follow(site.site.clone(), stopped));
    tokio::time::sleep(Duration::from_secs(1)).await;
    site.get("/articles/one").await.assert_page("开头。");
    let event = store::Event { actor: "test", action: "tried", object: "", address: "" };
    let (one, from) = (id_of(&site, "a: *b* & 【集群】").await, [ArticleStatus::Published]);
    assert!(site.site.store.move_article(one, &from, ArticleStatus::Hidden, None, None, &event).await.unwrap());
    until(async || site.get("/articles/one").await.status == StatusCode::NOT_FOUND).await;
    stop.send(true).unwrap();
    job.await.unwrap();
    drop(held);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_waits_for_nobody_and_replaces_nothing_that_is_in_use() {
    let site = filled().await;
    let (file, data) = (site.folder.path().join("site.backup"), &site.settings.data);
    backup::run(&site.settings, &file).await.unwrap();
    let import = Working::begin(data).unwrap();
    let other = Working::begin(data).unwrap();
    let server = Serving::begin(data).unwrap();
    assert!(Serving::begin(data).unwrap_err().to_string().contains("in use by another server"));
    drop((other, server));
    let refused = restore::run(&site.settings, &file, true).await.unwrap_err();
    assert!(refused.to_string().contains("is in use"), "{refused}");
    drop(import);
    let restoring = Replacing::begin(data).unwrap();
    assert!(Working::begin(data).unwrap_err().to_string().contains("is being restored"));
    assert!(Serving::begin(data).unwrap_err().to_string().contains("is being restored"));
    drop(restoring);
    restore::run(&site.settings, &file, true).await.unwrap();
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
async fn a_running_site_notices_that_its_database_is_damaged() {
    let site = filled().await;
    let found = async |site: &TestSite| {
        let page = site.get("/metrics").await.body;
        page.lines().find_map(|line| line.strip_prefix("liuguang_database_faults ")?.parse::<u64>().ok())
    };
    assert_eq!(found(&site).await, None, "nobody has looked yet");
    housekeeping::look_through_database(&site.site).await.unwrap();
    assert_eq!(found(&site).await, Some(0));
    let mut settings = site.settings.clone();
    settings.data = site.folder.path().join("damaged");
    settings.make_data_folder().unwrap();
    let database = settings.database_file().unwrap();
    store::copy_sqlite(&site.settings.database_file().unwrap(), &database).await.unwrap();
    let mut bytes = std::fs::read(&database).unwrap();
    let last_page = bytes.len() - 4096;
    bytes[last_page..last_page + 100].fill(0xee);
    std::fs::write(&database, bytes).unwrap();
    let damaged = site.serving(Site::open(&settings).await.unwrap());
    housekeeping::look_through_database(&damaged.site).await.unwrap();
    assert!(found(&damaged).await > Some(0), "{:?}", found(&damaged).await);
}
