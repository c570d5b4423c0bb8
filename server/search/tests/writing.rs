//! How articles come into the index and leave it, and what happens when something is wrong with it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

mod fixture;

use fixture::{article, ids, index, put};
use search::{Change, Index, SearchError};
use std::fs;
use types::{ArticleFilter, ArticleId, SearchQuery};

#[test]
fn a_new_revision_takes_the_place_of_the_old() {
    let mut fixture = index([article(1, "Kafka", "旧的文字。"), article(2, "别的", "文字。")]);
    let mut changed = article(1, "Redis", "新的内容。");
    changed.revision = 2;
    // Twice, as after a crash between commit and acknowledgement.
    for _ in 0..2 {
        fixture.writer.apply([put(changed.clone())], Some(7)).unwrap();
    }
    assert_eq!(fixture.index.document_count(), 2);
    assert_eq!(fixture.ids("redis"), [1]);
    assert!(fixture.ids("kafka").is_empty());
    let mut articles = fixture.index.ids_and_revisions().unwrap();
    articles.sort_unstable();
    assert_eq!(articles, [(ArticleId(1), 2), (ArticleId(2), 1)]);
}

#[test]
fn a_deleted_article_is_gone() {
    let mut fixture = index([article(1, "缓存", "文字。"), article(2, "缓存", "文字。")]);
    fixture.writer.apply([Change::Delete(ArticleId(1)), Change::Delete(ArticleId(99))], Some(2)).unwrap();
    assert_eq!(fixture.ids("缓存"), [2]);
    let found = fixture.search("缓存");
    assert_eq!((found.total, found.facets.kind[0].count), (1, 1));
    assert_eq!(fixture.index.document_count(), 1);
}

#[test]
fn the_cursor_comes_back_with_the_index() {
    let fixture = index([article(1, "缓存", "文字。")]);
    let folder = fixture.folder;
    assert_eq!(fixture.index.cursor().unwrap(), Some(1));
    drop((fixture.index, fixture.writer));
    let (reopened, mut writer) = Index::open(folder.path()).unwrap();
    assert_eq!(reopened.cursor().unwrap(), Some(1));
    assert_eq!(reopened.document_count(), 1);
    writer.apply([put(article(2, "缓存", "文字。"))], Some(42)).unwrap();
    assert_eq!(reopened.cursor().unwrap(), Some(42));
    assert_eq!(Index::open_to_read(folder.path()).unwrap().cursor().unwrap(), Some(42));
}

#[test]
fn an_index_that_is_not_filled_has_no_cursor() {
    let folder = tempfile::tempdir().unwrap();
    let (index, mut writer) = Index::create(folder.path()).unwrap();
    assert_eq!(index.cursor().unwrap(), None);
    writer.apply([put(article(1, "缓存", "文字。"))], None).unwrap();
    drop((index, writer));
    let (index, _writer) = Index::open(folder.path()).unwrap();
    assert_eq!((index.cursor().unwrap(), index.document_count()), (None, 1));
}

#[test]
fn there_is_one_writer() {
    let fixture = index([article(1, "缓存", "文字。")]);
    for second in [Index::open(fixture.folder.path()), Index::create(fixture.folder.path())] {
        let error = second.err().unwrap();
        assert!(matches!(error, SearchError::Locked { .. }), "{error}");
        assert!(!error.needs_rebuild());
    }
    // The index is untouched, and reading is allowed.
    assert_eq!(fixture.ids("缓存"), [1]);
    assert_eq!(Index::open_to_read(fixture.folder.path()).unwrap().document_count(), 1);
    let folder = fixture.folder;
    drop((fixture.index, fixture.writer));
    assert!(Index::open(folder.path()).is_ok());
}

#[test]
fn a_missing_or_damaged_index_asks_to_be_rebuilt() {
    let empty = tempfile::tempdir().unwrap();
    let error = Index::open(&empty.path().join("none")).err().unwrap();
    assert!(matches!(error, SearchError::Missing { .. }) && error.needs_rebuild(), "{error}");

    let damages: [fn(&std::path::Path); 5] = [
        |folder| fs::write(folder.join("meta.json"), "{ nonsense").unwrap(),
        |folder| fs::remove_file(folder.join("meta.json")).unwrap(),
        |folder| fs::remove_dir_all(folder).unwrap(),
        |folder| fs::write(folder.join("meta.json"), "").unwrap(),
        |folder| {
            for file in fs::read_dir(folder).unwrap().flatten() {
                if file.path().extension().is_some_and(|extension| extension == "term" || extension == "fast") {
                    fs::write(file.path(), "short").unwrap();
                }
            }
        },
    ];
    for (number, damage) in damages.iter().enumerate() {
        let fixture = index([article(1, "缓存", "文字。")]);
        let folder = fixture.folder;
        drop((fixture.index, fixture.writer));
        damage(&folder.path().join("1"));
        let error = Index::open(folder.path()).err().unwrap_or_else(|| panic!("damage {number} is noticed"));
        assert!(error.needs_rebuild(), "damage {number}: {error}");
        let (rebuilt, mut writer) = Index::create(folder.path()).unwrap();
        writer.apply([put(article(2, "缓存", "文字。"))], Some(3)).unwrap();
        assert_eq!(rebuilt.document_count(), 1);
        drop((rebuilt, writer));
        assert_eq!(Index::open(folder.path()).unwrap().0.cursor().unwrap(), Some(3));
    }
}

#[test]
fn an_index_of_another_version_asks_to_be_rebuilt() {
    let fixture = index([article(1, "缓存", "文字。")]);
    let folder = fixture.folder;
    drop((fixture.index, fixture.writer));
    let meta = folder.path().join("1/meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let stamp = text.find(r#"\"stamp"#).unwrap() + r#"\"stamp\":\""#.len();
    let other = format!("{}0123456789abcdef{}", &text[..stamp], &text[stamp + 16..]);
    fs::write(&meta, other).unwrap();
    let error = Index::open(folder.path()).err().unwrap();
    assert!(matches!(error, SearchError::Outdated { .. }), "{error}");
}

#[test]
fn a_changed_byte_is_found_by_verifying() {
    let fixture = index([article(1, "缓存", "文字。")]);
    fixture.index.verify().unwrap();
    let store = fs::read_dir(fixture.folder.path().join("1"))
        .unwrap()
        .flatten()
        .find(|file| file.path().extension().is_some_and(|ending| ending == "store"));
    let path = store.unwrap().path();
    let mut bytes = fs::read(&path).unwrap();
    bytes[5] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(fixture.index.verify(), Err(SearchError::Damaged { .. })));
}

#[test]
fn a_rebuild_disturbs_no_reader() {
    let mut fixture = index([article(1, "缓存", "旧的。"), article(2, "缓存", "旧的。")]);
    let mut rebuild = fixture.writer.rebuild().unwrap();
    rebuild.add(&put(article(1, "缓存", "新的。"))).unwrap();
    assert_eq!(fixture.index.document_count(), 2);
    // Changes meanwhile go to the old generation and are caught up from the log later.
    fixture.writer.apply([Change::Delete(ArticleId(2))], Some(5)).unwrap();
    assert_eq!(fixture.ids("缓存"), [1]);
    let copy = fixture.index.clone();
    rebuild.finish(&mut fixture.writer, Some(9)).unwrap();
    assert_eq!((copy.document_count(), copy.cursor().unwrap()), (1, Some(9)));
    fixture.writer.apply([put(article(3, "缓存", "后来。"))], Some(10)).unwrap();
    assert_eq!(
        ids(&copy.search(&SearchQuery::new("缓存", ArticleFilter::default()), &Default::default()).unwrap()),
        [3, 1]
    );
    let folder = fixture.folder;
    drop((fixture.index, fixture.writer, copy));
    let (reopened, _writer) = Index::open(folder.path()).unwrap();
    assert_eq!((reopened.document_count(), reopened.cursor().unwrap()), (2, Some(10)));
    assert!(!folder.path().join("1").exists(), "the old generation is gone");
}

#[test]
fn a_rebuild_given_up_leaves_everything() {
    let fixture = index([article(1, "缓存", "旧的。")]);
    let mut rebuild = fixture.writer.rebuild().unwrap();
    rebuild.add(&put(article(7, "缓存", "新的。"))).unwrap();
    drop(rebuild);
    assert_eq!(fixture.ids("缓存"), [1]);
    let folder = fixture.folder;
    drop((fixture.index, fixture.writer));
    assert_eq!(Index::open(folder.path()).unwrap().0.document_count(), 1);
}
