//! Imported articles whose date lies ahead.

use crate::support::{imported, on_both};
use store::{ArticleToSave, Event, Outcome, PublishOutcome, Store, ToPublish};
use types::{ArticleStatus, Timestamp};

const EVENT: Event<'static> =
    Event { actor: "schedule", action: "article published on schedule", object: "", address: "" };

/// A file that goes out at a time.
fn scheduled(hash: &str, at: Timestamp) -> ArticleToSave {
    ArticleToSave { status: ArticleStatus::Scheduled, published_at: at, ..imported("a.md", hash) }
}

async fn save(store: &Store, article: ArticleToSave) -> store::Saved {
    store.save_articles(&[article]).await.remove(0).unwrap()
}

on_both! {
    async fn a_file_goes_out_at_the_time_it_names_last(store: Store) {
        let (first, at) = (Timestamp(4_000_000_000_000), Timestamp(4_100_000_000_000));
        save(&store, scheduled("one", first)).await;
        let saved = save(&store, scheduled("two", at)).await;
        assert!(store.due_drafts(first).await.unwrap().is_empty(), "it names another time now");
        assert_eq!(store.due_drafts(at).await.unwrap().len(), 1);
        let made = scheduled("two", at);
        let wanted =
            ToPublish { id: saved.id, revision: saved.revision, article: &made, by: "feng", scheduled: Some(at), event: &EVENT };
        assert!(matches!(store.publish(&wanted).await.unwrap(), PublishOutcome::Published(_)));
        assert!(!store.sources().await.unwrap()["a.md"].edited, "it went out as it came");
        assert_eq!(save(&store, imported("a.md", "three")).await.outcome, Outcome::Updated);
        // Who takes the date back takes the article out of the schedule.
        save(&store, scheduled("four", at)).await;
        save(&store, imported("a.md", "five")).await;
        assert!(store.due_drafts(at).await.unwrap().is_empty());
        assert_eq!(store.working_text(saved.id).await.unwrap().unwrap().0.publish_at, None);
    }
}
