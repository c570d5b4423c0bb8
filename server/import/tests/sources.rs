//! Which files an import finds, under which paths, and what it says of those that are not as they should be.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

use import::{Collection, parse};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use types::ArticleKind;

/// A folder with files, each holding its own path.
fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        put(&folder.path().join(file), file);
    }
    folder
}

fn put(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn open(root: &Path, paths: &[&str]) -> Collection {
    let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    Collection::open(&paths, None).unwrap()
}

/// The path of each file that was found, with what stands in it.
fn found(collection: &Collection) -> Vec<(String, String)> {
    let text = |entry: &import::Entry| String::from_utf8(entry.read().unwrap()).unwrap();
    collection.entries.iter().map(|entry| (entry.path.clone(), text(entry))).collect()
}

#[test]
fn files_of_one_name_keep_the_folders_that_tell_them_apart() {
    let root = folder(&["p/2023-redis/index.md", "p/2024-mysql/index.md", "p/2024-mysql/a.png", "p/secret.txt"]);
    let both = open(root.path(), &["p/2023-redis/index.md", "p/2024-mysql/index.md"]);
    let own = |path: &str| (path.to_owned(), format!("p/{path}"));
    assert_eq!(found(&both), [own("2023-redis/index.md"), own("2024-mysql/index.md")]);
    let mysql = &both.entries[1];
    assert!(mysql.neighbour("a.png").is_some() && mysql.neighbour("/a.png").is_some());
    assert!(mysql.neighbour("../secret.txt").is_none() && mysql.neighbour("/secret.txt").is_none());
    let alone = open(root.path(), &["p/2024-mysql/index.md"]);
    assert_eq!(alone.entries[0].path, "index.md", "as before, so that importing it again changes nothing");
    let inside = open(root.path(), &["p", "p/2024-mysql/index.md"]);
    assert_eq!((found(&inside), inside.refused.len()), (found(&both), 0), "the same file twice is one file");
    let twice = open(root.path(), &["p", "p/2024-mysql"]);
    assert_eq!((found(&twice), twice.refused.len()), (found(&both), 0), "under two paths as well");
}

#[test]
fn of_different_files_with_one_path_the_later_is_refused() {
    let root = folder(&["blog-a/posts/about.md", "blog-b/posts/about.md", "blog-b/posts/b.md"]);
    let both = open(root.path(), &["blog-a", "blog-b"]);
    let texts: Vec<_> = found(&both).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["blog-a/posts/about.md", "blog-b/posts/b.md"]);
    let reason = &both.refused[0].reason;
    assert_eq!((both.refused.len(), both.refused[0].path.as_str()), (1, "posts/about.md"));
    assert!(reason.contains("blog-b/posts/about.md has the path of") && reason.contains("one article"), "{reason}");
    for name in ["a.zip", "b.zip"] {
        let mut archive = zip::ZipWriter::new(fs::File::create(root.path().join(name)).unwrap());
        archive.start_file("posts/about.md", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(name.as_bytes()).unwrap();
        archive.finish().unwrap();
    }
    let both = open(root.path(), &["a.zip", "b.zip", "a.zip"]);
    assert_eq!(found(&both), [("posts/about.md".to_owned(), "a.zip".to_owned())]);
    assert_eq!(both.refused.len(), 1, "{:?}", both.refused);
}

#[test]
fn a_list_speaks_of_its_files_only_and_once() {
    let root = folder(&["a.md", "b.md", "large.md"]);
    fs::write(root.path().join("large.md"), vec![b'a'; 11 * 1024 * 1024]).unwrap();
    let list = root.path().join("list.jsonl");
    let open = |lines: &str| {
        fs::write(&list, lines).unwrap();
        Collection::open(&[root.path().to_owned()], Some(&list)).unwrap()
    };
    let listed = open("\u{feff}{\"path\":\"a.md\",\"tags\":null,\"draft\":null}\n{\"path\":\"a.md\"}\n");
    assert_eq!((listed.entries.len(), listed.refused.len()), (1, 1));
    assert!(listed.entries[0].listed().unwrap().tags.is_empty());
    assert!(listed.refused[0].reason.contains("lists it twice"), "{:?}", listed.refused);
    let listed = open("{\"path\":\"large.md\"}\n{\"path\":\"none.md\"}\n");
    let refused: Vec<_> = listed.refused.iter().map(|refusal| refusal.path.as_str()).collect();
    assert_eq!(refused, ["none.md", "large.md"]);
}

#[test]
fn what_was_not_understood_or_cut_is_said() {
    let said = |text: &str| parse("a.md", text.as_bytes(), None, None).unwrap().warnings.join("; ");
    for date in ["not-a-date", "2024-02-30"] {
        let warning = format!("the date {date:?} was not understood");
        assert_eq!(said(&format!("---\ndate: {date}\n---\n正文\n")), warning);
        assert_eq!(said(&format!("---\nupdated: {date}\n---\n正文\n")), warning);
        let listed = serde_json::from_str(&format!("{{\"path\": \"a.md\", \"date\": {date:?}}}")).unwrap();
        assert_eq!(parse("a.md", "正文".as_bytes(), Some(&listed), None).unwrap().warnings, [warning]);
    }
    let unknown = parse("a.md", "---\nkind: review\n---\n正文\n".as_bytes(), None, None).unwrap();
    assert_eq!((unknown.kind, unknown.warnings.len()), (ArticleKind::Original, 1));
    assert!(unknown.warnings[0].contains("unknown kind \"review\""), "{:?}", unknown.warnings);
    assert!(said(&format!("---\ntitle: {}\n---\n正文\n", "长".repeat(201))).contains("cut to 200 characters"));
    let tags: Vec<_> = (0..3000).map(|number| format!("t{number}")).collect();
    assert!(said(&format!("---\ntags: [{}]\n---\n正文\n", tags.join(", "))).contains("of its 3000 tags the first 20"));
    assert!(said("---\ntitle: 一\n\n正文\n").contains("has no second --- and was taken as text"));
    assert_eq!(said("---\n\n一条线。\n\n正文\n"), "", "a line across the page is no front matter");
    assert_eq!(said("---\ndate: Mon, 1 Mar 2021 12:00:05 +0800\nupdated: 20210302\n---\n正文\n"), "");
}
