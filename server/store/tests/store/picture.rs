//! Pictures and their smaller copies.

use crate::support::{article, on_both};
use store::{Asset, DraftOutcome, DraftToSave, Store, Variant, Widths, hashes_in};
use types::{ArticleId, DraftFields, Timestamp};

fn picture(hash: &str) -> Asset {
    Asset { hash: hash.into(), content_type: "image/png".into(), width: 1200, height: 800, data: vec![7; 1000] }
}

fn variant(width: u32) -> Variant {
    Variant { width, height: width / 2, content_type: "image/jpeg".into(), data: vec![1; 100] }
}

/// Saves a text as a draft: a new one, or the next version of one.
async fn write(store: &Store, author: i64, id: Option<ArticleId>, base: u32, body: &str) -> ArticleId {
    let fields = DraftFields { title: "图".into(), body: body.into(), ..DraftFields::default() };
    let key = format!("{base}{body}");
    let draft = DraftToSave {
        id,
        author,
        by: "feng",
        base_revision: base,
        key: &key,
        fields: &fields,
        explicit: true,
        review: None,
    };
    match store.save_draft(&draft).await.unwrap() {
        DraftOutcome::Saved { id, .. } => id,
        other => panic!("{other:?}"),
    }
}

#[test]
fn pictures_are_found_in_a_text_by_their_addresses() {
    let text = "![](/media/0a.png) <img src=\"https://site.test/media/0b-480.jpg\"> /media/0a.png /media/x.png /media/";
    assert_eq!(hashes_in(text), ["0a", "0b"]);
}

on_both! {
    async fn every_picture_is_gone_over_once_by_each_maker(store: Store) {
        for hash in ["0a", "0b"] {
            store.put_asset(&picture(hash)).await.unwrap();
        }
        let mut seen = Vec::new();
        while let Some(asset) = store.asset_without_variants(1).await.unwrap() {
            let made = if asset.hash == "0a" { vec![variant(960), variant(480)] } else { Vec::new() };
            store.put_variants(&asset.hash, 1, &made).await.unwrap();
            seen.push(asset.hash);
        }
        assert_eq!(seen, ["0a", "0b"]);
        let both = ["0a".to_owned(), "0b".to_owned()];
        let variants = [480, 960].map(|width| (width, "image/jpeg".to_owned())).to_vec();
        let widths = store.widths_of(&both).await.unwrap();
        assert_eq!(widths.into_iter().collect::<Vec<_>>(), [("0a".to_owned(), Widths { original: 1200, variants })]);
        assert_eq!(store.variant("0a", 480).await.unwrap(), Some(variant(480)));
        assert_eq!(store.variant("0b", 480).await.unwrap(), None);
        // Storing the picture again begins nothing; another maker begins again.
        store.put_asset(&picture("0a")).await.unwrap();
        assert!(store.asset_without_variants(1).await.unwrap().is_none());
        assert_eq!(store.asset_without_variants(2).await.unwrap().unwrap().hash, "0a");
        store.put_variants("0a", 2, &[variant(480)]).await.unwrap();
        assert_eq!(store.widths_of(&both).await.unwrap()["0a"].variants.len(), 1);
        store.put_variants("0c", 2, &[variant(480)]).await.unwrap();
        assert!(store.variant("0c", 480).await.unwrap().is_none(), "a picture that is gone gets none");
    }

    async fn what_no_text_names_goes_after_a_while(store: Store) {
        let hashes = ["a0", "b0", "c0", "d0", "e0", "f0"];
        for hash in hashes {
            store.put_asset(&picture(hash)).await.unwrap();
            store.put_variants(hash, 1, &[variant(480)]).await.unwrap();
        }
        let mut published = article("shown");
        published.body = "![](/media/a0.png)".into();
        let id = store.save_articles(&[published]).await.remove(0).unwrap().id;
        let author = store.working_text(id).await.unwrap().unwrap().1;
        let draft = write(&store, author, None, 0, "![](/media/b0.png)").await;
        // The version that named it is kept, though the text names another one now.
        write(&store, author, Some(draft), 1, "![](/media/c0.png)").await;
        let left = async || {
            let mut left = Vec::new();
            for hash in hashes {
                if store.asset(hash).await.unwrap().is_some() {
                    left.push(hash);
                }
            }
            left
        };
        let day = |number: i64| Timestamp(number);
        let used = store.used_assets().await.unwrap();
        assert_eq!(used.len(), 3, "{used:?}");
        store.note_unused_assets(&used, day(1)).await.unwrap();
        assert_eq!(store.remove_unused_assets(day(1), day(1)).await.unwrap(), 0, "not yet");
        // One is uploaded again, one is named by a text saved after use was looked into.
        store.put_asset(&picture("d0")).await.unwrap();
        let looked = store.working_text(draft).await.unwrap().unwrap().0.saved_at;
        write(&store, author, None, 0, "![](/media/e0.png)").await;
        assert_eq!(store.remove_unused_assets(day(8), looked).await.unwrap(), 1);
        assert_eq!(left().await, ["a0", "b0", "c0", "d0", "e0"]);
        assert_eq!(store.variant("f0", 480).await.unwrap(), None);
        store.note_unused_assets(&store.used_assets().await.unwrap(), day(9)).await.unwrap();
        assert_eq!(store.remove_unused_assets(day(9), Timestamp(i64::MAX)).await.unwrap(), 0, "the one in use is used again");
        assert_eq!(store.remove_unused_assets(day(10), Timestamp(i64::MAX)).await.unwrap(), 1);
        assert_eq!(left().await, ["a0", "b0", "c0", "e0"]);
    }
}
