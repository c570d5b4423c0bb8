//! Reviewing over HTTP: what waits for an editor, how it goes on, and what its author is told.

use crate::site::TestSite;
use crate::writing::{draft, form, get, id_in, id_of, post, site, with};
use app::account::Viewer;
use axum::http::StatusCode;
use types::{ArticleId, ArticleStatus, WorkingText};

/// The list of what waits for an editor.
const QUEUE: &str = "/editor?status=review&everybody=1";

/// The published article of the author, with its address in the editor and for readers.
async fn published(site: &TestSite) -> (ArticleId, String, String) {
    let id = id_of(site, "乙文").await;
    let slug = site.site.store.working_text(id).await.unwrap().unwrap().0.slug;
    (id, format!("/editor/{}", id.0), slug.to_string())
}

async fn work(site: &TestSite, id: ArticleId) -> WorkingText {
    site.site.store.working_text(id).await.unwrap().unwrap().0
}

/// What a button of the form of a published article did: the end of the address that its answer leads to.
async fn press(site: &TestSite, who: &Viewer, article: &(ArticleId, String, String), more: &[(&str, &str)]) -> String {
    let (id, path, slug) = article;
    let base = work(site, *id).await.revision.to_string();
    let fields = [&[("slug", slug.as_str()), ("base_revision", base.as_str())], more].concat();
    let answer = form(site, who, path, &with(&fields)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header("location").rsplit("done=").next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_change_of_a_published_article_waits_while_readers_keep_what_they_had() {
    let (site, editor, author) = site().await;
    let article = published(&site).await;
    let (id, path, slug) = &article;
    let page = get(&site, &author, path).await;
    page.assert_page("提交修改");
    assert!(page.body.contains("只有编辑能改") && !page.body.contains("type=\"file\""), "files are the editors'");
    let change = [("title", "乙文新题"), ("body", "改好了。")];
    let press =
        async |who, action: &str| press(&site, who, &article, &[&change[..], &[("action", action)]].concat()).await;
    assert_eq!(press(&author, "submit").await, "change-submitted");
    site.get(&format!("/articles/{slug}")).await.assert_page("乙的正文。");
    for (who, list) in [(&editor, QUEUE), (&author, "/editor?status=review")] {
        let queue = get(&site, who, list).await;
        queue.assert_page("乙文新题");
        queue.assert_page("改动待审");
    }
    let page = get(&site, &author, path).await;
    page.assert_page("撤回提交");
    assert!(!page.body.contains("提交修改"));
    // What is written on waits with it.
    let further = post(&site, &author, "/api/draft", &draft(Some(&id.0.to_string()), 2, "k", "又改。")).await;
    assert_eq!(further.json()["status"], "published", "{}", further.body);
    get(&site, &editor, QUEUE).await.assert_page("改动待审");
    let page = get(&site, &editor, path).await;
    page.assert_page(&format!("href=\"{path}?compare=1#revisions\""));
    get(&site, &editor, &format!("{path}?compare=1")).await.assert_page("<ins>又改</ins>");
    assert_eq!(press(&editor, "publish").await, "published");
    site.get(&format!("/articles/{slug}")).await.assert_page("改好了。");
    assert!(!get(&site, &editor, QUEUE).await.body.contains("乙文"));
    assert_eq!(press(&author, "submit").await, "unchanged");
    assert!(!work(&site, *id).await.submitted);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_sends_back_with_a_word_and_an_author_takes_back_without() {
    let (site, editor, author) = site().await;
    let article = published(&site).await;
    let (_, path, slug) = &article;
    let waiting = id_in(&form(&site, &author, "/editor/new", &with(&[("action", "submit"), ("slug", "new")])).await);
    let new = (ArticleId(waiting.parse().unwrap()), format!("/editor/{waiting}"), "new".to_owned());
    let change = ("body", "改好了。");
    assert_eq!(press(&site, &author, &article, &[change, ("action", "submit")]).await, "change-submitted");
    for article in [&article, &new] {
        let back = [change, ("action", "withdraw"), ("reason", " 缺\n<b>出处 ")];
        assert_eq!(press(&site, &editor, article, &back).await, "returned");
        assert_eq!(work(&site, article.0).await.notice.as_deref(), Some("编辑退回了这篇文章：缺 <b>出处"));
        for place in [article.1.as_str(), "/editor"] {
            get(&site, &author, place).await.assert_page("编辑退回了这篇文章：缺 &lt;b&gt;出处");
        }
        assert!(!get(&site, &editor, QUEUE).await.body.contains(&article.1), "it does not wait any more");
        press(&site, &author, article, &[change, ("action", "submit")]).await;
        assert_eq!(work(&site, article.0).await.notice, None);
        assert!(!get(&site, &author, &article.1).await.body.contains("name=\"reason\""), "only editors send back");
        let own = press(&site, &author, article, &[change, ("action", "withdraw")]).await;
        assert!(["withdrawn", "change-withdrawn"].contains(&own.as_str()), "{own}");
        assert_eq!(work(&site, article.0).await.notice, None);
    }
    assert_eq!(work(&site, article.0).await.status, ArticleStatus::Published);
    site.get(&format!("/articles/{slug}")).await.assert_page("乙的正文。");
    // Nothing waits: there is nothing to send back.
    let nothing = form(&site, &editor, path, &with(&[("action", "withdraw"), ("base_revision", "2"), change])).await;
    assert_eq!(nothing.status, StatusCode::CONFLICT);
    let log = site.site.store.audit("jia", types::PageNumber::FIRST, 10).await.unwrap().items;
    assert_eq!(log.iter().filter(|entry| entry.action == "article sent back").count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_a_hidden_category_stays_there_and_can_be_corrected() {
    let (site, editor, _) = site().await;
    let store = &site.site.store;
    let tree = store.category_tree().await.unwrap();
    let kibana = tree.iter().flat_map(|group| &group.leaves).find(|leaf| leaf.slug.as_str() == "kibana").unwrap().id;
    let event = store::Event { actor: "test", action: "tried", object: "", address: "" };
    store.hide_category(kibana, true, &event).await.unwrap();
    let article = published(&site).await;
    get(&site, &editor, &article.1).await.assert_page("<option value=\"kibana\" selected>Kibana（已隐藏）</option>");
    assert_eq!(press(&site, &editor, &article, &[("action", "publish"), ("body", "改好了。")]).await, "published");
    let seen = site.get(&format!("/api/article?slug={}", article.2)).await.json();
    assert_eq!(seen["category"]["slug"], "kibana", "{seen}");
    let new = form(&site, &editor, "/editor/new", &with(&[("action", "publish")])).await;
    assert_eq!(new.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing new stands in it");
    assert!(new.body.contains("id=\"category-error\"") && new.body.contains("Kibana（已隐藏）"), "{}", new.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_post_says_what_is_true_and_opens_where_it_is_wrong() {
    let (site, editor, author) = site().await;
    let id = id_in(&form(&site, &author, "/editor/new", &with(&[("action", "submit")])).await);
    let late = [("action", "schedule"), ("publish_at", "2020-01-01T00:00"), ("base_revision", "1")];
    let page = form(&site, &editor, &format!("/editor/{id}"), &with(&late)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("没有发布，文字已保存。") && page.body.contains("待审核"), "{}", page.body);
    let long = "标".repeat(300);
    for (first, fields) in [
        ("title", vec![("action", "publish"), ("title", ""), ("tags", long.as_str())]),
        ("category", vec![("action", "publish"), ("category", ""), ("tags", long.as_str())]),
        ("body", vec![("action", "publish"), ("body", "")]),
        ("source_url", vec![("action", "publish"), ("source_url", "javascript:alert(1)")]),
    ] {
        let page = form(&site, &editor, "/editor/new", &with(&fields)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{first}");
        let tags: Vec<_> = page.body.split('<').filter(|tag| tag.contains(" autofocus")).collect();
        assert!(tags.len() == 1 && tags[0].contains(&format!("name=\"{first}\"")), "{first}: {tags:?}");
        let fold = page.body.split("<details").nth(1).unwrap().split('>').next().unwrap();
        assert_eq!(fold.contains("open"), first == "source_url", "what is wrong is not folded away");
    }
    let saved = form(&site, &editor, "/editor/new", &with(&[("action", "save"), ("tags", &long)])).await;
    assert!(!saved.body.contains(" autofocus"), "nothing was refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_to_a_preview_opens_at_the_preview() {
    let (site, editor, _) = site().await;
    get(&site, &editor, "/editor/new").await.assert_page("formaction=\"/editor/new#preview\"");
    let fields = [("action", "preview"), ("body", "**粗**")];
    let page = form(&site, &editor, "/editor/new", &with(&fields)).await;
    page.assert_page("id=\"preview\"");
    let address = page.body.split("formaction=\"").nth(1).unwrap().split('"').next().unwrap();
    let (id, _) = address.trim_start_matches("/editor/").split_once('#').unwrap();
    assert!(id.parse::<i64>().is_ok(), "the next preview is of the same text: {address}");
}
