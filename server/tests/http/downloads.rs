//! Files for download: attached in the plain form, served in parts, counted once, exported and restored.

use crate::site::{Answer, TestSite};
use crate::writing::{id_of, person};
use app::account::{Person, Role, Viewer};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use server::{backup, export, restore, seed};
use std::io::{Cursor, Write};
use types::{ArticleId, Attachment};

const ARTICLE: (&str, &str) = (
    "one.md",
    "---\ntitle: 配置\nslug: one\ncategory: Nginx\nauthor: 甲\nkind: download\nattachments:\n  - file: files/a b.zip\n    \
     name: 配置 示例.zip\n    licence: MIT\n  - files/missing.zip\n---\n说明\n",
);

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A site with one article that offers an archive, and the archive.
async fn site() -> (TestSite, Vec<u8>) {
    let site = TestSite::new().await;
    let archive = zip(&[("conf.d/site.conf", "server {}"), ("../out.txt", "<b>x</b>")]);
    let folder = site.folder.path().join("articles/files");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a b.zip"), &archive).unwrap();
    let summary = site.import(&[ARTICLE]).await;
    assert_eq!((summary.added, summary.warnings), (1, 1), "the missing file is a warning");
    (site, archive)
}

async fn ask(site: &TestSite, method: Method, path: &str, headers: &[(&str, &str)]) -> (StatusCode, Answer) {
    let mut request = Request::builder().method(method).uri(path).header("host", "site.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = site.ask(request.body(Body::empty()).unwrap()).await;
    (answer.status, answer)
}

async fn offered(site: &TestSite, id: ArticleId) -> Vec<Attachment> {
    site.site.store.attachments_of(&[id]).await.unwrap().remove(&id.0).unwrap_or_default()
}

/// The one article there is, whatever its title, and who wrote it.
async fn only(site: &TestSite) -> (ArticleId, Viewer) {
    (id_of(site, "").await, person(site, "", "jia", Role::Editor).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_what_is_offered_and_the_list_how_much() {
    let (site, archive) = site().await;
    let page = site.get("/articles/one").await;
    page.assert_page("配置 示例.zip");
    for shown in [&attachment::sha256(&archive), "许可", "MIT", "site.conf", "out.txt", "指向目录之外", "下载 0 次"]
    {
        assert!(page.body.contains(shown), "{shown} is not in the page");
    }
    page.assert_page("aria-label=\"下载文件 配置 示例.zip\"");
    let list = site.get("/downloads").await;
    list.assert_page("1 个文件");
    assert!(list.body.contains(&app::words::download::size(archive.len() as u64)));
    let api = site.get("/api/article?slug=one").await.json();
    assert_eq!(api["attachments"][0]["size"], archive.len());
    assert_eq!(api["attachments"][0]["listing"]["leads_out"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_saved_under_its_name_and_counted_once() {
    let (site, archive) = site().await;
    let (id, _) = only(&site).await;
    let path = offered(&site, id).await[0].address();
    let (status, answer) = ask(&site, Method::GET, &path, &[]).await;
    assert_eq!(status, StatusCode::OK);
    for (name, value) in [
        ("content-type", "application/zip"),
        ("x-content-type-options", "nosniff"),
        ("accept-ranges", "bytes"),
        ("content-length", archive.len().to_string().as_str()),
        (
            "content-disposition",
            "attachment; filename=\"__ __.zip\"; filename*=UTF-8''%E9%85%8D%E7%BD%AE%20%E7%A4%BA%E4%BE%8B.zip",
        ),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let etag = answer.header("etag").to_owned();
    assert!(etag.starts_with('"'), "a strong validator: {etag}");
    let size = archive.len();
    for (method, headers, expected, length) in [
        (Method::HEAD, vec![], StatusCode::OK, size),
        (Method::GET, vec![("range", "bytes=5-")], StatusCode::PARTIAL_CONTENT, size - 5),
        (Method::GET, vec![("range", "bytes=-4")], StatusCode::PARTIAL_CONTENT, 4),
        (Method::GET, vec![("range", "bytes=5-9"), ("if-range", etag.as_str())], StatusCode::PARTIAL_CONTENT, 5),
        (Method::GET, vec![("range", "bytes=999999-")], StatusCode::RANGE_NOT_SATISFIABLE, 0),
        (Method::GET, vec![("if-none-match", etag.as_str())], StatusCode::NOT_MODIFIED, 0),
        (Method::GET, vec![("user-agent", "Googlebot/2.1")], StatusCode::OK, size),
        (Method::GET, vec![("sec-purpose", "prefetch")], StatusCode::OK, size),
    ] {
        let (status, answer) = ask(&site, method.clone(), &path, &headers).await;
        assert_eq!(status, expected, "{method} {headers:?}");
        if length > 0 {
            assert_eq!(answer.header("content-length"), length.to_string(), "{method} {headers:?}");
        }
    }
    let (_, beyond) = ask(&site, Method::GET, &path, &[("range", "bytes=999999-")]).await;
    assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));
    let (_, part) = ask(&site, Method::GET, &path, &[("range", "bytes=1-2")]).await;
    assert_eq!((part.header("content-range"), part.body.as_str()), (format!("bytes 1-2/{size}").as_str(), "K\u{3}"));
    server::views::flush(&site.site).await;
    assert_eq!(offered(&site, id).await[0].downloads, 1, "one was the first of all, none was any of the others");

    // Another version than the client has: the whole, and so another download.
    let (status, _) = ask(&site, Method::GET, &path, &[("range", "bytes=5-9"), ("if-range", "\"other\"")]).await;
    server::views::flush(&site.site).await;
    assert_eq!((status, offered(&site, id).await[0].downloads), (StatusCode::OK, 2));
    ask(&site, Method::GET, &path, &[("range", "bytes=0-3")]).await;
    server::views::flush(&site.site).await;
    site.get("/articles/one").await.assert_page("下载 3 次");

    let wrong = path.rsplit_once('/').unwrap().0.to_owned() + "/other.exe";
    let (status, moved) = ask(&site, Method::GET, &wrong, &[]).await;
    assert_eq!((status, moved.header("location")), (StatusCode::PERMANENT_REDIRECT, path.as_str()));
    for nowhere in ["/downloads/1/a.zip", "/downloads/x/a.zip", "/downloads/-1/..%2f", "/downloads/1"] {
        assert_eq!(ask(&site, Method::GET, nowhere, &[]).await.0, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_sent_in_pieces_and_any_part_of_it_is_right() {
    let site = TestSite::new().await;
    let folder = site.folder.path().join("articles");
    std::fs::create_dir_all(&folder).unwrap();
    let data: Vec<u8> = (0..700_001_u32).map(|at| b'a' + (at % 23) as u8).collect();
    std::fs::write(folder.join("a.txt"), &data).unwrap();
    site.import(&[("one.md", "---\ntitle: t\nslug: one\ncategory: Nginx\nattachments: [a.txt]\n---\nx\n")]).await;
    let (id, _) = only(&site).await;
    let path = offered(&site, id).await[0].address();
    assert_eq!(ask(&site, Method::GET, &path, &[]).await.1.body.as_bytes(), data);
    for (first, last) in [(0, 0), (262_143, 262_144), (262_144, 524_287), (1, 700_000), (699_999, 700_000)] {
        let (_, answer) = ask(&site, Method::GET, &path, &[("range", &format!("bytes={first}-{last}"))]).await;
        assert!(answer.body.as_bytes() == &data[first..=last], "{first}-{last}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_drafts_and_hidden_articles_are_nobodys() {
    let (site, _) = site().await;
    let (id, me) = only(&site).await;
    let path = offered(&site, id).await[0].address();
    let answer =
        form(&site, &me, &format!("/editor/{}", id.0), &[("base_revision", "1"), ("action", "hide")], &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(ask(&site, Method::GET, &path, &[]).await.0, StatusCode::NOT_FOUND);
}

/// Posts the form as a browser does, with files.
async fn form(site: &TestSite, me: &Viewer, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    let good = [("title", "配置"), ("slug", "one"), ("category", "nginx"), ("kind", "download"), ("body", "说明")];
    let kept = good.iter().filter(|(name, _)| !fields.iter().any(|(other, _)| other == name));
    for (name, value) in kept.chain(fields) {
        write!(body, "--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").unwrap();
    }
    for (name, data) in files {
        write!(
            body,
            "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n"
        )
        .unwrap();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--B--\r\n");
    let request = Request::builder().method(Method::POST).uri(path).header("host", "site.test");
    let request =
        request.header("content-type", "multipart/form-data; boundary=B").header("sec-fetch-site", "same-origin");
    site.ask(request.extension(me.clone()).body(Body::from(body)).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_too_many_is_not_even_stored() {
    let (site, archive) = site().await;
    let (id, me) = only(&site).await;
    let sha256 = attachment::sha256(&archive);
    let kept = store::FileToKeep { sha256, content_type: "application/zip".into(), listing: None, data: archive };
    for number in 1..store::MOST_ATTACHMENTS {
        site.site.store.attach(id, &format!("{number}.zip"), None, &kept, None).await.unwrap();
    }
    let more = "一个太多".as_bytes();
    let fields = [("base_revision", "1"), ("action", "attach")];
    let refused = form(&site, &me, &format!("/editor/{}", id.0), &fields, &[("more.txt", more)]).await;
    assert!(refused.body.contains("more.txt"), "{}", refused.body);
    assert_eq!(offered(&site, id).await.len(), store::MOST_ATTACHMENTS);
    assert!(site.site.store.file_piece(&attachment::sha256(more), 0).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plain_form_attaches_licenses_and_removes() {
    let (site, archive) = site().await;
    let (id, me) = only(&site).await;
    let path = format!("/editor/{}", id.0);
    let done = form(
        &site,
        &me,
        &path,
        &[("base_revision", "1"), ("action", "attach"), ("licence", "CC BY 4.0"), ("body", "新的说明")],
        &[("C:\\temp\\更多.txt", "文字".as_bytes()), ("配置 示例.zip", &archive), ("", b"")],
    )
    .await;
    assert_eq!(done.header("location"), format!("{path}?done=files#attachments"), "{}", done.body);
    let files = offered(&site, id).await;
    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["配置 示例.zip", "更多.txt"], "the same file under the same name is there once");
    assert_eq!(
        (files[1].licence.as_deref(), files[1].content_type.as_str()),
        (Some("CC BY 4.0"), "text/plain; charset=utf-8")
    );
    site.get("/articles/one").await.assert_page("更多.txt");
    let (first, second) = (format!("licence-{}", files[0].id.0), format!("detach-{}", files[1].id.0));
    form(&site, &me, &path, &[("base_revision", "2"), ("action", "licences"), (&first, "  自用\n ")], &[]).await;
    assert_eq!(offered(&site, id).await[0].licence.as_deref(), Some("自用"));
    form(&site, &me, &path, &[("base_revision", "3"), ("action", &second)], &[]).await;
    assert_eq!(offered(&site, id).await.len(), 1);
    let page = site
        .ask(
            Request::builder()
                .uri(&path)
                .extension(me.clone())
                .header("host", "site.test")
                .body(Body::empty())
                .unwrap(),
        )
        .await;
    page.assert_page("enctype=\"multipart/form-data\"");
    page.assert_page("配置 示例.zip");

    // Who may not publish may not change what readers see; the text is kept all the same.
    let Viewer(Some(person)) = me else { unreachable!() };
    let author = Viewer(Some(Person { role: Role::Author, ..person }));
    let refused = form(
        &site,
        &author,
        &path,
        &[("base_revision", "3"), ("action", "attach"), ("body", "作者的字")],
        &[("x.txt", b"x")],
    )
    .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("只有编辑能改") && refused.body.contains("作者的字</textarea>"));
    assert_eq!(offered(&site, id).await.len(), 1);

    // A new text comes with its files.
    let made = form(
        &site,
        &author,
        "/editor/new",
        &[("slug", "two"), ("base_revision", "0"), ("key", "k"), ("action", "save")],
        &[("x.txt", b"x")],
    )
    .await;
    assert!(made.header("location").contains("done=files"), "{}", made.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_file_is_refused_by_name_and_the_text_is_kept() {
    let (site, archive) = site().await;
    let (id, me) = only(&site).await;
    let path = format!("/editor/{}", id.0);
    let large = vec![b'a'; attachment::MAX_BYTES + 1];
    let mut bomb = zip(&[("zeros", &"0".repeat(1000))]);
    let central = bomb.windows(4).position(|part| part == b"PK\x01\x02").unwrap();
    bomb[central + 24..central + 28].copy_from_slice(&(256_u32 << 20).to_le_bytes());
    let cut = &archive[..archive.len() - 25];
    for (number, (name, data, sentence)) in [
        ("空.txt", b"".as_slice(), "“空.txt”是空的"),
        ("big.txt", large.as_slice(), "“big.txt”超过 32 MB"),
        ("照片.png", archive.as_slice(), "“照片.png”的名字以 .png 结尾，内容却是ZIP"),
        ("../../bomb.zip", bomb.as_slice(), "“bomb.zip”解压后会大得离谱"),
        ("cut.zip", cut, "“cut.zip”不完整或已损坏"),
        ("<img src=x>.pdf", b"<script>", "内容却是纯文本"),
    ]
    .into_iter()
    .enumerate()
    {
        let (base, text) = ((number + 1).to_string(), format!("第 {number} 次的字"));
        let fields = [("base_revision", base.as_str()), ("action", "publish"), ("body", text.as_str())];
        let refused = form(&site, &me, &path, &fields, &[(name, data)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(refused.body.contains(sentence), "{sentence} is not in the page of {name}");
        assert!(refused.body.contains(&format!("{text}</textarea>")), "{name}: the text is kept");
        assert!(!refused.body.contains("<img src=x>"));
    }
    assert_eq!(offered(&site, id).await.len(), 1);
    // Nothing was published by a post with a refused file.
    assert!(!site.get("/articles/one").await.body.contains("次的字"));

    let broken = Request::builder().method(Method::POST).uri(&path).header("host", "site.test");
    let broken = broken.header("content-type", "multipart/form-data; boundary=B").extension(me.clone());
    let answer =
        site.ask(broken.body(Body::from("--B\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nhalf")).unwrap());
    assert_eq!(answer.await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_survive_export_import_backup_and_restore() {
    let (site, archive) = site().await;
    let (id, _) = only(&site).await;
    let folder = site.folder.path().join("export");
    let exported = export::export(&site.site, &folder, &|| {}).await.unwrap();
    assert_eq!((exported.articles, exported.files), (1, 1));
    assert_eq!(std::fs::read(folder.join("files/one/配置 示例.zip")).unwrap(), archive);
    site.site.store.count_downloads(&[(offered(&site, id).await[0].id, 1)]).await.unwrap();
    let again = site.import_paths(vec![folder.clone()]).await;
    assert_eq!((again.unchanged, again.warnings), (1, 0));
    assert_eq!(offered(&site, id).await[0].downloads, 1);

    let other = TestSite::new().await;
    assert_eq!(other.import_paths(vec![folder.clone()]).await.warnings, 0);
    let there = offered(&other, id).await.remove(0);
    assert_eq!((there.name.as_str(), there.licence.as_deref()), ("配置 示例.zip", Some("MIT")));
    assert_eq!(other.site.store.file_data(&there.sha256).await.unwrap(), archive);

    // What was changed on the way is not taken for what was exported.
    std::fs::write(folder.join("files/one/配置 示例.zip"), zip(&[("a", "b")])).unwrap();
    let third = TestSite::new().await;
    assert_eq!(third.import_paths(vec![folder]).await.warnings, 1);
    assert_eq!(offered(&third, id).await.len(), 0);

    let file = site.folder.path().join("site.backup");
    backup::run(&site.settings, &file).await.unwrap();
    let mut settings = site.settings.clone();
    settings.data = site.folder.path().join("restored");
    restore::run(&settings, &file, false).await.unwrap();
    let restored = server::site::Site::open(&settings).await.unwrap();
    assert_eq!(restored.store.file_data(&there.sha256).await.unwrap(), archive);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_file_beside_an_unchanged_text_is_imported() {
    let (site, _) = site().await;
    let (id, _) = only(&site).await;
    let same = site.import(&[]).await;
    assert_eq!(same.unchanged, 1);
    let newer = zip(&[("a", "newer")]);
    std::fs::write(site.folder.path().join("articles/files/a b.zip"), &newer).unwrap();
    assert_eq!(site.import(&[]).await.updated, 1);
    assert_eq!(offered(&site, id).await[0].sha256, attachment::sha256(&newer));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_offers_real_downloads() {
    let site = TestSite::new().await;
    seed::demo(&site.site).await.unwrap();
    let list = site.get("/downloads").await;
    list.assert_page("Nginx location 匹配演示配置");
    let page = site.get("/articles/download-nginx-location-demo").await;
    page.assert_page("right.conf");
    let path = page.body.split("href=\"/downloads/").nth(1).unwrap();
    let path = path.split('"').next().unwrap();
    let (status, answer) = ask(&site, Method::GET, &format!("/downloads/{path}"), &[]).await;
    assert_eq!((status, answer.header("content-type")), (StatusCode::OK, "application/zip"));
}
