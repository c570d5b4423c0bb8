//! Views, pictures, and the small things beside articles.

use crate::support::{article, on_both};
use store::{Asset, Store};
use types::{LearningCard, Quotation};

on_both! {
    async fn a_visitor_counts_once_a_day(store: Store) {
        store.save_articles(&[article("read")]).await;
        let slug = || "read".parse().unwrap();
        let nobody = "none".parse().unwrap();
        assert_eq!(store.record_views(&[(slug(), 1, 10), (slug(), 1, 10), (slug(), 2, 10), (nobody, 1, 10)]).await.unwrap(), 2);
        assert_eq!(store.record_views(&[(slug(), 1, 10), (slug(), 1, 11)]).await.unwrap(), 1);
        assert_eq!(store.views().await.unwrap().into_iter().map(|(_, views)| views).collect::<Vec<_>>(), [3]);
    }

    async fn many_views_are_counted_in_several_parts(store: Store) {
        store.save_articles(&[article("read")]).await;
        let views: Vec<_> = (0..1_203).map(|visitor| ("read".parse().unwrap(), visitor, 10)).collect();
        assert_eq!(store.record_views(&views).await.unwrap(), 1_203);
        assert_eq!(store.record_views(&views).await.unwrap(), 0);
    }

    async fn pictures_come_back_as_they_were(store: Store) {
        let asset = Asset { hash: "ab12".into(), content_type: "image/png".into(), width: 3, height: 4, data: vec![0, 255, 7] };
        store.put_asset(&asset).await.unwrap();
        store.put_asset(&asset).await.unwrap();
        assert_eq!(store.asset("ab12").await.unwrap(), Some(asset));
        assert_eq!(store.asset("none").await.unwrap(), None);
    }

    async fn any_number_chooses_a_card(store: Store) {
        assert_eq!(store.learning_card(7).await.unwrap(), None);
        let card = |command: &str| LearningCard {
            command: command.into(), explanation: "e".into(), applies: "a".into(), caution: "c".into(),
        };
        store.seed_learning_cards(&[card("ls"), card("cd")]).await.unwrap();
        store.seed_quotations(&[Quotation { text: "逝者如斯夫".into(), source: "论语".into() }]).await.unwrap();
        assert_eq!(store.learning_card(3).await.unwrap(), Some(card("cd")));
        assert!(store.learning_card(u64::MAX).await.unwrap().is_some());
        assert!(store.quotation(12_345).await.unwrap().is_some());
    }
}
