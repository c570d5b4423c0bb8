//! Large bodies: only of those who may write, and few at once.

use crate::site::{Answer, TestSite, until};
use crate::writing::{draft, site};
use app::account::Viewer;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode};
use futures_util::stream;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch;

const MEGABYTE: usize = 1024 * 1024;

async fn send(site: &TestSite, viewer: &Viewer, path: &str, kind: &str, body: Body) -> Answer {
    let request = Request::builder().method(Method::POST).uri(path).header("host", "site.test");
    site.ask(request.header("content-type", kind).extension(viewer.clone()).body(body).unwrap()).await
}

/// A body that does not say how large it is.
fn pieces(megabytes: usize) -> Body {
    Body::from_stream(stream::iter((0..megabytes).map(|_| Ok::<_, Infallible>(Bytes::from(vec![b' '; MEGABYTE])))))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_is_asked_before_what_they_send_is_kept() {
    let (site, me, _) = site().await;
    for path in ["/api/draft", "/api/preview", "/api/merge", "/api/upload", "/api/upload/copy"] {
        let stranger = send(&site, &Viewer::default(), path, "application/json", pieces(20)).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(send(&site, &me, path, "application/json", pieces(20)).await.status, 413, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_gets_the_words_back_and_the_files_are_let_go() {
    let (site, ..) = site().await;
    let file = "Content-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n";
    let mut post = Vec::new();
    for _ in 0..3 {
        post.extend_from_slice(format!("--B\r\n{file}").as_bytes());
        post.extend_from_slice(&vec![0; 30 * MEGABYTE]);
        post.extend_from_slice(b"\r\n");
    }
    post.extend_from_slice(
        "--B\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\n打的字\r\n--B--\r\n".as_bytes(),
    );
    let kind = "multipart/form-data; boundary=B";
    let answer = send(&site, &Viewer::default(), "/editor/new", kind, Body::from(post)).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("打的字</textarea>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn large_bodies_wait_for_room_and_small_ones_need_none() {
    let (site, me, _) = site().await;
    let site = Arc::new(site);
    let (end, ended) = watch::channel(());
    // Each may become 18 megabytes, and there is room for 320.
    for _ in 0..17 {
        let (site, me, mut ended) = (Arc::clone(&site), me.clone(), ended.clone());
        tokio::spawn(async move {
            let last = stream::once(async move {
                let _ = ended.changed().await;
                Ok::<_, Infallible>(Bytes::new())
            });
            send(&site, &me, "/api/draft", "application/json", Body::from_stream(last)).await
        });
    }
    let upload = async || send(&site, &me, "/api/upload", "image/png", pieces(15)).await;
    until(async || upload().await.status == StatusCode::SERVICE_UNAVAILABLE).await;
    let refused = upload().await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    let saved = send(&site, &me, "/api/draft", "application/json", draft(None, 0, "k", "短").to_string().into()).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    drop(end);
    let later = upload().await;
    assert_eq!(later.status, StatusCode::PAYLOAD_TOO_LARGE);
}
