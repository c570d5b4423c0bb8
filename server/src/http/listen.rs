//! The loop that takes connections: clients that say nothing, or say it too slowly, are let go.
//!
//! `axum::serve` sets no timer, so a client that dribbles its headers keeps its connection for ever. Here every
//! connection carries a deadline: for the first byte, for a whole head, and for the pause between two requests.

use crate::http::crowd::Crowd;
use crate::http::{limit, security};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, Sleep};
use tower::ServiceExt;

/// When to come back for an address that asks too much at once, in seconds.
const COME_BACK_IN: u64 = 5;

/// How long clients may take, and how many there may be.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// To the first byte of a connection.
    pub first_byte: Duration,
    /// From the first byte of a request to the end of its head.
    pub head: Duration,
    /// Between two requests.
    pub idle: Duration,
    /// To read a piece of an answer, and to send a piece of a body.
    pub stalled: Duration,
    /// For whoever connected before the site was told to stop, to be taken and to say the first byte.
    pub last_moment: Duration,
    /// For what runs when the site was told to stop.
    pub drain: Duration,
    /// Connections at once; others wait to be taken.
    pub connections: usize,
    /// Those of them that one address may have, and requests of it that a proxy passes on.
    pub of_one: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first_byte: Duration::from_secs(5),
            head: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            stalled: Duration::from_secs(60),
            last_moment: Duration::from_millis(100),
            drain: Duration::from_secs(10),
            connections: 12_000,
            of_one: 200,
        }
    }
}

/// Answers what is in memory before the router is asked.
pub type AtOnce = Arc<dyn Fn(&hyper::Request<Incoming>, SocketAddr) -> Option<Response> + Send + Sync>;

/// Takes connections until `stop` says so, then lets requests that run come to their end, but not for ever.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    at_once: AtOnce,
    patience: Patience,
    stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(patience.connections));
    let running = GracefulShutdown::new();
    let crowd = Crowd::default();
    // Who connected before the stop may still wait to be taken; without this moment they would be reset.
    let last_moment = last_moment(stop.clone(), patience.last_moment);
    tokio::pin!(last_moment);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place,
            () = &mut last_moment => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut last_moment => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, mostly: others may become free in a moment.
                tracing::warn!("a connection could not be taken: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Some(entered) = crowd.enter(peer.ip(), patience.of_one) else {
            tracing::debug!("a connection of {} is closed: it has {} already", peer.ip(), patience.of_one);
            continue;
        };
        let _ = stream.set_nodelay(true);
        let clock = Clock::new(patience);
        let service = service_fn({
            let (router, at_once, clock, crowd) = (router.clone(), Arc::clone(&at_once), clock.clone(), crowd.clone());
            move |request: hyper::Request<Incoming>| {
                clock.answering();
                let client = limit::client(peer, request.headers());
                let known = security::refuse(&request).or_else(|| at_once(&request, client));
                // A connection of its own is counted already.
                let passed_on = known.is_none() && client.ip() != peer.ip().to_canonical();
                let entered = passed_on.then(|| crowd.enter(client.ip(), patience.of_one));
                let known = match entered {
                    Some(None) => Some(limit::refused(StatusCode::TOO_MANY_REQUESTS, COME_BACK_IN)),
                    _ => known,
                };
                let (router, clock) = (known.is_none().then(|| router.clone()), clock.clone());
                async move {
                    let _entered = entered;
                    let Some(router) = router else {
                        clock.answered();
                        return Ok::<_, Infallible>(known.unwrap_or_default());
                    };
                    let mut request = request.map(Body::new);
                    request.extensions_mut().insert(ConnectInfo(client));
                    let answer = router.oneshot(request).await;
                    clock.answered();
                    Ok(answer.unwrap_or_else(|never| match never {}))
                }
            }
        });
        let (watcher, stop) = (running.watcher(), stop.clone());
        tokio::spawn(async move {
            let _until_then = (place, entered);
            if !speaks(&stream, patience, stop).await {
                return;
            }
            let sleep = Box::pin(tokio::time::sleep(patience.first_byte));
            let stream = TokioIo::new(Timed { stream, sleep, clock });
            let mut http = hyper::server::conn::http1::Builder::new().serve_connection(stream, service);
            // hyper closes what it has read nothing of when it is told to stop, and here a request is waiting: it is read first.
            let read = std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut http).poll(context))).await;
            let ended = match read {
                Poll::Ready(ended) => ended,
                Poll::Pending => watcher.watch(http).await,
            };
            // Clients that break off are everyday life and no fault of ours.
            if let Err(error) = ended {
                tracing::trace!("a connection ended: {error}");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(patience.drain, running.shutdown()).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
}

/// Ends a moment after the site was told to stop.
async fn last_moment(mut stop: watch::Receiver<bool>, moment: Duration) {
    // Who could tell is gone: that is a stop, too.
    let _ = stop.wait_for(|stop| *stop).await;
    tokio::time::sleep(moment).await;
}

/// Waits for the first byte of a connection; when the site is told to stop meanwhile, for a moment only: what was sent
/// before that is answered.
async fn speaks(stream: &TcpStream, patience: Patience, stop: watch::Receiver<bool>) -> bool {
    tokio::select! {
        spoke = stream.readable() => spoke.is_ok(),
        () = tokio::time::sleep(patience.first_byte) => false,
        () = last_moment(stop, patience.last_moment) => false,
    }
}

/// What a connection waits for, and until when; nothing while a request is being answered.
#[derive(Clone)]
struct Clock(Arc<(Patience, Mutex<Waiting>)>);

struct Waiting {
    deadline: Option<Instant>,
    /// No byte of the next request has come yet.
    between: bool,
    /// Who reads while a request is answered, when there is no deadline to be woken by.
    reader: Option<Waker>,
}

impl Clock {
    fn new(patience: Patience) -> Self {
        let waiting = Waiting { deadline: Some(Instant::now() + patience.first_byte), between: true, reader: None };
        Self(Arc::new((patience, Mutex::new(waiting))))
    }

    fn change(&self, change: impl FnOnce(&Patience, &mut Waiting)) {
        let (patience, waiting) = &*self.0;
        change(patience, &mut waiting.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Until when; where there is no such time, the reader is woken as soon as there is one.
    fn deadline(&self, reader: &Waker) -> Option<Instant> {
        let mut waiting = self.0.1.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.deadline.is_none() {
            waiting.reader = Some(reader.clone());
        }
        waiting.deadline
    }

    /// A request is being answered.
    fn answering(&self) {
        self.change(|_, waiting| (waiting.deadline, waiting.between) = (None, false));
    }

    /// The head of an answer is there; its body and the next request follow.
    fn answered(&self) {
        self.change(|patience, waiting| {
            (waiting.deadline, waiting.between) = (Some(Instant::now() + patience.idle), true);
            // hyper does not read again what would block: without this nothing would watch the new deadline.
            if let Some(reader) = waiting.reader.take() {
                reader.wake();
            }
        });
    }

    /// Bytes came: the first of them begin the time for a head. An answer that goes out meanwhile keeps the time that it has.
    fn read(&self) {
        self.change(|patience, waiting| {
            if waiting.between {
                waiting.between = false;
                waiting.deadline = waiting.deadline.max(Some(Instant::now() + patience.head));
            }
        });
    }

    /// Bytes were taken by the client: it is alive.
    fn wrote(&self) {
        self.change(|patience, waiting| {
            if waiting.deadline.is_some() {
                waiting.deadline = Some(Instant::now() + patience.idle.max(patience.stalled));
            }
        });
    }
}

/// A connection that fails when its deadline passes.
struct Timed {
    stream: TcpStream,
    sleep: Pin<Box<Sleep>>,
    clock: Clock,
}

impl Timed {
    /// Ready when the deadline has passed; else the task is woken then.
    fn late(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(deadline) = self.clock.deadline(context.waker()) else { return Poll::Pending };
        if self.sleep.deadline() != deadline {
            self.sleep.as_mut().reset(deadline);
        }
        self.sleep.as_mut().poll(context)
    }
}

fn too_late<T>() -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client took too long")))
}

impl AsyncRead for Timed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            if buffer.filled().len() > before {
                self.clock.read();
            }
            return read;
        }
        match self.late(context) {
            Poll::Ready(()) => too_late(),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncWrite for Timed {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        if written.is_ready() {
            self.clock.wrote();
            return written;
        }
        match self.late(context) {
            Poll::Ready(()) => too_late(),
            Poll::Pending => Poll::Pending,
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        if written.is_ready() {
            self.clock.wrote();
            return written;
        }
        match self.late(context) {
            Poll::Ready(()) => too_late(),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
