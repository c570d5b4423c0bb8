//! `liuguang serve`: starts the site with its jobs, and ends both.

use crate::config::Settings;
use crate::http::listen::{self, Patience};
use crate::http::{AppState, metrics, router};
use crate::serving::Serving;
use crate::site::Site;
use crate::{housekeeping, indexer, publishing, seed, suggestions, variants, views};
use anyhow::{Context, Result};
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long jobs may go on after the site was told to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until the program is told to stop.
///
/// # Errors
/// What stops the start, as one sentence.
pub async fn run(settings: Settings) -> Result<()> {
    let started = Instant::now();
    settings.make_data_folder()?;
    let _serving = Serving::begin(&settings.data)?;
    let site = Site::open(&settings).await?;
    let state = AppState::new(site.clone(), &settings)?;
    let listener = tokio::net::TcpListener::bind(settings.addr)
        .await
        .with_context(|| format!("LIUGUANG_ADDR: the address {} cannot be served on", settings.addr))?;
    let empty = site.store.is_empty().await.context("looking into the database")?;
    seed::categories(&site).await?;
    if empty {
        seed::demo(&site).await?;
    }
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let jobs = [
        tokio::spawn(indexer::follow(site.clone(), stopped.clone())),
        tokio::spawn(views::write(site.clone(), stopped.clone())),
        tokio::spawn(publishing::follow_schedule(site.clone(), stopped.clone())),
        tokio::spawn(suggestions::follow(site.clone(), stopped.clone())),
        tokio::spawn(housekeeping::follow(site.clone(), stopped.clone())),
        tokio::spawn(variants::follow(site.clone(), stopped.clone())),
    ];
    say(&format!("流光 Liuguang: http://{} (started in {} ms)", listener.local_addr()?, started.elapsed().as_millis()));
    if let Some(path) = housekeeping::invite_admin(&site).await? {
        let base = settings.site_url.clone().unwrap_or(format!("http://{}", listener.local_addr()?));
        say("There is no admin yet. Whoever opens this link first, within 24 hours, registers as one:");
        say(&format!("{}{path}", base.trim_end_matches('/')));
        say("Or make one here: `liuguang user add NAME --role admin --password-stdin`.");
    }
    let at_once = from_memory(site.clone());
    let server = tokio::spawn(listen::serve(listener, router(state), at_once, Patience::default(), stopped.clone()));
    told_to_stop().await;
    tracing::info!("stopping");
    let _ = stop.send(true);
    if let Err(error) = server.await {
        tracing::error!("taking connections failed: {error}");
    }
    for job in jobs {
        let _ = tokio::time::timeout(DRAIN, job).await;
    }
    Ok(())
}

/// Tells the terminal. A site serves on when nobody listens any more, as at the end of a pipe to `head`.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The short way for pages in memory: a look into it, the headers, a count of the reader; no layer and no timer.
fn from_memory(site: Site) -> listen::AtOnce {
    Arc::new(move |request, client| {
        let started = Instant::now();
        let response = site.pages.at_once(request.method(), request.uri(), request.headers())?;
        views::note_page(&site, request.uri(), client, request.headers());
        site.metrics.answered(metrics::class_of(request.uri().path()), response.status(), started.elapsed());
        Some(response)
    })
}

/// Waits for Ctrl-C or the signal by which service managers stop programs.
async fn told_to_stop() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(error) => {
            tracing::warn!("the signal to terminate cannot be heard: {error}");
            let _ = tokio::signal::ctrl_c().await;
            return;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
