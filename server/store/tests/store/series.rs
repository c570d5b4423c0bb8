//! Series: in order, known by their names, and kept through drafts, versions and publishing.

use crate::support::{article, on_both};
use flate2::{Compression, write::ZlibEncoder};
use sqlx::Connection;
use std::io::Write;
use store::{ArticleToSave, DraftOutcome, DraftToSave, Event, PublishOutcome, Store, ToPublish};
use types::{ArticleId, ArticleStatus, DraftFields, SeriesPlace, Timestamp};

const EVENT: Event<'static> = Event { actor: "test", action: "tried", object: "", address: "" };

/// An article of a series, published some seconds after the first.
fn part(slug: &str, part: Option<u32>, seconds: i64) -> ArticleToSave {
    ArticleToSave {
        series: Some(SeriesPlace { name: "读懂".into(), part }),
        published_at: Timestamp(1_744_877_862_000 + 1000 * seconds),
        ..article(slug)
    }
}

async fn publish(store: &Store, id: ArticleId, revision: u32, article: &ArticleToSave) -> PublishOutcome {
    let wanted = ToPublish { id, revision, article, by: "feng", scheduled: None, event: &EVENT };
    store.publish(&wanted).await.unwrap()
}

async fn save(store: &Store, id: ArticleId, base_revision: u32, fields: &DraftFields) {
    let author = store.working_text(id).await.unwrap().unwrap().1;
    let draft =
        DraftToSave { id: Some(id), author, by: "feng", base_revision, key: "", fields, explicit: true, review: None };
    assert!(matches!(store.save_draft(&draft).await.unwrap(), DraftOutcome::Saved { .. }));
}

on_both! {
    async fn numbers_come_first_and_then_time(store: Store) {
        let before_all_time = ArticleToSave { published_at: Timestamp(-1), ..part("ancient", None, 0) };
        let saved = store
            .save_articles(&[part("late", None, 9), part("ten", Some(10), 0), part("early", None, 1), part("nine", Some(9), 5), before_all_time])
            .await;
        assert!(saved.iter().all(Result::is_ok));
        let series = store.article_by_slug(&"ten".parse().unwrap()).await.unwrap().unwrap().series.unwrap();
        let parts: Vec<_> = series.parts.iter().map(|part| (part.part, part.slug.as_str())).collect();
        assert_eq!(parts, [(Some(9), "nine"), (Some(10), "ten"), (None, "ancient"), (None, "early"), (None, "late")]);
    }

    async fn series_are_known_newest_first(store: Store) {
        let other = ArticleToSave { series: Some(SeriesPlace { name: "另一个".into(), part: None }), ..part("o", None, 50) };
        let hidden = ArticleToSave { status: ArticleStatus::Hidden, series: Some(SeriesPlace { name: "藏".into(), part: Some(1) }), ..article("h") };
        store.save_articles(&[part("a", Some(1), 1), part("b", Some(7), 2), part("c", None, 3), other, hidden, article("none")]).await;
        let known: Vec<_> = store.known_series(9).await.unwrap().into_iter().map(|series| (series.name, series.count, series.last)).collect();
        assert_eq!(known, [("另一个".into(), 1, None), ("读懂".into(), 3, Some(7))]);
        assert_eq!(store.known_series(1).await.unwrap().len(), 1);
    }

    async fn a_part_is_one_published_article(store: Store) {
        let ids: Vec<_> = store.save_articles(&[part("one", Some(1), 1), part("two", Some(2), 2)]).await.into_iter().map(|saved| saved.unwrap().id).collect();
        let place = |number| SeriesPlace { name: "读懂".into(), part: Some(number) };
        assert_eq!(store.part_taken(ids[1], &place(1)).await.unwrap().as_deref(), Some("题 one"));
        for (id, free) in [(ids[0], place(1)), (ids[0], place(3)), (ids[0], SeriesPlace { name: "别的".into(), part: Some(2) })] {
            assert_eq!(store.part_taken(id, &free).await.unwrap(), None, "{free:?}");
        }
        let fields = store.working_text(ids[1]).await.unwrap().unwrap().0.fields;
        assert_eq!((fields.series.as_str(), fields.part.as_str()), ("读懂", "2"));
        save(&store, ids[1], 1, &DraftFields { part: "1".into(), ..fields }).await;
        assert_eq!(publish(&store, ids[1], 2, &part("two", Some(1), 0)).await, PublishOutcome::PartTaken("题 one".into()));
        assert!(matches!(publish(&store, ids[1], 2, &part("two", None, 0)).await, PublishOutcome::Published(_)));
        assert!(store.move_article(ids[0], &[ArticleStatus::Published], ArticleStatus::Hidden, None, None, &EVENT).await.unwrap());
        assert_eq!(store.part_taken(ids[1], &place(1)).await.unwrap(), None, "readers do not see it");
        let exported = store.stored_articles_after(ArticleId(0), 9).await.unwrap();
        let places: Vec<_> = exported.into_iter().map(|article| (article.id, article.series.unwrap().part)).collect();
        assert_eq!(places, [(ids[0], Some(1)), (ids[1], None)]);
    }
}

/// Fields as they were packed before a text could name its series.
fn packed_before(title: &str) -> Vec<u8> {
    let fields = serde_json::json!({ "title": title, "slug": "old", "category": "mysql", "tags": "", "kind": "original", "body": "改过" });
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(fields.to_string().as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_draft_from_before_there_was_a_field_keeps_the_series_of_its_article() {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::support::sqlite(folder.path()).await;
    let id = store.save_articles(&[part("old", Some(3), 0)]).await.remove(0).unwrap().id;
    let fields = store.working_text(id).await.unwrap().unwrap().0.fields;
    save(&store, id, 1, &DraftFields { title: "改".into(), ..fields }).await;
    let address = format!("sqlite:{}", folder.path().join("new/site.sqlite").display());
    let mut connection = sqlx::AnyConnection::connect(&address).await.unwrap();
    for (table, column) in [("draft", "fields"), ("revision", "packed")] {
        let sql = format!("update {table} set {column} = $1 where article_id = $2");
        let update = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(packed_before("从前的稿")).bind(id.0);
        assert!(update.execute(&mut connection).await.unwrap().rows_affected() > 0, "{table}");
    }
    let before = store.working_text(id).await.unwrap().unwrap().0;
    let fields = &before.fields;
    assert_eq!((fields.title.as_str(), fields.series.as_str(), fields.part.as_str()), ("从前的稿", "读懂", "3"));
    let kept = store.revision(id, 2).await.unwrap().unwrap();
    assert_eq!(kept.over(fields.clone()), *fields, "a version from before says nothing of a series");
    // The same text again is the same text.
    save(&store, id, 2, fields).await;
    assert_eq!(store.working_text(id).await.unwrap().unwrap().0.revision, 2);
    let newer = store.stored_articles(&[id]).await.unwrap().remove(0).newer.unwrap();
    assert_eq!(newer.series, Some(SeriesPlace { name: "读懂".into(), part: Some(3) }));
}
