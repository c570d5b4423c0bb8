//! Pictures in several widths: made beside the requests, named by pages, served for good.

use crate::site::{Answer, TestSite};
use crate::writing;
use app::account::Viewer;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::json;
use server::{export, variants};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use types::Role;

/// A picture of many colours, as a file.
fn photograph(width: u32, format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, width / 2, |x, y| {
        Rgb([(x * 31 % 251) as u8, (y * 17 % 253) as u8, ((x ^ y) % 255) as u8])
    });
    let mut data = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut data, format).unwrap();
    data.into_inner()
}

/// An editor of a site with one article.
async fn editor() -> (TestSite, Viewer) {
    let article = "---\ntitle: 图\nslug: one\ncategory: Nginx\n---\n![图](a.png)\n";
    let site = TestSite::new().await;
    std::fs::create_dir_all(site.folder.path().join("articles")).unwrap();
    std::fs::write(site.folder.path().join("articles/a.png"), photograph(700, ImageFormat::Png)).unwrap();
    assert_eq!(site.import(&[("one.md", article)]).await.warnings, 0);
    let me = writing::person(&site, "图", "jia", Role::Editor).await;
    (site, me)
}

async fn post(site: &TestSite, me: &Viewer, path: &str, kind: &str, body: Vec<u8>) -> Answer {
    let request = Request::builder().method(Method::POST).uri(path).header("host", "site.test");
    let request = request.header("content-type", kind).header("sec-fetch-site", "same-origin");
    site.ask(request.extension(me.clone()).body(Body::from(body)).unwrap()).await
}

async fn go_over_all(site: &TestSite) {
    while variants::go_over_one(&site.site).await.unwrap() {}
}

/// The addresses of a page's first `srcset`.
fn addresses(html: &str) -> Vec<String> {
    let set = html.split("srcset=\"").nth(1).map_or("", |rest| rest.split('"').next().unwrap());
    set.split(", ").filter_map(|one| one.split(' ').next()).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_name_smaller_copies_once_there_are_any() {
    let (site, me) = editor().await;
    let before = site.get("/articles/one").await;
    assert!(before.body.contains("<img loading=\"lazy\"") && !before.body.contains("srcset"));
    go_over_all(&site).await;
    let page = site.get("/articles/one").await.body;
    let shown = addresses(&page);
    assert_eq!(shown.len(), 2, "{page}");
    assert!(page.contains(&format!("{} 480w, {} 700w", shown[0], shown[1])), "{shown:?}");
    assert!(page.contains(&format!("src=\"{}\"", shown[1])) && page.contains("min(700px, 42rem"));
    for address in &shown {
        let file = site.get(address).await;
        assert_eq!(
            (file.status, file.header("cache-control")),
            (StatusCode::OK, "public, max-age=31536000, immutable")
        );
        assert!(file.header("etag").len() > 20 && file.header("content-type").starts_with("image/"));
    }
    for nothing in [shown[0].replace("-480", "-481"), shown[0].replace("-480", "-x"), shown[0].replace("-480", "-")] {
        assert_eq!(site.get(&nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    // What is stored and exported stays the author's.
    let body = format!("![图]({})\n", shown[1]);
    let preview =
        post(&site, &me, "/api/preview", "application/json", json!({ "body": body }).to_string().into()).await;
    let article = site.get("/api/article?slug=one").await.json();
    assert_eq!(preview.json()["html"], article["html"]);
    assert!(!site.get("/feed.xml").await.body.contains("srcset"));
    let folder = site.folder.path().join("export");
    assert_eq!(export::export(&site.site, &folder, &|| {}).await.unwrap().assets, 1);
    assert_eq!(site.import_paths(vec![folder]).await.unchanged, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_photograph_of_a_turned_camera_stands_upright() {
    let site = TestSite::new().await;
    std::fs::create_dir_all(site.folder.path().join("articles")).unwrap();
    // Exif with one field: orientation 6, the camera was turned to the left (TIFF 6.0, tag 274).
    let mut turned = photograph(1000, ImageFormat::Jpeg);
    let exif = b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    turned.splice(2..2, exif.iter().copied());
    let straight = photograph(900, ImageFormat::Jpeg);
    std::fs::write(site.folder.path().join("articles/turned.jpg"), &turned).unwrap();
    std::fs::write(site.folder.path().join("articles/straight.jpg"), &straight).unwrap();
    let article = "---\ntitle: 图\nslug: one\ncategory: Nginx\n---\n![竖](turned.jpg)\n\n![横](straight.jpg)\n";
    assert_eq!(site.import(&[("one.md", article)]).await.warnings, 0);
    go_over_all(&site).await;
    let page = site.get("/articles/one").await.body;
    assert!(page.contains("width=\"500\" height=\"1000\""), "{page}");
    assert!(page.contains("480w") && page.contains(" 500w"), "{page}");
    let hash = Sha256::digest(&straight).iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>();
    assert!(page.contains(&format!("/media/{hash}.jpg")), "what is upright stays as it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uploaded_picture_gets_smaller_copies_later() {
    let (site, me) = editor().await;
    let answer = post(&site, &me, "/api/upload", "image/jpeg", photograph(1000, ImageFormat::Jpeg)).await;
    let url = answer.json()["url"].as_str().unwrap().to_owned();
    let text = json!({ "body": format!("![图]({url})") }).to_string();
    let show = async || post(&site, &me, "/api/preview", "application/json", text.clone().into()).await.json();
    assert!(!show().await["html"].as_str().unwrap().contains("srcset"));
    go_over_all(&site).await;
    let shown = addresses(show().await["html"].as_str().unwrap());
    assert_eq!(shown.len(), 3, "{shown:?}");
    let hash = &store::hashes_in(&url)[0];
    let small = site.site.store.variant(hash, 480).await.unwrap().unwrap();
    let small = image::load_from_memory(&small.data).unwrap();
    assert_eq!((small.width(), small.height()), (480, 240));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_another_site_is_copied_and_this_network_is_not_asked() {
    use axum::response::Redirect;
    use axum::routing::get;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let there = format!("http://{}", listener.local_addr().unwrap());
    let hidden = there.replace("127.0.0.1", "127.0.0.2");
    let other = axum::Router::new()
        .route("/a.jpg", get(|| async { photograph(64, ImageFormat::Png) }))
        .route("/page", get(|| async { "<html>" }))
        .route("/large", get(|| async { vec![0_u8; 11 * 1024 * 1024] }))
        .route("/moved", get(|| async { Redirect::temporary("/a.jpg") }))
        .route("/round", get(|| async { Redirect::temporary("/round") }))
        .route("/inside", get(move || async move { Redirect::temporary(&format!("{hidden}/a.jpg")) }));
    let server = tokio::spawn(async move { axum::serve(listener, other).await.unwrap() });
    let (site, me) = editor().await;
    let copy = async |site: &TestSite, url: &str| {
        post(site, &me, "/api/upload/copy", "application/json", json!({ "url": url }).to_string().into_bytes()).await
    };
    let refused = copy(&site, &format!("{there}/a.jpg")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("不在公网上"), "{}", refused.body);
    // A site for which one address of this machine is the public internet.
    let site = site.fetching(server::fetch::Fetcher::asking(|address| address.ip().to_string() == "127.0.0.1"));
    for path in ["/a.jpg", "/moved"] {
        let copied = copy(&site, &format!("{there}{path}")).await;
        assert_eq!(copied.status, StatusCode::OK, "{path}: {}", copied.body);
        let url = copied.json()["url"].as_str().unwrap().to_owned();
        assert!(url.ends_with(".png"), "by its content: {url}");
        assert_eq!(site.get(&url).await.status, StatusCode::OK);
    }
    for (path, said) in [
        ("/inside", "不在公网上"),
        ("/page", "只收 PNG"),
        ("/large", "超过 10 MB"),
        ("/nowhere", "404"),
        ("/round", "没有回应"),
    ] {
        let refused = copy(&site, &format!("{there}{path}")).await;
        assert!(refused.status.is_client_error() && refused.body.contains(said), "{path}: {}", refused.body);
    }
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_are_known_by_content() {
    let (site, me) = editor().await;
    let send = async |viewer: &Viewer, bytes| post(&site, viewer, "/api/upload", "image/png", bytes).await;
    let picture = include_bytes!("../../seed/articles/images/bm25-term-saturation.png").to_vec();
    let stored = send(&me, picture.clone()).await;
    let url = stored.json()["url"].as_str().unwrap().to_owned();
    let shown = site.get(&url).await;
    assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/png"));
    assert!(shown.header("content-security-policy").contains("sandbox"));
    let preview = writing::post(&site, &me, "/api/preview", &json!({ "body": format!("![图]({url})") })).await.json();
    assert!(preview["html"].as_str().unwrap().contains(" width=\""), "{preview}");
    assert_eq!(
        send(&me, b"PK\x03\x04 a zip that calls itself a picture".to_vec()).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        send(&me, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(send(&me, vec![0; 11 * 1024 * 1024]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send(&Viewer::default(), picture).await.status, StatusCode::UNAUTHORIZED);
}
