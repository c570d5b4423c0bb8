//! Over real sockets: clients that say nothing are let go, those that ask too much are told to wait, and stopping ends.

use crate::site::TestSite;
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
        first_byte: Duration::from_millis(200),
        head: Duration::from_millis(400),
        idle: Duration::from_millis(800),
        stalled: Duration::from_millis(800),
        drain: Duration::from_millis(500),
        connections: 100,
    }
}

async fn start(router: Router) -> (std::net::SocketAddr, watch::Sender<bool>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    (address, stop, tokio::spawn(serve(listener, router, std::sync::Arc::new(|_, _| None), impatient(), stopped)))
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
    let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await.expect("it is closed");
    (started.elapsed(), String::from_utf8_lossy(&answer).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_and_slow_clients_are_let_go() {
    let (address, _stop, _server) = start(hello()).await;
    let (silent, _) = kept(address, b"").await;
    assert!((150..390).contains(&silent.as_millis()), "{silent:?}");
    let (slow, _) = kept(address, b"GET / HTTP/1.1\r\nHost: a\r\n").await;
    assert!((350..790).contains(&slow.as_millis()), "{slow:?}");
    let (idle, answer) = kept(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(answer.ends_with("hello"), "{answer}");
    assert!((750..2000).contains(&idle.as_millis()), "{idle:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_ends_although_a_request_does_not() {
    let (address, stop, server) = start(hello()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(2), server).await.expect("it ends").unwrap();
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
