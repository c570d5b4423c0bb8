//! Publishing over HTTP: what readers get, when, and what they no longer get.

use crate::site::TestSite;
use crate::writing::{draft, form, get, id_in, post, site, with};
use app::account::Viewer;
use app::words::editor::SENT_BACK;
use axum::http::StatusCode;
use serde_json::json;
use server::publishing;
use types::{ArticleId, ArticleStatus, Timestamp};

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
    let shared = site.get(&format!("/preview/{token}")).await;
    assert_eq!((shared.status, shared.header("location")), (StatusCode::TEMPORARY_REDIRECT, "/articles/fresh"));
    let changed = [("action", "save"), ("base_revision", "1"), ("body", "还没发布的改动。")];
    id_in(&form(&site, &me, &format!("/editor/{id}"), &with(&changed)).await);
    site.get(&format!("/preview/{token}")).await.assert_page("还没发布的改动。");
    assert_eq!(site.get(&format!("/preview/{}", "0".repeat(32))).await.status, StatusCode::NOT_FOUND);
}

/// A text of an author that an editor has scheduled, when it is due, and its address in the editor.
async fn scheduled_by_an_editor(site: &TestSite, editor: &Viewer, author: &Viewer) -> (ArticleId, Timestamp, String) {
    let id = id_in(&form(site, author, "/editor/new", &with(&[("action", "submit")])).await);
    let path = format!("/editor/{id}");
    let when = [("action", "schedule"), ("publish_at", "2099-01-01T08:00"), ("base_revision", "1")];
    assert_eq!(id_in(&form(site, editor, &path, &with(&when)).await), id);
    (ArticleId(id.parse().unwrap()), Timestamp::from_site_minute("2099-01-01T08:00").unwrap(), path)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_author_changes_after_scheduling_waits_for_review_again() {
    let (site, editor, author) = site().await;
    let (id, due, path) = scheduled_by_an_editor(&site, &editor, &author).await;
    let store = &site.site.store;
    // The same text again, and an editor's change, are no reason.
    id_in(&form(&site, &author, &path, &with(&[("action", "save"), ("base_revision", "1")])).await);
    id_in(&form(&site, &editor, &path, &with(&[("action", "save"), ("base_revision", "1"), ("body", "审过。")])).await);
    assert_eq!(store.working_text(id).await.unwrap().unwrap().0.publish_at, Some(due));
    let saved = post(&site, &author, "/api/draft", &draft(Some(&id.0.to_string()), 2, "k", "没人审过。")).await;
    assert_eq!(saved.json()["status"], "review", "{}", saved.body);
    assert_eq!(saved.json()["notice"], SENT_BACK);
    for (who, place) in [(&author, path.as_str()), (&author, "/editor"), (&editor, "/editor?status=review&everybody=1")]
    {
        get(&site, who, place).await.assert_page(SENT_BACK);
    }
    assert_eq!(store.working_text(id).await.unwrap().unwrap().0.publish_at, None);
    assert_eq!(publishing::publish_due(&site.site, due).await.unwrap(), 0);
    assert_eq!(site.get("/articles/fresh").await.status, StatusCode::NOT_FOUND);
    let log = store.audit("yi", types::PageNumber::default(), 10).await.unwrap().items;
    assert_eq!((log[0].action.as_str(), log[0].address.as_str()), ("article changed after scheduling", "0.0.0.0/24"));
    let again = [("action", "schedule"), ("publish_at", "2099-01-01T08:00"), ("base_revision", "3")];
    id_in(&form(&site, &editor, &path, &with(&again)).await);
    for place in [path.as_str(), "/editor"] {
        assert!(!get(&site, &author, place).await.body.contains(SENT_BACK), "it was reviewed: {place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_an_author_changes_after_scheduling_are_reviewed_too() {
    let (site, editor, author) = site().await;
    let (id, _, path) = scheduled_by_an_editor(&site, &editor, &author).await;
    let store = &site.site.store;
    let (sha256, data) = ("ab".repeat(32), vec![1]);
    let kept = store::FileToKeep { sha256, content_type: "application/zip".into(), listing: None, data };
    store.attach(id, "a.zip", None, &kept, None).await.unwrap();
    let status = async || store.working_text(id).await.unwrap().unwrap().0.status;
    assert_eq!(status().await, ArticleStatus::Scheduled);
    let file = store.attachments_of(&[id]).await.unwrap()[&id.0][0].id.0;
    let (licence, detach) = (format!("licence-{file}"), format!("detach-{file}"));
    let base = ("base_revision", "1");
    let again = with(&[("action", "schedule"), ("publish_at", "2099-01-01T08:00"), base]);
    for change in [with(&[("action", "licences"), (&licence, "MIT"), base]), with(&[("action", &detach), base])] {
        form(&site, &author, &path, &change).await;
        assert_eq!(status().await, ArticleStatus::Review, "{change:?}");
        get(&site, &author, &path).await.assert_page(SENT_BACK);
        form(&site, &editor, &path, &again).await;
        assert_eq!(status().await, ArticleStatus::Scheduled);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_cannot_be_published_holds_up_no_other() {
    let (site, editor, author) = site().await;
    let (_, due, _) = scheduled_by_an_editor(&site, &editor, &author).await;
    let store = &site.site.store;
    // More than is ever unpacked: reading this draft fails.
    let fields =
        types::DraftFields { title: "坏".into(), body: "a".repeat(33 << 20), ..types::DraftFields::default() };
    let Viewer(Some(person)) = &author else { unreachable!() };
    let draft = store::DraftToSave {
        id: None,
        author: person.author,
        by: "yi",
        base_revision: 0,
        key: "",
        fields: &fields,
        explicit: false,
        review: None,
    };
    let store::DraftOutcome::Saved { id, .. } = store.save_draft(&draft).await.unwrap() else { unreachable!() };
    let event = store::Event { actor: "test", action: "tried", object: "", address: "" };
    let (from, earlier) = ([ArticleStatus::Draft], Some(Timestamp(due.0 - 1)));
    assert!(store.move_article(id, &from, ArticleStatus::Scheduled, earlier, None, &event).await.unwrap());
    assert!(store.working_text(id).await.is_err());
    assert_eq!(publishing::publish_due(&site.site, due).await.unwrap(), 1);
    site.get("/articles/fresh").await.assert_page("全文在此。");
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
async fn what_an_author_took_away_comes_back_by_way_of_review() {
    let (site, editor, author) = site().await;
    let id = crate::writing::id_of(&site, "乙文").await;
    let (path, before) = (format!("/editor/{}", id.0), site.site.store.working_text(id).await.unwrap().unwrap().0);
    let slug = before.slug.as_str();
    let date = site.get(&format!("/api/article?slug={slug}")).await.json()["published_at"].clone();
    for (action, base) in [("hide", "1"), ("submit", "2")] {
        let fields = with(&[("action", action), ("slug", slug), ("base_revision", base), ("body", "改好了。")]);
        let answer = form(&site, &author, &path, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{action}: {}", answer.body);
        assert_eq!(site.get(&format!("/articles/{slug}")).await.status, StatusCode::NOT_FOUND, "{action}");
    }
    assert_eq!(site.site.store.working_text(id).await.unwrap().unwrap().0.status, ArticleStatus::Review);
    let fields = with(&[("action", "publish"), ("slug", "better"), ("base_revision", "2"), ("body", "改好了。")]);
    id_in(&form(&site, &editor, &path, &fields).await);
    assert_eq!(site.get("/api/article?slug=better").await.json()["published_at"], date, "it is the same article");
    assert_eq!(site.get(&format!("/articles/{slug}")).await.header("location"), "/articles/better");
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
