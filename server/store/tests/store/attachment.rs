//! Files for download: stored in pieces, offered, counted, let go of.

use crate::support::{article, imported, on_both};
use store::{ArticleToSave, Attached, AttachmentToSave, FileToKeep, MOST_ATTACHMENTS, PIECE_BYTES, Store};
use types::{ArticleFilter, ArticleId, Attachment, Listed, Listing, Timestamp};

fn file(sha256: &str, data: Vec<u8>) -> FileToKeep {
    let tree = vec![Listed { name: "一.conf".into(), size: Some(3), inside: Vec::new() }];
    let listing = Listing { files: 1, unpacked: 3, tree, cut: false, leads_out: false };
    FileToKeep { sha256: sha256.into(), content_type: "application/zip".into(), listing: Some(listing), data }
}

fn offer(name: &str, sha256: &str) -> AttachmentToSave {
    AttachmentToSave { name: name.into(), sha256: sha256.into(), licence: Some("MIT".into()) }
}

/// The clock of the database.
fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp(since.as_millis() as i64)
}

async fn offered(store: &Store, id: ArticleId) -> Vec<Attachment> {
    store.attachments_of(&[id]).await.unwrap().remove(&id.0).unwrap_or_default()
}

on_both! {
    async fn a_file_comes_back_in_pieces(store: Store) {
        let data: Vec<u8> = (0..PIECE_BYTES * 2 + 5).map(|at| (at % 251) as u8).collect();
        store.put_file(&file("h1", data.clone())).await.unwrap();
        store.put_file(&file("h1", data.clone())).await.unwrap();
        assert_eq!(store.file_data("h1").await.unwrap(), data);
        assert_eq!(store.file_piece("h1", 2).await.unwrap(), data[PIECE_BYTES * 2..]);
        assert!(store.file_piece("h1", 3).await.is_err());
    }

    async fn an_article_offers_counts_and_lets_go(store: Store) {
        let id = store.save_articles(&[article("one")]).await.remove(0).unwrap().id;
        let (one, other) = (file("h1", vec![1; 10]), file("h2", vec![2; 20]));
        for (file, became) in [(&one, Attached::Added), (&one, Attached::Already), (&other, Attached::Added)] {
            assert_eq!(store.attach(id, "a.zip", Some("MIT"), file, None).await.unwrap(), became);
        }
        let files = offered(&store, id).await;
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["a.zip", "a-2.zip"]);
        assert_eq!((files[0].size, files[0].listing.as_ref().unwrap().tree[0].name.as_str()), (10, "一.conf"));
        store.count_downloads(&[(files[1].id, 1)]).await.unwrap();
        store.count_downloads(&[(files[1].id, 1)]).await.unwrap();
        let listed = store.list(&ArticleFilter::default()).await.unwrap().items.remove(0);
        let total = listed.offer.unwrap();
        assert_eq!((total.files, total.size, total.downloads), (2, 30, 2));
        store.set_licence(id, files[0].id, None, None).await.unwrap();
        let one = store.offered_file(files[0].id).await.unwrap().unwrap();
        assert_eq!((one.attachment.licence, one.published, one.article), (None, true, id));
        assert!(!store.detach(ArticleId(1), files[0].id, None).await.unwrap());
        assert!(store.detach(id, files[0].id, None).await.unwrap());
        assert!(store.offered_file(files[0].id).await.unwrap().is_none());
        assert_eq!(offered(&store, id).await.len(), 1);
    }

    async fn what_no_article_offers_goes_after_a_while(store: Store) {
        let id = store.save_articles(&[article("one")]).await.remove(0).unwrap().id;
        let of = |hash| file(hash, vec![1; PIECE_BYTES + 1]);
        store.put_file(&of("refused")).await.unwrap();
        store.attach(id, "a.zip", None, &of("offered"), None).await.unwrap();
        store.attach(id, "b.zip", None, &of("detached"), None).await.unwrap();
        let files = offered(&store, id).await;
        let stored = now();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        store.detach(id, files[1].id, None).await.unwrap();
        assert_eq!(store.remove_unused_files(stored).await.unwrap(), 1);
        assert!(store.file_piece("refused", 1).await.is_err());
        assert!(store.file_piece("detached", 1).await.is_ok(), "it was let go of later");
        let later = Timestamp(stored.0 + 60_000);
        assert_eq!(store.remove_unused_files(later).await.unwrap(), 1);
        assert_eq!(store.remove_unused_files(later).await.unwrap(), 0);
        assert_eq!(store.file_data("offered").await.unwrap().len(), PIECE_BYTES + 1);
        // The same content again is stored again.
        store.put_file(&file("refused", vec![2; 3])).await.unwrap();
        assert_eq!(store.file_data("refused").await.unwrap(), [2; 3]);
    }

    async fn storing_again_keeps_a_content_longer(store: Store) {
        store.put_file(&file("h1", vec![1])).await.unwrap();
        let stored = now();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        store.put_file(&file("h1", vec![1])).await.unwrap();
        assert_eq!(store.remove_unused_files(stored).await.unwrap(), 0, "somebody is about to offer it");
    }

    async fn importing_again_keeps_numbers_and_counts(store: Store) {
        for hash in ["h1", "h2"] {
            store.put_file(&file(hash, vec![1])).await.unwrap();
        }
        let with = |hash: &str, files: &[AttachmentToSave]| ArticleToSave {
            attachments: Some(files.to_vec()),
            ..imported("a.md", hash)
        };
        let (first, second) = (offer("a.zip", "h1"), offer("b.zip", "h2"));
        let id = store.save_articles(&[with("1", &[first.clone(), second.clone()])]).await.remove(0).unwrap().id;
        let before = offered(&store, id).await;
        store.count_downloads(&[(before[1].id, 1)]).await.unwrap();
        store.save_articles(&[with("2", &[second, offer("a.zip", "h2")])]).await.remove(0).unwrap();
        let after = offered(&store, id).await;
        assert_eq!((after[0].id, after[0].downloads, after[0].name.as_str()), (before[1].id, 1, "b.zip"));
        assert_eq!((after[1].name.as_str(), after[1].sha256.as_str(), after.len()), ("a.zip", "h2", 2));
        // Publishing from the editor says nothing of files.
        store.save_articles(&[imported("a.md", "3")]).await.remove(0).unwrap();
        assert_eq!(offered(&store, id).await, after);
    }

    async fn there_are_not_more_than_may_be(store: Store) {
        let id = store.save_articles(&[article("one")]).await.remove(0).unwrap().id;
        let (kept, more) = (file("h1", vec![1]), file("h2", vec![2]));
        for number in 0..MOST_ATTACHMENTS {
            let name = format!("{number}.zip");
            assert_eq!(store.attach(id, &name, None, &kept, None).await.unwrap(), Attached::Added);
        }
        assert_eq!(store.attach(id, "more.zip", None, &more, None).await.unwrap(), Attached::TooMany);
        assert!(store.file_piece("h2", 0).await.is_err(), "nor is it stored");
        assert_eq!(store.attach(id, "0.zip", None, &kept, None).await.unwrap(), Attached::Already);
    }
}
