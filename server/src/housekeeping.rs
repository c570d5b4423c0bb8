//! What is looked after from time to time: the length of the audit log, and the site's name, which another node may have
//! changed. And the invitation to the first admin.

use crate::http::session;
use crate::passwords;
use crate::site::Site;
use anyhow::{Context, Result};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;
use types::{Role, Timestamp};

/// How often.
const EVERY: Duration = Duration::from_secs(60);
/// Rounds between two looks at the audit log.
const ROUNDS: u32 = 60;
/// Rounds between two looks for pictures that no text names: a day. The first comes some minutes after the start.
const PICTURE_ROUNDS: u32 = 24 * 60;
/// How long a picture that no text names stays: seven days.
const UNUSED: i64 = 7 * 24 * 60 * 60 * 1000;
/// How long a line of the audit log stays: 400 days.
const KEEP: i64 = 400 * 24 * 60 * 60 * 1000;
/// Lines of the audit log.
const LINES: u32 = 100_000;
/// How long the link for the first admin serves: a day.
const INVITED: i64 = 24 * 60 * 60 * 1000;

/// Looks after the site until it stops.
pub async fn follow(site: Site, mut stop: watch::Receiver<bool>) {
    let mut round = 0;
    loop {
        if let Err(error) = site.read_names().await {
            tracing::warn!("the site's name could not be read: {error}");
        }
        if round % ROUNDS == 0 {
            match site.store.prune_audit(Timestamp(now() - KEEP), LINES).await {
                Ok(0) => {}
                Ok(lines) => tracing::info!(lines, "{lines} old lines of the audit log were removed"),
                Err(error) => tracing::warn!("the audit log could not be cut: {error}"),
            }
        }
        if round % PICTURE_ROUNDS == 5 {
            match let_go_of_pictures(&site, Timestamp(now())).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "{count} pictures that no text had named for a week were removed"),
                Err(error) => tracing::warn!("unused pictures could not be looked for: {error:#}"),
            }
        }
        round += 1;
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Removes pictures that no text has named for [`UNUSED`]; returns how many.
///
/// # Errors
/// When the database cannot be read or written; what went before stays gone, nothing else happened.
pub async fn let_go_of_pictures(site: &Site, now: Timestamp) -> Result<u64> {
    let used = site.store.used_assets().await.context("looking for pictures in use")?;
    site.store.note_unused_assets(&used, now).await.context("noting unused pictures")?;
    site.store.remove_unused_assets(Timestamp(now.0 - UNUSED), now).await.context("removing unused pictures")
}

/// While there is no admin: the path under which whoever opens it first registers as one. It serves once and for a day;
/// the next start makes another one.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn invite_admin(site: &Site) -> Result<Option<String>> {
    if site.store.has_admin().await.context("looking for an admin")? {
        site.store.end_invitations(Role::Admin).await.context("ending old invitations")?;
        return Ok(None);
    }
    let token = passwords::token();
    let until = Timestamp(now() + INVITED);
    site.store.invite(&session::hashed(&token), Role::Admin, until).await.context("inviting the first admin")?;
    Ok(Some(format!("/account?invitation={token}")))
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
