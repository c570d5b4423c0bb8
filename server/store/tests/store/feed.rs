//! What feeds and the site map are made from.

use crate::support::{article, on_both};
use store::{ArticleToSave, Store};
use types::{ArticleFilter, ArticleKind, ArticleStatus, ProvenanceStep};

on_both! {
    async fn reprints_are_credited_and_stand_in_no_site_map(store: Store) {
        let step = ProvenanceStep {
            title: "原文".into(),
            author: Some("甲".into()),
            url: "https://example.org/a".into(),
            licence: Some("CC BY 4.0".into()),
            fetched_at: None,
        };
        let reprint = ArticleToSave { kind: ArticleKind::Reprint, provenance: vec![step.clone()], ..article("reprint") };
        let translation =
            ArticleToSave { kind: ArticleKind::Translation, provenance: vec![step.clone()], ..article("translation") };
        let draft = ArticleToSave {
            status: ArticleStatus::Draft,
            author_handle: "yu".parse().unwrap(),
            author_name: "雨".into(),
            ..article("draft")
        };
        for saved in store.save_articles(&[reprint, translation, draft, article("own")]).await {
            saved.unwrap();
        }
        let entries = store.feed_entries(&ArticleFilter::default()).await.unwrap();
        let of = |slug: &str| entries.iter().find(|entry| entry.summary.slug.as_str() == slug).unwrap();
        assert_eq!(of("reprint").provenance, [step]);
        assert!(of("own").provenance.is_empty());
        let slugs = async |offset, limit| {
            let found = store.mapped_slugs(offset, limit).await.unwrap();
            found.into_iter().map(|(slug, _)| slug.to_string()).collect::<Vec<_>>()
        };
        assert_eq!((slugs(0, 10).await, store.mapped_count().await.unwrap()), (vec!["translation".into(), "own".into()], 2));
        assert_eq!((slugs(1, 1).await, slugs(0, 0).await, slugs(2, 9).await), (vec!["own".to_owned()], vec![], vec![]));
        let writers = store.writers().await.unwrap();
        assert_eq!(writers.iter().map(types::Handle::as_str).collect::<Vec<_>>(), ["feng"], "who only has drafts is none");
    }
}
