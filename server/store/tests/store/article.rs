//! Saving and reading articles.

use crate::support::{article, imported, on_both};
use store::{ArticleToSave, Event, Operation, Outcome, Store, StoreError};
use types::{ArticleFilter, ArticleId, ArticleStatus, PageNumber, Timestamp};

on_both! {
    async fn a_taken_slug_is_numbered(store: Store) {
        let saved = store.save_articles(&[article("one"), article("one")]).await;
        let slugs: Vec<_> = saved.into_iter().map(|saved| saved.unwrap().slug.to_string()).collect();
        assert_eq!(slugs, ["one", "one-2"]);
    }

    async fn an_unchanged_file_changes_nothing(store: Store) {
        let first = store.save_articles(&[imported("a.md", "h1")]).await.remove(0).unwrap();
        let log = store.last_change().await.unwrap();
        let again = store.save_articles(&[imported("a.md", "h1")]).await.remove(0).unwrap();
        assert_eq!((again.id, again.outcome, again.revision), (first.id, Outcome::Unchanged, 1));
        assert_eq!(store.last_change().await.unwrap(), log);
        let changed = store.save_articles(&[imported("a.md", "h2")]).await.remove(0).unwrap();
        assert_eq!((changed.id, changed.outcome, changed.revision), (first.id, Outcome::Updated, 2));
        assert_eq!(store.sources().await.unwrap()["a.md"].hash.as_deref(), Some("h2"));
    }

    async fn a_place_of_a_file_is_that_of_one_article(store: Store) {
        let saved = store.save_articles(&[imported("a.md", "h1"), imported("b.md", "h2")]).await;
        let ids: Vec<_> = saved.into_iter().map(|saved| saved.unwrap().id).collect();
        let places: std::collections::HashMap<_, _> =
            (0..1200).map(|number| (format!("/n/{number}.md"), ids[number % 2])).collect();
        store.note_source_files(&places).await.unwrap();
        assert_eq!(store.source_files().await.unwrap(), places);
        store.note_source_files(&[("/n/0.md".to_owned(), ids[1])].into()).await.unwrap();
        let now = store.source_files().await.unwrap();
        assert_eq!((now.len(), now["/n/0.md"], now["/n/2.md"]), (1200, ids[1], ids[0]));
    }

    async fn importing_again_shows_nothing_that_was_taken_down(store: Store) {
        let event = Event { actor: "test", action: "tried", object: "", address: "" };
        for (path, status) in [("a.md", ArticleStatus::Hidden), ("b.md", ArticleStatus::Removed)] {
            let id = store.save_articles(&[imported(path, "h1")]).await.remove(0).unwrap().id;
            assert!(store.move_article(id, &[ArticleStatus::Published], status, None, None, &event).await.unwrap());
            let again = store.save_articles(&[imported(path, "h2")]).await.remove(0).unwrap();
            assert_eq!((again.id, again.outcome), (id, Outcome::Updated));
            assert_eq!(store.working_text(id).await.unwrap().unwrap().0.status, status);
            assert_eq!(store.sources().await.unwrap()[path].status, status);
        }
        assert_eq!(store.list(&ArticleFilter::default()).await.unwrap().total, 0);
    }

    async fn importing_again_leaves_what_was_written_since(store: Store) {
        let id = store.save_articles(&[imported("a.md", "h1")]).await.remove(0).unwrap().id;
        let (work, author) = store.working_text(id).await.unwrap().unwrap();
        assert!(!store.sources().await.unwrap()["a.md"].edited);
        let fields = types::DraftFields { body: "改过".into(), ..work.fields };
        let draft = store::DraftToSave {
            id: Some(id),
            author,
            by: "feng",
            base_revision: 1,
            key: "k",
            fields: &fields,
            explicit: true,
            review: None,
        };
        store.save_draft(&draft).await.unwrap();
        assert!(store.sources().await.unwrap()["a.md"].edited);
        let log = store.last_change().await.unwrap();
        let again = store.save_articles(&[imported("a.md", "h2")]).await.remove(0).unwrap();
        assert_eq!((again.id, again.outcome, again.revision), (id, Outcome::Kept, 1));
        assert_eq!(store.working_text(id).await.unwrap().unwrap().0.fields, fields);
        assert_eq!(store.last_change().await.unwrap(), log);
        // What names the article itself, as an exported file does, is wanted.
        let exported = ArticleToSave { id: Some(id), ..imported("a.md", "h3") };
        assert_eq!(store.save_articles(&[exported]).await.remove(0).unwrap().outcome, Outcome::Updated);
    }

    async fn one_bad_article_does_not_lose_the_others(store: Store) {
        let bad = ArticleToSave { category: "nowhere".parse().unwrap(), ..article("bad") };
        let saved = store.save_articles(&[article("first"), bad, article("last")]).await;
        assert!(saved[0].is_ok() && saved[2].is_ok());
        assert!(matches!(saved[1], Err(StoreError::UnknownCategory(_))));
        assert_eq!(store.list(&ArticleFilter::default()).await.unwrap().total, 2);
    }

    async fn a_changed_slug_leaves_a_redirect(store: Store) {
        let saved = store.save_articles(&[article("old")]).await.remove(0).unwrap();
        for slug in ["newer", "newest"] {
            let moved = ArticleToSave { id: Some(saved.id), ..article(slug) };
            store.save_articles(&[moved]).await.remove(0).unwrap();
        }
        for old in ["/articles/old", "/articles/newer"] {
            assert_eq!(store.redirect_for(old).await.unwrap().as_deref(), Some("/articles/newest"), "{old}");
        }
        let back = ArticleToSave { id: Some(saved.id), ..article("old") };
        store.save_articles(&[back]).await.remove(0).unwrap();
        assert_eq!(store.redirect_for("/articles/old").await.unwrap(), None);
    }

    async fn drafts_show_nowhere(store: Store) {
        let draft = ArticleToSave { status: ArticleStatus::Draft, ..article("draft") };
        let id = store.save_articles(&[draft]).await.remove(0).unwrap().id;
        assert!(store.article_by_slug(&"draft".parse().unwrap()).await.unwrap().is_none());
        assert_eq!(store.list(&ArticleFilter::default()).await.unwrap().total, 0);
        assert!(store.summaries_by_id(&[id]).await.unwrap().is_empty());
        assert!(store.articles_for_index(&[id]).await.unwrap().is_empty());
        assert!(store.months().await.unwrap().is_empty());
        assert!(store.hot_tags(10).await.unwrap().is_empty());
        assert!(store.tag(&"索引".parse().unwrap()).await.unwrap().is_none());
        assert!(store.slugs_after(ArticleId(0), 10).await.unwrap().is_empty());
        assert!(store.categories().await.unwrap().iter().all(|group| group.count == 0));
        assert_eq!(store.changes_after(0, 10).await.unwrap()[0].operation, Operation::Delete);
        assert!(!store.is_empty().await.unwrap());
    }

    async fn filters_and_counts_agree(store: Store) {
        let group = ArticleToSave { category: "databases".parse().unwrap(), tags: vec![], ..article("in-group") };
        let linux = ArticleToSave {
            category: "linux".parse().unwrap(),
            author_name: "雨".into(),
            published_at: Timestamp(1_735_660_800_000),
            ..article("linux")
        };
        for saved in store.save_articles(&[article("leaf"), group, linux]).await {
            saved.unwrap();
        }
        let total = async |text: &str| {
            let (name, value) = text.split_once('=').unwrap();
            let filter = ArticleFilter::from_texts(|asked| (asked == name).then_some(value));
            store.list(&filter).await.unwrap().total
        };
        for (filter, expected) in [
            ("category=databases", 2), ("category=mysql", 1), ("category=none-such", 0), ("tag=索引", 2), ("tag=api 网关", 2),
            ("author=feng", 2), ("author=feng-2", 1), ("month=2025-04", 2), ("month=2025-01", 1),
            ("scope=reprints", 0), ("scope=articles", 3), ("sort=views", 3),
        ] {
            assert_eq!(total(filter).await, expected, "{filter}");
        }
        let tree = store.categories().await.unwrap();
        assert_eq!((tree[0].count, tree[0].leaves[0].count, tree[1].count), (2, 1, 1));
        let months: Vec<_> = store.months().await.unwrap().into_iter().map(|(month, count)| (month.to_string(), count)).collect();
        assert_eq!(months, [("2025-04".to_owned(), 2), ("2025-01".to_owned(), 1)]);
        assert_eq!(store.author(&"feng".parse().unwrap()).await.unwrap().unwrap().1, 2);
    }

    async fn pages_follow_each_other_without_gap_or_repetition(store: Store) {
        let articles: Vec<_> = (0..25).map(|number| article(&format!("n{number}"))).collect();
        store.save_articles(&articles).await;
        let mut seen = Vec::new();
        for page in 1..=3 {
            let filter = ArticleFilter { page: PageNumber::from(page), per_page: 10, ..ArticleFilter::default() };
            seen.extend(store.list(&filter).await.unwrap().items.into_iter().map(|article| article.slug));
        }
        assert_eq!(seen.len(), 25);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 25);
    }

    async fn neighbours_and_series_stand_in_order(store: Store) {
        let part = |number: u32| ArticleToSave {
            published_at: Timestamp(1_744_877_862_000 + i64::from(number)),
            series: Some(types::SeriesPlace { name: "读懂".into(), part: Some(number) }),
            ..article(&format!("part-{number}"))
        };
        store.save_articles(&[part(2), part(1), part(3)]).await;
        let middle = store.article_by_slug(&"part-2".parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(middle.previous.unwrap().slug.as_str(), "part-1");
        assert_eq!(middle.next.unwrap().slug.as_str(), "part-3");
        let parts: Vec<_> = middle.series.unwrap().parts.into_iter().map(|part| part.part).collect();
        assert_eq!(parts, [1, 2, 3].map(Some));
        assert_eq!(middle.summary.tags.len(), 2);
    }

    async fn parts_of_a_series_are_neighbours_whatever_their_dates_and_categories(store: Store) {
        let part = |slug: &str, number: Option<u32>, day: i64| ArticleToSave {
            published_at: Timestamp(1_744_877_862_000 + day * 86_400_000),
            series: Some(types::SeriesPlace { name: "读懂".into(), part: number }),
            ..article(slug)
        };
        let alone = ArticleToSave {
            series: Some(types::SeriesPlace { name: "只有一篇".into(), part: Some(1) }),
            published_at: Timestamp(1_744_877_862_000 + 86_400_000 / 2),
            ..article("alone")
        };
        let list = [part("third", Some(3), 0), alone, part("first", Some(1), 1), part("last", None, 2), part("second", Some(2), 3)];
        for saved in store.save_articles(&list).await {
            saved.unwrap();
        }
        for (slug, previous, next) in [
            ("first", None, Some("second")),
            ("second", Some("first"), Some("third")),
            ("third", Some("second"), Some("last")),
            ("last", Some("third"), None),
            ("alone", Some("third"), Some("first")),
        ] {
            let read = store.article_by_slug(&slug.parse().unwrap()).await.unwrap().unwrap();
            let slugs = [read.previous, read.next].map(|article| article.map(|article| article.slug.to_string()));
            assert_eq!(slugs.each_ref().map(Option::as_deref), [previous, next], "{slug}");
        }
    }

    async fn the_log_can_be_followed_and_replayed(store: Store) {
        store.save_articles(&[article("a"), article("b")]).await;
        store.save_articles(&[article("c")]).await;
        let all = store.changes_after(0, 100).await.unwrap();
        assert_eq!(all.len(), 3);
        assert!(all.is_sorted_by(|one, other| one.seq < other.seq));
        assert_eq!(store.changes_after(all[1].seq, 100).await.unwrap(), all[2..]);
        assert_eq!(store.last_change().await.unwrap(), all[2].seq);
    }

    async fn writers_at_once_lose_nothing(store: Store) {
        let tasks: Vec<_> = (0..8)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move {
                    for _ in 0..5 {
                        store.save_articles(&[article(&format!("w{number}"))]).await.remove(0).unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(store.list(&ArticleFilter::default()).await.unwrap().total, 40);
        assert_eq!(store.changes_after(0, 100).await.unwrap().len(), 40);
    }
}

#[tokio::test]
async fn an_unknown_address_is_refused() {
    assert!(matches!(Store::open("mysql://somewhere").await, Err(StoreError::Address)));
}
