//! What strangers upload: truthful kinds, harmless listings, and refusals in time.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

use attachment::{Kind, MAX_BYTES, Refusal, accept};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{Cursor, Write};
use types::{Listed, Listing};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A header of POSIX's form, without a checksum: we read none.
fn tar_entry(name: &str, content: &[u8], kind: u8) -> Vec<u8> {
    let mut entry = vec![0; 512];
    entry[..name.len()].copy_from_slice(name.as_bytes());
    entry[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    entry[156] = kind;
    entry[257..263].copy_from_slice(b"ustar\0");
    entry.extend_from_slice(content);
    entry.resize(entry.len().div_ceil(512) * 512, 0);
    entry
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn listing(name: &str, bytes: &[u8]) -> Listing {
    accept(name, bytes).unwrap().listing.unwrap()
}

/// The tree as text: two spaces for each folder around.
fn drawn(tree: &[Listed], depth: usize) -> String {
    tree.iter()
        .map(|listed| {
            let size = listed.size.map_or_else(|| "/".to_owned(), |size| format!(" {size}"));
            format!("{}{}{size}\n{}", "  ".repeat(depth), listed.name, drawn(&listed.inside, depth + 1))
        })
        .collect()
}

#[test]
fn the_kind_is_that_of_the_content_and_a_lying_name_is_refused() {
    let archive = zip(&[("a.txt", b"a")]);
    let png = b"\x89PNG\r\n\x1a\n rest".to_vec();
    for (name, bytes, kind) in [
        ("a.zip", &archive, Kind::Zip),
        ("app.jar", &archive, Kind::Zip),
        ("no ending", &archive, Kind::Zip),
        ("a.PNG", &png, Kind::Png),
        ("说明.txt", &"文字".as_bytes().to_vec(), Kind::Text),
        ("a.bin", &vec![0, 1, 2], Kind::Other),
        ("a.html", &b"<script>alert(1)</script>".to_vec(), Kind::Text),
        ("a.tar.gz", &gzip(&tar_entry("x", b"1", b'0')), Kind::Gzip),
        ("a.tar", &tar_entry("x", b"1", b'0'), Kind::Tar),
    ] {
        assert_eq!(accept(name, bytes).unwrap().kind, kind, "{name}");
    }
    for (name, bytes, ending, kind) in [
        ("photo.png", &archive, "png", Kind::Zip),
        ("a.zip", &png, "zip", Kind::Png),
        ("notes.txt", &b"MZ\x90\0\x03".to_vec(), "txt", Kind::Other),
        ("a.pdf", &b"<html>".to_vec(), "pdf", Kind::Text),
    ] {
        let refused = accept(name, bytes).unwrap_err();
        assert_eq!(refused, Refusal::NotWhatItSays { ending: ending.into(), content: kind }, "{name}");
    }
}

#[test]
fn what_is_empty_too_large_or_damaged_is_refused() {
    assert_eq!(accept("a.zip", b"").unwrap_err(), Refusal::Empty);
    assert_eq!(accept("a.zip", &vec![0; MAX_BYTES + 1]).unwrap_err(), Refusal::TooLarge);
    let archive = zip(&[("a.txt", b"some content")]);
    assert_eq!(accept("a.zip", &archive[..archive.len() - 30]).unwrap_err(), Refusal::Damaged);
    let packed = gzip(&tar_entry("x", &[7; 2000], b'0'));
    assert_eq!(accept("a.tgz", &packed[..packed.len() - 12]).unwrap_err(), Refusal::Damaged);
}

#[test]
fn a_bomb_is_refused_and_what_packs_well_is_not() {
    // The directory says 256 MB; what an archive unpacks to is believed from it, since nothing is unpacked.
    let mut bomb = zip(&[("zeros", &[0; 1000])]);
    let central = bomb.windows(4).position(|part| part == b"PK\x01\x02").unwrap();
    bomb[central + 24..central + 28].copy_from_slice(&(256_u32 << 20).to_le_bytes());
    assert_eq!(accept("a.zip", &bomb).unwrap_err(), Refusal::Bomb);

    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&tar_entry("x", b"1", b'0')).unwrap();
    for _ in 0..34 {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    assert_eq!(accept("a.tar.gz", &encoder.finish().unwrap()).unwrap_err(), Refusal::Bomb);

    let log = "2026-11-25 12:00:00 INFO ok\n".repeat(100_000);
    assert_eq!(listing("logs.zip", &zip(&[("a.log", log.as_bytes())])).unpacked, log.len() as u64);
}

#[test]
fn a_listing_is_a_tree_and_hostile_paths_are_only_text() {
    let archive = zip(&[
        ("nginx/conf.d/site.conf", b"server {}"),
        ("nginx/nginx.conf", b"events {}"),
        ("README.md", b"hi"),
        ("../../etc/passwd", b"root"),
        ("/absolute", b"1"),
        ("bidi\u{202e}txt.exe", b"12"),
        ("空 目录/说明.txt", b"123"),
    ]);
    let found = listing("a.zip", &archive);
    assert_eq!(
        drawn(&found.tree, 0),
        "..\u{2f}\n  ..\u{2f}\n    etc/\n      passwd 4\nnginx/\n  conf.d/\n    site.conf 9\n  nginx.conf 9\n空 目录/\n  说明.txt 3\n\
         README.md 2\nabsolute 1\nbidi\u{fffd}txt.exe 2\n"
    );
    assert_eq!((found.files, found.unpacked, found.leads_out, found.cut), (7, 30, true, false));
    assert!(!listing("a.zip", &zip(&[("a..b/c.txt", b"1")])).leads_out);
}

#[test]
fn names_in_gbk_are_read_and_tar_gives_the_same_tree() {
    // "配置.txt" in GBK, put in the place of as many Latin letters.
    let mut archive = zip(&[("12345678.tx", b"1")]);
    let gbk = b"\xc5\xe4\xd6\xc3.txt   ";
    for at in 0..archive.len() - 11 {
        if &archive[at..at + 11] == b"12345678.tx" {
            archive[at..at + 11].copy_from_slice(gbk);
        }
    }
    assert_eq!(listing("a.zip", &archive).tree[0].name.trim_end(), "配置.txt");

    let mut tar = tar_entry("dir/", b"", b'5');
    tar.extend(tar_entry("dir/a.conf", b"12345", b'0'));
    tar.extend(tar_entry("././@LongLink", format!("dir/{}\0", "n".repeat(150)).as_bytes(), b'L'));
    tar.extend(tar_entry("cut", b"1", b'0'));
    tar.extend(tar_entry("pax", b"20 path=dir/pax.txt\n", b'x'));
    tar.extend(tar_entry("cut", b"22", b'0'));
    tar.extend([0; 1024]);
    let expected = format!("dir/\n  a.conf 5\n  {}… 1\n  pax.txt 2\n", "n".repeat(120));
    assert_eq!(drawn(&listing("a.tar", &tar).tree, 0), expected);
    assert_eq!(drawn(&listing("a.tgz", &gzip(&tar)).tree, 0), expected);
    assert_eq!(accept("a.sql.gz", &gzip(b"create table t")).unwrap().listing, None);
}

#[test]
fn listings_are_bounded_in_lines_depth_and_names() {
    let names: Vec<String> = (0..1000).map(|number| format!("d{}/f{number}", number % 7)).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"1".as_slice())).collect();
    let found = listing("a.zip", &zip(&files));
    let lines = drawn(&found.tree, 0).lines().count();
    assert!(found.cut && found.files == 1000 && lines == 300, "{lines}");

    let deep = format!("{}x", "d/".repeat(500));
    let long = "长".repeat(5000);
    let found = listing("a.zip", &zip(&[(&deep, b"1"), (&long, b"1")]));
    assert!(found.cut && found.files == 2);
    assert_eq!(found.tree[0].name.chars().count(), 121);
}

#[test]
fn no_bytes_make_it_panic() {
    let archive = zip(&[("a/b.txt", b"content"), ("c", b"")]);
    let mut tar = tar_entry("a", b"1", b'0');
    tar.extend([0; 1024]);
    for whole in [archive, tar.clone(), gzip(&tar)] {
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            let _ = accept("a", &damaged);
            let _ = accept("a", &whole[..at]);
        }
    }
}
