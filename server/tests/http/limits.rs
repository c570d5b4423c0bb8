//! Over real sockets: clients that say nothing are let go, those that ask too much are told to wait, and stopping ends.

use crate::site::{TestSite, until};
use axum::Router;
use axum::routing::get;
use server::http::listen::{Patience, serve};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

fn impatient() -> Patience {
    Patience {
        first_byte: Duration::from_millis(300),
        head: Duration::from_millis(1200),
        idle: Duration::from_millis(3000),
        stalled: Duration::from_millis(3000),
        last_moment: Duration::from_millis(100),
        drain: Duration::from_millis(500),
        connections: 100,
        of_one: 3,
    }
}

async fn start(router: Router) -> (std::net::SocketAddr, watch::Sender<bool>, JoinHandle<()>) {
    start_with(router, impatient()).await
}

async fn start_with(router: Router, patience: Patience) -> (std::net::SocketAddr, watch::Sender<bool>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    (address, stop, tokio::spawn(serve(listener, router, std::sync::Arc::new(|_, _| None), patience, stopped)))
}

fn hello() -> Router {
    let slow = get(|| async {
        tokio::time::sleep(Duration::from_secs(60)).await;
        "late"
    });
    Router::new().route("/", get(|| async { "hello" })).route("/slow", slow)
}

/// How long the server keeps a connection on which these bytes were sent.
async fn kept(address: std::net::SocketAddr, sent: &[u8]) -> (Duration, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent).await.unwrap();
    let (started, mut answer) = (Instant::now(), Vec::new());
    let _ = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.expect("it is closed");
    (started.elapsed(), String::from_utf8_lossy(&answer).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_and_slow_clients_are_let_go() {
    let (address, _stop, _server) = start(hello()).await;
    let (silent, _) = kept(address, b"").await;
    assert!((250..1150).contains(&silent.as_millis()), "{silent:?}");
    let (slow, _) = kept(address, b"GET / HTTP/1.1\r\nHost: a\r\n").await;
    assert!((1150..2950).contains(&slow.as_millis()), "{slow:?}");
    let (idle, answer) = kept(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(answer.ends_with("hello"), "{answer}");
    assert!((2950..15_000).contains(&idle.as_millis()), "{idle:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_route_takes_is_refused_before_the_router() {
    let site = TestSite::new().await;
    let state = server::http::AppState::new(site.site.clone(), &site.settings).unwrap();
    let (address, _stop, _server) = start(server::http::router(state)).await;
    let long = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n", "a".repeat(300));
    for (head, status) in [
        ("CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n", 405),
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n", 405),
        ("PUT /healthz HTTP/1.1\r\nHost: a\r\n", 405),
        ("BREW /healthz HTTP/1.1\r\nHost: a\r\n", 501),
        ("GET /healthz HTTP/1.1\r\n", 400),
        ("GET /healthz HTTP/1.1\r\nHost:\r\n", 400),
        ("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n", 400),
        ("GET /healthz HTTP/1.1\r\nHost: me@a\r\n", 400),
        ("GET /healthz HTTP/1.1\r\nHost: a/b\r\n", 400),
        (long.as_str(), 400),
        ("GET /healthz HTTP/1.1\r\nHost: my_site.test:3000\r\n", 200),
        ("GET /healthz HTTP/1.1\r\nHost: [::1]:3000\r\n", 200),
        ("GET /healthz HTTP/1.0\r\n", 200),
    ] {
        let (_, answer) = kept(address, format!("{head}Connection: close\r\n\r\n").as_bytes()).await;
        assert!(answer.split(' ').nth(1) == Some(&status.to_string()), "{head}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_byte_that_is_sent_while_an_answer_is_read_does_not_cut_it() {
    let long = get(|| async {
        let pieces = futures_util::stream::unfold(0, |count| async move {
            tokio::time::sleep(Duration::from_millis(200)).await;
            (count < 10).then_some((Ok::<_, std::convert::Infallible>("piece"), count + 1))
        });
        axum::body::Body::from_stream(pieces)
    });
    let (address, _stop, _server) = start(Router::new().route("/", long)).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(250)).await;
    stream.write_all(b"G").await.unwrap();
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.expect("it is closed");
    let answer = String::from_utf8_lossy(&answer);
    assert_eq!(answer.matches("piece").count(), 10, "{answer}");
    assert!(answer.ends_with("0\r\n\r\n"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_ends_although_a_request_does_not() {
    let (address, stop, server) = start(hello()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(20), server).await.expect("it ends").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_passes_on_only_so_much_of_one_visitor_at_once() {
    let (address, _stop, _server) = start(hello()).await;
    let head = "HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Forwarded-For";
    let ask = |path: &str, visitor: &str| format!("GET {path} {head}: {visitor}\r\n\r\n");
    let mut slow = Vec::new();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(ask("/slow", "192.0.2.1").as_bytes()).await.unwrap();
        slow.push(stream);
    }
    until(async || kept(address, ask("/", "192.0.2.1").as_bytes()).await.1.starts_with("HTTP/1.1 429")).await;
    assert!(kept(address, ask("/", "192.0.2.2").as_bytes()).await.1.ends_with("hello"));
    drop(slow);
    until(async || kept(address, ask("/", "192.0.2.1").as_bytes()).await.1.ends_with("hello")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_connected_before_the_stop_is_answered_and_nobody_waits_for_the_silent() {
    let (long, last_moment) = (Duration::from_secs(60), Duration::from_secs(2));
    let patient = Patience { first_byte: long, drain: long, last_moment, of_one: 1000, ..impatient() };
    let (address, stop, server) = start_with(hello(), patient).await;
    let silent = TcpStream::connect(address).await.unwrap();
    let mut speaking = Vec::new();
    // Some are being answered at the stop, some were taken, some wait to be taken.
    for _ in 0..50 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
        speaking.push(stream);
    }
    stop.send(true).unwrap();
    for (number, mut stream) in speaking.into_iter().enumerate() {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap_or_else(|error| panic!("{number}: {error}"));
        assert!(answer.ends_with("hello"), "{number}: {answer}");
    }
    tokio::time::timeout(Duration::from_secs(20), server).await.expect("it ends").unwrap();
    drop(silent);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_much_waits_and_others_do_not() {
    let site = TestSite::new().await;
    let ask = async |address: &str| {
        let mut request = axum::http::Request::builder().uri("/api/search?q=").header("host", "site.test");
        let client: std::net::SocketAddr = format!("{address}:9").parse().unwrap();
        request.extensions_mut().unwrap().insert(axum::extract::ConnectInfo(client));
        site.ask(request.body(axum::body::Body::empty()).unwrap()).await
    };
    let mut refused = None;
    for _ in 0..200 {
        let answer = ask("192.0.2.1").await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("somebody who asks 200 times at once is told to wait");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert!(refused.body.contains("秒后再试"));
    assert_eq!(ask("192.0.2.2").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_posts_without_end_waits_and_who_reads_the_editor_does_not() {
    let site = TestSite::new().await;
    let ask = async |method: &str, path: &str| {
        let client: std::net::SocketAddr = "192.0.2.1:9".parse().unwrap();
        let request = axum::http::Request::builder().method(method).uri(path).header("host", "site.test");
        let request = request.header("sec-fetch-site", "same-origin").extension(axum::extract::ConnectInfo(client));
        site.ask(request.body(axum::body::Body::empty()).unwrap()).await.status
    };
    for path in ["/api/upload", "/api/draft", "/editor/new"] {
        let mut let_through = 0;
        while let_through < 1000 && ask("POST", path).await != 429 {
            let_through += 1;
        }
        assert!((100..1000).contains(&let_through), "{path}: {let_through}");
    }
    assert_ne!(ask("GET", "/editor/new").await, 429);
    assert_ne!(ask("GET", "/api/draft/who").await, 429);
}
