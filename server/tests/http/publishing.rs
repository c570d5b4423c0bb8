//! Publishing over HTTP: what readers get, when, and what they no longer get.

use crate::writing::{draft, form, get, id_in, post, site, with};
use app::account::Viewer;
use axum::http::StatusCode;
use serde_json::json;
use server::publishing;
use types::{ArticleId, Timestamp};

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
