//! The editor over HTTP: what is posted, by whom, and what must never happen.

use crate::site::{Answer, TestSite};
use app::account::{Person, Role, Viewer};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use server::publishing;
use types::{ArticleId, Timestamp};

const FILES: [(&str, &str); 2] = [
    ("one.md", "---\ntitle: 甲文\ncategory: Kibana\nauthor: 甲\n---\n甲的正文。\n"),
    ("two.md", "---\ntitle: 乙文\ncategory: Kibana\nauthor: 乙\n---\n乙的正文。\n"),
];

/// A site with two authors, who may publish when they are editors.
async fn site() -> (TestSite, Viewer, Viewer) {
    let site = TestSite::with(&FILES).await;
    let first = person(&site, "甲文", "jia", Role::Editor).await;
    let second = person(&site, "乙文", "yi", Role::Author).await;
    (site, first, second)
}

async fn id_of(site: &TestSite, title: &str) -> ArticleId {
    let query = store::WorkQuery { text: title.into(), page: 1, per_page: 10, ..store::WorkQuery::default() };
    site.site.store.work_list(&query).await.unwrap().items[0].id
}

async fn person(site: &TestSite, title: &str, handle: &str, role: Role) -> Viewer {
    let (_, author) = site.site.store.working_text(id_of(site, title).await).await.unwrap().unwrap();
    Viewer(Some(Person { handle: handle.into(), author, role }))
}

async fn form(site: &TestSite, viewer: &Viewer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::builder().method(Method::POST).uri(path).header("host", "site.test");
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
    site.ask(request.extension(viewer.clone()).body(Body::from(body)).unwrap()).await
}

async fn post(site: &TestSite, viewer: &Viewer, path: &str, value: &Value) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("host", "site.test")
        .header("content-type", "application/json");
    site.ask(request.extension(viewer.clone()).body(Body::from(value.to_string())).unwrap()).await
}

async fn get(site: &TestSite, viewer: &Viewer, path: &str) -> Answer {
    site.ask(
        Request::builder().uri(path).header("host", "site.test").extension(viewer.clone()).body(Body::empty()).unwrap(),
    )
    .await
}

fn draft(id: Option<&str>, base: u32, key: &str, body: &str) -> Value {
    json!({ "id": id, "base_revision": base, "key": key, "fields": { "title": "草", "category": "kibana", "body": body } })
}

const GOOD: [(&str, &str); 6] = [
    ("title", "新文章"),
    ("slug", "fresh"),
    ("category", "kibana"),
    ("tags", "索引，C++"),
    ("kind", "original"),
    ("body", "全文在此。"),
];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = GOOD.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.copied().chain(more.iter().copied()).collect()
}

/// The number at the end of `/editor/{id}?done=…`.
fn id_in(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header("location").trim_start_matches("/editor/").split('?').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_enough_to_write_preview_publish_and_edit() {
    let (site, me, _) = site().await;
    get(&site, &me, "/editor/new").await.assert_page("name=\"base_revision\"");
    let id = id_in(
        &form(&site, &me, "/editor/new", &with(&[("action", "save"), ("base_revision", "0"), ("key", "a")])).await,
    );
    assert_eq!(site.get("/articles/fresh").await.status, StatusCode::NOT_FOUND);
    let page = get(&site, &me, &format!("/editor/{id}")).await;
    page.assert_page("全文在此。</textarea>");
    assert_eq!(page.header("cache-control"), "no-store");
    let path = format!("/editor/{id}");
    let shown =
        form(&site, &me, &path, &with(&[("action", "preview"), ("base_revision", "1"), ("body", "**粗**")])).await;
    shown.assert_page("<strong>粗</strong>");
    shown.assert_page("**粗**</textarea>");
    let published = form(&site, &me, &path, &with(&[("action", "publish"), ("base_revision", "2")])).await;
    assert!(published.header("location").ends_with("done=published"), "{}", published.body);
    site.get("/articles/fresh").await.assert_page("全文在此。");
    let changed =
        form(&site, &me, &path, &with(&[("action", "save"), ("base_revision", "3"), ("body", "改过。")])).await;
    id_in(&changed);
    site.get("/articles/fresh").await.assert_page("全文在此。");
    id_in(
        &form(
            &site,
            &me,
            &path,
            &with(&[("action", "publish"), ("base_revision", "4"), ("slug", "moved"), ("body", "改过。")]),
        )
        .await,
    );
    site.get("/articles/moved").await.assert_page("改过。");
    assert_eq!(site.get("/articles/fresh").await.header("location"), "/articles/moved");
    id_in(&form(&site, &me, &path, &[("action", "restore"), ("number", "3"), ("key", "r")]).await);
    get(&site, &me, &path).await.assert_page("全文在此。</textarea>");
    id_in(
        &form(
            &site,
            &me,
            &path,
            &with(&[("action", "hide"), ("base_revision", "6"), ("body", "全文在此。"), ("slug", "moved")]),
        )
        .await,
    );
    assert_eq!(site.get("/articles/moved").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_base_overwrites_nothing_and_shows_both() {
    let (site, me, _) = site().await;
    let first = post(&site, &me, "/api/draft", &draft(None, 0, "k1", "一")).await.json();
    let id = first["id"].as_str().unwrap().to_owned();
    post(&site, &me, "/api/draft", &draft(Some(&id), 1, "k2", "二")).await.json();
    let late = post(&site, &me, "/api/draft", &draft(Some(&id), 1, "k3", "三")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!((late.json()["fields"]["body"].as_str(), late.json()["revision"].as_u64()), (Some("二"), Some(2)));
    for absurd in ["1", "0", "99999", "4294967295", "-1", "x", ""] {
        let fields = with(&[("action", "save"), ("base_revision", absurd), ("body", "我打的字")]);
        let page = form(&site, &me, &format!("/editor/{id}"), &fields).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{absurd}: {}", page.body);
        assert!(page.body.contains("我打的字</textarea>") && page.body.contains("二</textarea>"), "{absurd}");
    }
    let (work, _) = site.site.store.working_text(ArticleId(id.parse().unwrap())).await.unwrap().unwrap();
    assert_eq!((work.revision, work.fields.body.as_str()), (2, "二"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_save_twice_is_one_save() {
    let (site, me, _) = site().await;
    let save = draft(None, 0, "once", "一");
    let (first, second) = tokio::join!(post(&site, &me, "/api/draft", &save), post(&site, &me, "/api/draft", &save));
    assert_eq!(first.json()["id"], second.json()["id"], "{} {}", first.body, second.body);
    assert_eq!(first.json()["revision"], second.json()["revision"]);
    let id = first.json()["id"].as_str().unwrap().to_owned();
    post(&site, &me, "/api/draft", &draft(Some(&id), 1, "next", "二")).await.json();
    // The answer was lost, and is asked for again after another save: still the same answer, and nothing goes back.
    let again = post(&site, &me, "/api/draft", &save).await;
    assert_eq!(again.json()["revision"], 1);
    let (work, _) = site.site.store.working_text(ArticleId(id.parse().unwrap())).await.unwrap().unwrap();
    assert_eq!(work.fields.body, "二");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_authors_article_is_as_if_it_were_not_there() {
    let (site, me, other) = site().await;
    let saved = post(&site, &me, "/api/draft", &draft(None, 0, "k", "秘密的草稿")).await.json();
    let id = saved["id"].as_str().unwrap();
    let path = format!("/editor/{id}");
    for answer in [
        get(&site, &other, &path).await,
        form(&site, &other, &path, &with(&[("action", "save"), ("base_revision", "1")])).await,
        form(&site, &other, &path, &[("action", "restore"), ("number", "1")]).await,
        post(&site, &other, "/api/draft", &draft(Some(id), 1, "x", "偷换")).await,
        post(&site, &other, "/api/draft", &draft(Some("99"), 0, "x", "没有")).await,
    ] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
        assert!(!answer.body.contains("秘密的草稿"));
    }
    let nobody = Viewer::default();
    assert_eq!(get(&site, &nobody, &path).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&site, &nobody, "/api/draft", &draft(None, 0, "k", "x")).await.status, StatusCode::UNAUTHORIZED);
    for path in ["/api/preview", "/api/merge"] {
        assert_eq!(post(&site, &nobody, path, &json!({})).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let kept = form(&site, &nobody, &path, &with(&[("action", "save"), ("body", "登录失效时打的字")])).await;
    assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
    assert!(kept.body.contains("登录失效时打的字</textarea>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_fields_and_roles_change_nothing() {
    let (site, _, author) = site().await;
    let forged = with(&[
        ("action", "publish"),
        ("status", "published"),
        ("author_id", "1"),
        ("role", "admin"),
        ("published_at", "1"),
    ]);
    let answer = form(&site, &author, "/editor/new", &forged).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/articles/fresh").await.status, StatusCode::NOT_FOUND);
    let id = id_in(&form(&site, &author, "/editor/new", &with(&[("action", "submit")])).await);
    let (work, _) = site.site.store.working_text(ArticleId(id.parse().unwrap())).await.unwrap().unwrap();
    assert_eq!(work.status, types::ArticleStatus::Review);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_stands_at_its_field_and_the_text_is_kept() {
    let (site, me, _) = site().await;
    let long = "标".repeat(300);
    for (field, value) in [
        ("title", ""),
        ("slug", "one"),
        ("slug", "中文"),
        ("category", "gone"),
        ("category", ""),
        ("tags", long.as_str()),
        ("kind", "boss"),
        ("kind", "reprint"),
        ("source_url", "javascript:alert(1)"),
        ("body", ""),
    ] {
        let answer =
            form(&site, &me, "/editor/new", &with(&[("action", "publish"), ("summary", "我的摘要"), (field, value)]))
                .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}: {}", answer.body);
        let wrong = if value == "reprint" { "source_url" } else { field };
        assert!(answer.body.contains(&format!("id=\"{wrong}-error\"")), "{field}={value}");
        assert!(answer.body.contains("我的摘要</textarea>"));
    }
    let large = "a".repeat(5 * 1024 * 1024);
    let answer = form(&site, &me, "/editor/new", &with(&[("action", "save"), ("body", &large)])).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("id=\"body-error\"") && answer.body.contains(&large));
}

#[tokio::test(flavor = "multi_thread")]
async fn html_in_every_field_stays_text() {
    let (site, me, _) = site().await;
    let evil = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'";
    let names = [
        "title",
        "tags",
        "summary",
        "body",
        "cover",
        "applies_to",
        "further_reading",
        "source_title",
        "source_author",
        "source_url",
        "source_licence",
        "slug",
        "category",
        "kind",
        "publish_at",
        "key",
    ];
    let fields: Vec<_> = names.iter().map(|name| (*name, evil)).chain([("action", "publish")]).collect();
    let page = form(&site, &me, "/editor/new", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.body.contains("<script>alert(1)") && !page.body.contains("<img src=x"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_show_nowhere_and_two_publishes_are_one() {
    let (site, me, _) = site().await;
    let id = id_in(&form(&site, &me, "/editor/new", &with(&[("action", "save"), ("title", "无人得见")])).await);
    for path in [
        "/",
        "/feed.xml",
        "/sitemap.xml",
        "/api/articles",
        "/api/tags",
        "/api/search?q=%E6%97%A0%E4%BA%BA",
        "/tag/c%2B%2B",
        "/archive",
    ] {
        assert!(!site.get(path).await.body.contains("无人得见"), "{path}");
    }
    let path = format!("/editor/{id}");
    let publish = with(&[("action", "publish"), ("title", "无人得见"), ("base_revision", "1")]);
    let before = site.site.store.last_change().await.unwrap();
    let (first, second) = tokio::join!(form(&site, &me, &path, &publish), form(&site, &me, &path, &publish));
    assert!(
        first.header("location").ends_with("published") && second.header("location").ends_with("published"),
        "{}",
        second.body
    );
    assert_eq!(site.site.store.last_change().await.unwrap(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_article_goes_out_once_and_a_preview_needs_its_address() {
    let (site, me, _) = site().await;
    let past =
        form(&site, &me, "/editor/new", &with(&[("action", "schedule"), ("publish_at", "2020-01-01T00:00")])).await;
    assert!(past.body.contains("id=\"publish_at-error\""));
    let id = id_in(
        &form(&site, &me, "/editor/new", &with(&[("action", "schedule"), ("publish_at", "2099-01-01T08:00")])).await,
    );
    let (work, _) = site.site.store.working_text(ArticleId(id.parse().unwrap())).await.unwrap().unwrap();
    let due = Timestamp::from_site_minute("2099-01-01T08:00").unwrap();
    assert_eq!(work.publish_at, Some(due));
    assert_eq!(publishing::publish_due(&site.site, Timestamp(due.0 - 1)).await.unwrap(), 0);
    let (one, other) = tokio::join!(publishing::publish_due(&site.site, due), publishing::publish_due(&site.site, due));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(site.get("/api/article?slug=fresh").await.json()["published_at"], due.0);
    let token = &work.preview_token;
    site.get(&format!("/preview/{token}")).await.assert_page("全文在此。");
    assert_eq!(site.get(&format!("/preview/{}", "0".repeat(32))).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_are_known_by_content() {
    let (site, me, _) = site().await;
    let send = async |viewer: &Viewer, bytes: Vec<u8>| {
        let request = Request::builder()
            .method(Method::POST)
            .uri("/api/upload")
            .header("host", "site.test")
            .header("content-type", "image/png");
        site.ask(request.extension(viewer.clone()).body(Body::from(bytes)).unwrap()).await
    };
    let picture = include_bytes!("../../seed/articles/images/bm25-term-saturation.png").to_vec();
    let stored = send(&me, picture.clone()).await;
    let url = stored.json()["url"].as_str().unwrap().to_owned();
    let shown = site.get(&url).await;
    assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/png"));
    assert!(shown.header("content-security-policy").contains("sandbox"));
    let preview = post(&site, &me, "/api/preview", &json!({ "body": format!("![图]({url})") })).await.json();
    assert!(preview["html"].as_str().unwrap().contains(" width=\""), "{preview}");
    assert_eq!(
        send(&me, b"PK\x03\x04 a zip that calls itself a picture".to_vec()).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        send(&me, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(send(&me, vec![0; 11 * 1024 * 1024]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send(&Viewer::default(), picture).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_is_what_readers_get() {
    let (site, me, _) = site().await;
    let body =
        "## 节\n\n| a | b |\n|---|---|\n| 1 | `x` |\n\n```rust\nfn main() {}\n```\n\n$e=mc^2$ <b onclick=x>粗</b>\n";
    let preview = post(&site, &me, "/api/preview", &json!({ "body": body })).await.json();
    id_in(&form(&site, &me, "/editor/new", &with(&[("action", "publish"), ("body", body)])).await);
    assert_eq!(site.get("/api/article?slug=fresh").await.json()["html"], preview["html"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_is_gone_for_readers_and_can_be_had_back() {
    let (site, me, other) = site().await;
    let id = id_in(&form(&site, &me, "/editor/new", &with(&[("action", "publish")])).await);
    let path = format!("/editor/{id}");
    site.get("/articles/fresh").await.assert_page("全文在此。");
    assert_eq!(form(&site, &other, &path, &with(&[("action", "delete")])).await.status, StatusCode::NOT_FOUND);
    let base = ("base_revision", "1");
    let deleted = form(&site, &me, &path, &with(&[("action", "delete"), base])).await;
    assert_eq!(deleted.header("location"), "/editor?status=removed&done=deleted", "{}", deleted.body);
    assert_eq!(site.get("/articles/fresh").await.status, StatusCode::GONE);
    assert_eq!(get(&site, &me, &path).await.status, StatusCode::NOT_FOUND);
    assert!(!get(&site, &me, "/editor").await.body.contains("新文章"));
    get(&site, &me, "/editor?status=removed&done=deleted").await.assert_page("新文章");
    assert!(!get(&site, &other, "/editor?status=removed").await.body.contains("新文章"));
    // Saving it meanwhile from another tab finds nothing to save to; nobody else can bring it back.
    assert_eq!(
        post(&site, &me, "/api/draft", &draft(Some(&id), 1, "late", "晚了")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(form(&site, &other, &path, &[("action", "revive")]).await.status, StatusCode::NOT_FOUND);
    let revived = form(&site, &me, &path, &[("action", "revive")]).await;
    assert_eq!(revived.header("location"), format!("{path}?done=revived"), "{}", revived.body);
    assert_eq!(site.get("/articles/fresh").await.status, StatusCode::NOT_FOUND, "hidden until it is published again");
    assert_eq!(form(&site, &me, &path, &[("action", "revive")]).await.status, StatusCode::NOT_FOUND);
    let again = form(&site, &me, &path, &with(&[("action", "publish"), base, ("body", "回来了。")])).await;
    assert!(again.header("location").ends_with("done=published"), "{}", again.body);
    site.get("/articles/fresh").await.assert_page("回来了。");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_stand_below_or_beside_each_other() {
    let (site, me, _) = site().await;
    let id = id_in(&form(&site, &me, "/editor/new", &with(&[("action", "publish"), ("body", "旧的一句")])).await);
    let path = format!("/editor/{id}");
    id_in(&form(&site, &me, &path, &with(&[("action", "save"), ("base_revision", "1"), ("body", "新的一句")])).await);
    let below = get(&site, &me, &format!("{path}?compare=1")).await;
    below.assert_page("<del>旧</del>");
    below.assert_page("compare=1&amp;view=side#revisions");
    let beside = get(&site, &me, &format!("{path}?compare=1&view=side")).await;
    beside.assert_page("<td class=\"old\"><span class=\"sign\">−</span><del>旧</del>");
    beside.assert_page("<td class=\"new\"><span class=\"sign\">+</span><ins>新</ins>");
}

/// Every text of a folder of articles. `CORPUS=FOLDER cargo nextest run -p server --run-ignored only -E 'test(corpus)'`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a folder of articles, CORPUS=FOLDER, and minutes"]
async fn a_corpus_is_published_as_it_was_previewed() {
    let folder = std::env::var("CORPUS").expect("CORPUS names a folder of articles");
    let (site, me, _) = site().await;
    let summary = site.import_paths(vec![folder.into()]).await;
    let (mut after, mut compared) = (ArticleId(i64::MIN), 0);
    loop {
        let titles = site.site.store.titles_after(after, 500).await.unwrap();
        let Some((last, ..)) = titles.last() else { break };
        after = *last;
        for (id, slug, ..) in titles {
            let (work, _) = site.site.store.working_text(id).await.unwrap().unwrap();
            // One person may not ask for so many previews; they are the same for everybody.
            let mut reader = me.clone();
            if let Viewer(Some(person)) = &mut reader {
                person.handle = format!("reader-{}", compared / 50).parse().unwrap();
            }
            let preview = post(&site, &reader, "/api/preview", &json!({ "body": work.fields.body })).await;
            assert_eq!(preview.status, StatusCode::OK, "{slug}: {}", preview.body);
            let preview = preview.json();
            let (key, new) = (format!("k-{compared}"), format!("as-{compared}"));
            let fields = with(&[("action", "publish"), ("key", &key), ("slug", &new), ("body", &work.fields.body)]);
            id_in(&form(&site, &me, "/editor/new", &fields).await);
            let public = site.get(&format!("/api/article?slug={new}")).await;
            assert_eq!(public.status, StatusCode::OK, "{slug}: {}", public.body);
            let public = public.json();
            let (public, preview) = (public["html"].as_str().unwrap(), preview["html"].as_str().unwrap());
            let same = public.chars().zip(preview.chars()).take_while(|(one, other)| one == other).count();
            let rest = |html: &str| html.chars().skip(same.saturating_sub(80)).take(240).collect::<String>();
            assert!(public == preview, "{slug}: published {:?}, previewed {:?}", rest(public), rest(preview));
            compared += 1;
        }
        // What this test publishes itself comes after what was imported.
        if compared >= summary.added {
            break;
        }
    }
    assert!(compared >= summary.added, "{compared} of {} were compared", summary.added);
}
