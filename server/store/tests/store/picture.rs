//! Pictures and their smaller copies.

use crate::support::on_both;
use store::{Asset, Store, Variant, Widths, hashes_in};

fn picture(hash: &str) -> Asset {
    Asset { hash: hash.into(), content_type: "image/png".into(), width: 1200, height: 800, data: vec![7; 1000] }
}

fn variant(width: u32) -> Variant {
    Variant { width, height: width / 2, content_type: "image/jpeg".into(), data: vec![1; 100] }
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
}
