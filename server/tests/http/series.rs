//! Series over HTTP: from the form to readers, into exports and back, and what is refused.

use crate::site::TestSite;
use crate::writing::{draft, form, get, id_in, id_of, person, post, with};
use app::account::{Role, Viewer};
use axum::http::StatusCode;
use serde_json::json;
use server::{export, publishing};
use types::{ArticleId, ArticleStatus, DraftFields, Timestamp};

/// A file that is a part of a series.
fn part(number: u32) -> (String, String) {
    let text = format!(
        "---\ntitle: 第 {number} 讲\ncategory: Kibana\nauthor: 甲\nseries: {{name: 读懂, part: {number}}}\n---\n正文 {number}。\n"
    );
    (format!("part-{number}.md"), text)
}

/// A site with these parts of a series, and an editor, who wrote them.
async fn with_parts(numbers: &[u32]) -> (TestSite, Viewer) {
    let files: Vec<_> = numbers.iter().map(|number| part(*number)).collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::with(&files).await;
    let editor = person(&site, "讲", "jia", Role::Editor).await;
    (site, editor)
}

/// Number and title of the parts that readers are shown.
async fn parts(site: &TestSite, slug: &str) -> Vec<(Option<u64>, String)> {
    let article = site.get(&format!("/api/article?slug={slug}")).await.json();
    let parts = article["series"]["parts"].as_array().cloned().unwrap_or_default();
    parts.iter().map(|part| (part["part"].as_u64(), part["title"].as_str().unwrap().to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_is_written_published_compared_and_left() {
    let (site, me) = with_parts(&[1]).await;
    get(&site, &me, "/editor/new").await.assert_page("<option value=\"读懂\" label=\"已有 1 篇，到第 1 篇\">");
    let belongs = [("series", "读懂"), ("part", "5"), ("action", "publish")];
    let path = format!("/editor/{}", id_in(&form(&site, &me, "/editor/new", &with(&belongs)).await));
    let loose = [("series", " 读懂 "), ("title", "番外"), ("slug", "extra"), ("action", "publish")];
    id_in(&form(&site, &me, "/editor/new", &with(&loose)).await);
    let listed =
        [(Some(1), "第 1 讲"), (Some(5), "新文章"), (None, "番外")].map(|(part, title)| (part, title.to_owned()));
    assert_eq!(parts(&site, "fresh").await, listed);
    site.get("/articles/fresh")
        .await
        .assert_page("<li value=\"5\"><a href=\"/articles/fresh\" aria-current=\"page\">新文章</a></li>");
    site.get("/articles/fresh").await.assert_page("<li><a href=\"/articles/extra\">番外</a></li>");
    let page = get(&site, &me, &path).await;
    assert!(page.body.contains("name=\"series\"") && page.body.contains("value=\"读懂\""), "{}", page.body);
    let changed = [("series", ""), ("part", ""), ("base_revision", "1"), ("action", "save")];
    id_in(&form(&site, &me, &path, &with(&changed)).await);
    let compared = get(&site, &me, &format!("{path}?compare=1")).await;
    compared.assert_page("系列：<del>读懂</del> → <ins>（空）</ins>");
    compared.assert_page("第几篇：<del>5</del> → <ins>（空）</ins>");
    assert_eq!(parts(&site, "fresh").await.len(), 3, "readers see what was published");
    let left = [("series", ""), ("part", ""), ("base_revision", "2"), ("action", "publish")];
    id_in(&form(&site, &me, &path, &with(&left)).await);
    assert_eq!(parts(&site, "fresh").await, []);
    assert_eq!(parts(&site, "extra").await.len(), 2);
    id_in(&form(&site, &me, &path, &[("action", "restore"), ("number", "1"), ("key", "r")]).await);
    let restored = site.site.store.working_text(ArticleId(path[8..].parse().unwrap())).await.unwrap().unwrap().0.fields;
    assert_eq!((restored.series.as_str(), restored.part.as_str()), ("读懂", "5"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_keeps_its_series_through_every_post() {
    let (site, me) = with_parts(&[3]).await;
    let id = id_of(&site, "第 3 讲").await;
    let path = format!("/editor/{}", id.0);
    let store = &site.site.store;
    let kept = async |when: &str| {
        let fields = store.working_text(id).await.unwrap().unwrap().0.fields;
        assert_eq!((fields.series.as_str(), fields.part.as_str()), ("读懂", "3"), "{when}");
    };
    kept("imported").await;
    // Pages that were opened before there was such a field send none.
    let text = |base| [("slug", "part-3"), ("base_revision", base)];
    id_in(&form(&site, &me, &path, &with(&[text("1").as_slice(), &[("action", "save")]].concat())).await);
    kept("a form of before").await;
    let saved = post(&site, &me, "/api/draft", &draft(Some(&id.0.to_string()), 2, "k", "再改。")).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    kept("a script of before").await;
    id_in(&form(&site, &me, &path, &with(&[text("3").as_slice(), &[("action", "publish")]].concat())).await);
    assert_eq!(parts(&site, "part-3").await, [(Some(3), "新文章".to_owned())]);
    let given = json!({ "title": "新文章", "category": "kibana", "body": "再改。", "series": "", "part": "" });
    let cleared = json!({ "id": id.0.to_string(), "base_revision": 4, "key": "l", "fields": given });
    assert_eq!(post(&site, &me, "/api/draft", &cleared).await.status, StatusCode::OK);
    assert_eq!(store.working_text(id).await.unwrap().unwrap().0.fields.series, "", "who empties the field means it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_needs_a_series_and_a_number_that_is_free() {
    let (site, me) = with_parts(&[1, 2]).await;
    let refused = async |fields: &[(&str, &str)], action: &str, sentence: &str| {
        let when = [("publish_at", "2099-01-01T08:00"), ("action", action)];
        let page = form(&site, &me, "/editor/new", &with(&[fields, &when].concat())).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{action} {fields:?}");
        assert!(page.body.contains(sentence), "{sentence}: {}", page.body);
        let fold = page.body.split("<summary>系列").next().unwrap().rsplit("<details").next().unwrap();
        assert!(fold.contains("open"), "what is wrong is not folded away");
    };
    for action in ["publish", "schedule", "submit"] {
        refused(&[("part", "3")], action, "写了第几篇，就要写系列的名字").await;
        refused(&[("series", "读懂"), ("part", "三")], action, "第几篇要用 0 到 9999 的数字").await;
        refused(&[("series", "读懂"), ("part", "2")], action, "这个系列的这一篇已经是《第 2 讲》").await;
    }
    let other = [("series", "另一个"), ("part", "2"), ("action", "publish")];
    id_in(&form(&site, &me, "/editor/new", &with(&other)).await);
    // What readers do not see takes no place.
    let second = id_of(&site, "第 2 讲").await;
    let event = store::Event { actor: "test", action: "tried", object: "", address: "" };
    let from = [ArticleStatus::Published];
    assert!(site.site.store.move_article(second, &from, ArticleStatus::Hidden, None, None, &event).await.unwrap());
    let free = [("series", "读懂"), ("part", "2"), ("slug", "instead"), ("action", "publish")];
    id_in(&form(&site, &me, "/editor/new", &with(&free)).await);
    let back = [("series", "读懂"), ("part", "2"), ("slug", "part-2"), ("base_revision", "1"), ("action", "publish")];
    let page = form(&site, &me, &format!("/editor/{}", second.0), &with(&back)).await;
    assert!(page.body.contains("已经是《新文章》"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_imported_articles_that_are_the_same_part_can_be_corrected() {
    let (first, second) = (part(1), part(1));
    let site = TestSite::with(&[("a.md", &first.1), ("b.md", &second.1.replace("第 1 讲", "重号"))]).await;
    let me = person(&site, "重号", "jia", Role::Editor).await;
    let path = format!("/editor/{}", id_of(&site, "重号").await.0);
    let same = [("slug", "b"), ("series", "读懂"), ("part", "1"), ("base_revision", "1"), ("action", "publish")];
    id_in(&form(&site, &me, &path, &with(&same)).await);
    assert_eq!(parts(&site, "a").await.len(), 2);
    let other = [("slug", "b"), ("series", "读懂"), ("part", "2"), ("base_revision", "2"), ("action", "publish")];
    id_in(&form(&site, &me, &path, &with(&other)).await);
    let back = [("slug", "b"), ("series", "读懂"), ("part", "1"), ("base_revision", "3"), ("action", "publish")];
    assert!(form(&site, &me, &path, &with(&back)).await.body.contains("已经是《第 1 讲》"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_part_that_is_taken_meanwhile_goes_back_to_its_author() {
    let (site, me) = with_parts(&[1]).await;
    let series = [("series", "读懂"), ("part", "2")];
    let late = [("slug", "late"), ("publish_at", "2099-01-01T08:00"), ("action", "schedule")];
    let id = id_in(&form(&site, &me, "/editor/new", &with(&[series.as_slice(), &late].concat())).await);
    id_in(&form(&site, &me, "/editor/new", &with(&[series.as_slice(), &[("action", "publish")]].concat())).await);
    let due = Timestamp::from_site_minute("2099-01-01T08:00").unwrap();
    assert_eq!(publishing::publish_due(&site.site, due).await.unwrap(), 0);
    get(&site, &me, &format!("/editor/{id}")).await.assert_page("没能发布，请检查：第几篇。");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_takes_the_series_of_drafts_along() {
    let (site, me) = with_parts(&[1]).await;
    let loose = [("series", "读懂: *a"), ("title", "草稿"), ("action", "save")];
    id_in(&form(&site, &me, "/editor/new", &with(&loose)).await);
    let newer = [("series", "读懂"), ("part", "7"), ("base_revision", "1"), ("action", "save")];
    let path = format!("/editor/{}", id_of(&site, "第 1 讲").await.0);
    id_in(&form(&site, &me, &path, &with(&newer)).await);
    let folder = site.folder.path().join("export");
    export::export(&site.site, &folder, &|| {}).await.unwrap();
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).unwrap();
    assert!(read("articles/part-1.md").contains("series: {\"name\":\"读懂\",\"part\":1}"));
    assert!(read("drafts/part-1.txt").contains("series: {\"name\":\"读懂\",\"part\":7}"));
    assert_eq!(site.import_paths(vec![folder.clone()]).await.unchanged, 2);
    let other = TestSite::new().await;
    assert_eq!(other.import_paths(vec![folder]).await.added, 2);
    let copy: DraftFields = other.site.store.working_text(id_of(&other, "草稿").await).await.unwrap().unwrap().0.fields;
    assert_eq!((copy.series.as_str(), copy.part.as_str()), ("读懂: *a", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_name_a_series_in_several_ways() {
    let text = |series: &str| format!("---\ncategory: Kibana\nseries: {series}\n---\n正文。\n");
    let ways = [text("{name: 读懂, part: 4}"), text("{name: 读懂}"), text("读懂"), text("[读懂, 另一个]"), text("[]")];
    let files: Vec<_> = ways.iter().enumerate().map(|(number, text)| (format!("way-{number}.md"), text)).collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::with(&files).await;
    let place = async |slug: &str| {
        let series = site.get(&format!("/api/article?slug={slug}")).await.json()["series"].clone();
        let own = series["parts"].as_array().cloned().unwrap_or_default();
        let own = own.into_iter().find(|part| part["slug"] == slug);
        (series["name"].as_str().unwrap_or_default().to_owned(), own.and_then(|part| part["part"].as_u64()))
    };
    let read = |name: &str, part| (name.to_owned(), part);
    assert_eq!(place("way-0").await, read("读懂", Some(4)));
    for slug in ["way-1", "way-2", "way-3"] {
        assert_eq!(place(slug).await, read("读懂", None), "{slug}");
    }
    assert_eq!(place("way-4").await, read("", None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_series_shows_what_is_around_and_folds_the_rest() {
    let (site, me) = with_parts(&(1..=9).map(|number| number * 10).collect::<Vec<_>>()).await;
    let page = site.get("/articles/part-50").await.body;
    let nav = page.split("class=\"series\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let (near, all) = nav.split_once("<details>").unwrap();
    assert!(all.contains("全部 9 篇") && !all.contains("open"), "{all}");
    assert_eq!((near.matches("<li").count(), all.matches("<li").count()), (3, 9));
    for number in [40, 50, 60] {
        assert!(near.contains(&format!("<li value=\"{number}\">")), "{number}: {near}");
    }
    for (slug, shown) in [("part-10", 2), ("part-90", 2)] {
        let page = site.get(&format!("/articles/{slug}")).await.body;
        let near = page.split("class=\"series\"").nth(1).unwrap().split("<details>").next().unwrap().to_owned();
        assert_eq!(near.matches("<li").count(), shown, "{slug}");
    }
    let hostile = [("series", "</datalist><b>x"), ("part", "1"), ("slug", "hostile"), ("action", "publish")];
    id_in(&form(&site, &me, "/editor/new", &with(&hostile)).await);
    for page in [get(&site, &me, "/editor/new").await, site.get("/articles/hostile").await] {
        page.assert_page("&lt;/datalist&gt;&lt;b&gt;x");
        assert!(!page.body.contains("<b>x"), "{}", page.body);
    }
}
