//! The editor over HTTP: what is saved, by whom, and what must never happen.

use crate::writing::{draft, form, get, id_in, post, site, with};
use app::account::Viewer;
use axum::http::StatusCode;
use serde_json::json;
use types::ArticleId;

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
