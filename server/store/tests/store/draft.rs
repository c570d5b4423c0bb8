//! Drafts: saved once, never over another text, published in one piece.

use crate::support::{article, on_both};
use store::{ArticleToSave, DraftOutcome, DraftToSave, Event, PublishOutcome, Store, ToPublish, WorkQuery};
use types::{ArticleFilter, ArticleId, ArticleStatus, DraftFields, RevisionReason, Timestamp};

const EVENT: Event<'static> = Event { actor: "test", action: "tried", object: "", address: "" };

fn text(body: &str) -> DraftFields {
    DraftFields { title: "草".into(), category: "mysql".into(), body: body.into(), ..DraftFields::default() }
}

fn save<'a>(id: Option<ArticleId>, author: i64, base: u32, key: &'a str, fields: &'a DraftFields) -> DraftToSave<'a> {
    DraftToSave { id, author, by: "feng", base_revision: base, key, fields, explicit: false, review: None }
}

/// An author, by way of an article.
async fn author(store: &Store) -> i64 {
    let id = store.save_articles(&[article("theirs")]).await.remove(0).unwrap().id;
    store.working_text(id).await.unwrap().unwrap().1
}

async fn begun(store: &Store) -> (ArticleId, i64) {
    let author = author(store).await;
    match store.save_draft(&save(None, author, 0, "first", &text("一"))).await.unwrap() {
        DraftOutcome::Saved { id, revision: 1, .. } => (id, author),
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_key_is_answered_once_and_for_all(store: Store) {
        let (id, author) = begun(&store).await;
        let again = store.save_draft(&save(None, author, 0, "first", &text("一"))).await.unwrap();
        assert!(matches!(again, DraftOutcome::Saved { id: same, revision: 1, .. } if same == id), "{again:?}");
        let other = store.save_draft(&save(Some(id), author, 0, "first", &text("换了"))).await.unwrap();
        assert_eq!(other, DraftOutcome::Conflict, "another text under a used key is another save");
        let (next, stale) = (text("二"), text("三"));
        let saved = store.save_draft(&save(Some(id), author, 1, "second", &next)).await.unwrap();
        assert!(matches!(saved, DraftOutcome::Saved { revision: 2, .. }));
        assert_eq!(store.save_draft(&save(Some(id), author, 1, "third", &stale)).await.unwrap(), DraftOutcome::Conflict);
        assert_eq!(store.working_text(id).await.unwrap().unwrap().0.fields, next);
    }

    async fn the_same_text_is_no_conflict(store: Store) {
        let (id, author) = begun(&store).await;
        let same = store.save_draft(&save(Some(id), author, 7, "k", &text("一"))).await.unwrap();
        assert!(matches!(same, DraftOutcome::Saved { revision: 1, .. }), "{same:?}");
    }

    async fn what_readers_see_changes_only_by_publishing(store: Store) {
        let saved = store.save_articles(&[article("out")]).await.remove(0).unwrap();
        let author = store.working_text(saved.id).await.unwrap().unwrap().1;
        let draft = DraftFields { slug: "out".into(), ..text("新") };
        store.save_draft(&save(Some(saved.id), author, 1, "k", &draft)).await.unwrap();
        let seen = store.article_by_slug(&saved.slug).await.unwrap().unwrap();
        assert_eq!((seen.summary.title.as_str(), seen.revision), ("题 out", 1));
        let log = store.last_change().await.unwrap();
        let made = ArticleToSave { title: "草".into(), slug: "renamed".parse().unwrap(), ..article("out") };
        let wanted = ToPublish { id: saved.id, revision: 2, article: &made, by: "feng", scheduled: None, event: &EVENT };
        assert!(matches!(store.publish(&wanted).await.unwrap(), PublishOutcome::Published(_)));
        assert!(matches!(store.publish(&wanted).await.unwrap(), PublishOutcome::Already(_)));
        assert_eq!(store.last_change().await.unwrap(), log + 1);
        assert_eq!(store.redirect_for("/articles/out").await.unwrap().as_deref(), Some("/articles/renamed"));
        let seen = store.article_by_slug(&"renamed".parse().unwrap()).await.unwrap().unwrap();
        assert_eq!((seen.summary.title.as_str(), seen.summary.published_at), ("草", article("out").published_at));
        let stale = ToPublish { revision: 1, ..wanted };
        assert_eq!(store.publish(&stale).await.unwrap(), PublishOutcome::Conflict);
    }

    async fn a_taken_slug_is_told(store: Store) {
        let (id, _) = begun(&store).await;
        let made = article("theirs");
        let wanted = ToPublish { id, revision: 1, article: &made, by: "feng", scheduled: None, event: &EVENT };
        assert_eq!(store.publish(&wanted).await.unwrap(), PublishOutcome::SlugTaken);
        assert_eq!(store.list(&ArticleFilter::default()).await.unwrap().total, 1);
    }

    async fn an_import_after_a_draft_is_a_conflict_and_takes_a_new_number(store: Store) {
        let first = store.save_articles(&[crate::support::imported("a.md", "h1")]).await.remove(0).unwrap();
        let author = store.working_text(first.id).await.unwrap().unwrap().1;
        store.save_draft(&save(Some(first.id), author, 1, "k", &text("我的"))).await.unwrap();
        // An exported file names its article, and so is taken over whatever was written since.
        let exported = ArticleToSave { id: Some(first.id), ..crate::support::imported("a.md", "h2") };
        let again = store.save_articles(&[exported]).await.remove(0).unwrap();
        assert_eq!(again.revision, 3);
        assert_eq!(store.save_draft(&save(Some(first.id), author, 2, "l", &text("再改"))).await.unwrap(), DraftOutcome::Conflict);
        let mine = store.revision(first.id, 2).await.unwrap().unwrap();
        assert_eq!(mine.over(DraftFields::default()).body, "我的");
    }

    async fn a_schedule_is_due_once(store: Store) {
        let (id, _) = begun(&store).await;
        let (at, draft) = (Timestamp(2_000_000_000_000), [ArticleStatus::Draft]);
        assert!(store.move_article(id, &draft, ArticleStatus::Scheduled, Some(at), None, &EVENT).await.unwrap());
        assert!(!store.move_article(id, &draft, ArticleStatus::Scheduled, Some(at), None, &EVENT).await.unwrap());
        assert!(store.due_drafts(Timestamp(at.0 - 1)).await.unwrap().is_empty());
        assert_eq!(store.due_drafts(at).await.unwrap().len(), 1);
        let made = article("due");
        let wanted = ToPublish { id, revision: 1, article: &made, by: "feng", scheduled: Some(at), event: &EVENT };
        assert!(matches!(store.publish(&wanted).await.unwrap(), PublishOutcome::Published(_)));
        assert_eq!(store.publish(&wanted).await.unwrap(), PublishOutcome::Missing);
        assert!(store.due_drafts(at).await.unwrap().is_empty());
    }

    async fn a_change_waits_until_it_is_out_taken_back_or_overtaken(store: Store) {
        let imported = crate::support::imported("a.md", "h1");
        let saved = store.save_articles(&[imported]).await.remove(0).unwrap();
        let (id, author) = (saved.id, store.working_text(saved.id).await.unwrap().unwrap().1);
        let store = &store;
        let waits = || async move {
            let queue = WorkQuery { statuses: vec![ArticleStatus::Review], page: 1, per_page: 9, ..WorkQuery::default() };
            let (listed, work) = (store.work_list(&queue).await.unwrap(), store.working_text(id).await.unwrap().unwrap().0);
            assert_eq!(listed.items.iter().any(|item| item.submitted), work.submitted);
            work.submitted
        };
        assert!(!store.submit_change(id, &EVENT).await.unwrap(), "there is no change");
        store.save_draft(&save(Some(id), author, 1, "k", &text("改"))).await.unwrap();
        assert!(store.submit_change(id, &EVENT).await.unwrap());
        assert!(waits().await);
        assert!(store.withdraw_change(id, Some("再想想"), &EVENT).await.unwrap());
        assert!(!store.withdraw_change(id, None, &EVENT).await.unwrap());
        assert_eq!(store.working_text(id).await.unwrap().unwrap().0.notice.as_deref(), Some("再想想"));
        assert!(!waits().await);
        store.submit_change(id, &EVENT).await.unwrap();
        let (out, gone) = ([ArticleStatus::Published], [ArticleStatus::Hidden]);
        assert!(store.move_article(id, &out, ArticleStatus::Hidden, None, None, &EVENT).await.unwrap());
        assert!(store.move_article(id, &gone, ArticleStatus::Published, None, None, &EVENT).await.unwrap());
        assert!(!waits().await, "what was taken from readers is another matter");
        store.submit_change(id, &EVENT).await.unwrap();
        let exported = ArticleToSave { id: Some(id), ..crate::support::imported("a.md", "h2") };
        store.save_articles(&[exported]).await.remove(0).unwrap();
        assert!(!waits().await, "an import overtook it");
        store.save_draft(&save(Some(id), author, 3, "l", &text("再改"))).await.unwrap();
        assert!(!waits().await, "nobody submitted this one");
        store.submit_change(id, &EVENT).await.unwrap();
        let made = article("a");
        let wanted = ToPublish { id, revision: 4, article: &made, by: "feng", scheduled: None, event: &EVENT };
        assert!(matches!(store.publish(&wanted).await.unwrap(), PublishOutcome::Published(_)));
        assert!(!waits().await);
        assert!(store.stands_in(id, &made.category).await.unwrap());
        assert!(!store.stands_in(id, &"redis".parse().unwrap()).await.unwrap());
    }

    async fn what_gives_way_to_an_asked_for_save_is_kept(store: Store) {
        let (id, author) = begun(&store).await;
        for (number, body) in [(1, "二"), (2, "三")] {
            store.save_draft(&save(Some(id), author, number, body, &text(body))).await.unwrap();
        }
        let wanted = text("四");
        store.save_draft(&DraftToSave { explicit: true, ..save(Some(id), author, 3, "四", &wanted) }).await.unwrap();
        let kept: Vec<_> = store.revisions(id, 10).await.unwrap().into_iter().map(|kept| (kept.number, kept.reason)).collect();
        assert_eq!(kept, [(4, RevisionReason::Saved), (3, RevisionReason::Auto), (1, RevisionReason::Auto)]);
        assert_eq!(store.revision(id, 3).await.unwrap().unwrap().over(DraftFields::default()).body, "三");
    }

    async fn lists_of_work_know_state_author_and_title(store: Store) {
        let (id, author) = begun(&store).await;
        let store = &store;
        let of = |query: WorkQuery| async move { store.work_list(&WorkQuery { page: 1, per_page: 9, ..query }).await.unwrap().total };
        assert_eq!(of(WorkQuery { author: Some(author), ..WorkQuery::default() }).await, 2);
        assert_eq!(of(WorkQuery { author: Some(author + 1), ..WorkQuery::default() }).await, 0);
        assert_eq!(of(WorkQuery { statuses: vec![ArticleStatus::Draft], ..WorkQuery::default() }).await, 1);
        assert_eq!(of(WorkQuery { text: "草".into(), ..WorkQuery::default() }).await, 1);
        assert_eq!(of(WorkQuery { text: "%".into(), ..WorkQuery::default() }).await, 0);
        let token = store.working_text(id).await.unwrap().unwrap().0.preview_token;
        assert_eq!(store.text_by_token(&token).await.unwrap().unwrap().id, id);
        assert!(store.text_by_token("").await.unwrap().is_none());
    }
}
