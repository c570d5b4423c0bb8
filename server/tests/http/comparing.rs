//! Two texts compared over HTTP: what somebody else saved in between, and kept versions; in the small fields and in the body.

use crate::writing::{form, get, id_in, site, with};
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_without_scripts_names_every_field_that_differs() {
    let (site, me, _) = site().await;
    let path = format!("/editor/{}", id_in(&form(&site, &me, "/editor/new", &with(&[("action", "save")])).await));
    let theirs = with(&[("action", "save"), ("base_revision", "1"), ("title", "他们的题"), ("category", "redis")]);
    id_in(&form(&site, &me, &path, &theirs).await);
    let mine =
        with(&[("action", "save"), ("base_revision", "1"), ("title", "我的题"), ("tags", ""), ("kind", "reprint")]);
    let page = form(&site, &me, &path, &mine).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.body);
    for line in [
        "标题：<del>他们的题</del> → <ins>我的题</ins>",
        "栏目：<del>Redis</del> → <ins>Kibana</ins>",
        "标签：<del>索引，C++</del> → <ins>（空）</ins>",
        "类型：<del>原创</del> → <ins>转载</ins>",
    ] {
        assert!(page.body.contains(line), "{line}: {}", page.body);
    }
    assert!(!page.body.contains("class=\"comparison\""), "the bodies are the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_version_is_compared_in_every_field() {
    let (site, me, _) = site().await;
    let made = with(&[("action", "publish"), ("title", "旧题")]);
    let path = format!("/editor/{}", id_in(&form(&site, &me, "/editor/new", &made).await));
    let same = get(&site, &me, &format!("{path}?compare=1")).await;
    same.assert_page("没有不同。");
    assert!(!same.body.contains("class=\"comparison\""), "{}", same.body);
    let changed = with(&[("action", "save"), ("base_revision", "1"), ("title", "<b>新题</b>"), ("category", "redis")]);
    id_in(&form(&site, &me, &path, &changed).await);
    for view in ["", "&view=side"] {
        let page = get(&site, &me, &format!("{path}?compare=1{view}")).await;
        page.assert_page("标题：<del>旧题</del> → <ins>&lt;b&gt;新题&lt;/b&gt;</ins>");
        page.assert_page("栏目：<del>Kibana</del> → <ins>Redis</ins>");
        assert!(!page.body.contains("没有不同") && !page.body.contains("⋯"), "{}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cover_that_is_no_address_is_told_where_covers_stand() {
    let (site, me, _) = site().await;
    let page = form(&site, &me, "/editor/new", &with(&[("action", "publish"), ("cover", "cover.png")])).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
    assert!(page.body.contains("封面图片地址要以 https://、http:// 或 /media/ 开头。"), "{}", page.body);
}
