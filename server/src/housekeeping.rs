//! What is looked after from time to time: the length of the audit log, pictures and files that nothing needs any more, the
//! contacts of cases closed long ago, whether the database is sound, and the site's name, which another node may have
//! changed. And the invitation to the first admin.

use crate::http::session;
use crate::passwords;
use crate::site::Site;
use anyhow::{Context, Result};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;
use types::{CONTACT_DAYS, Role, Timestamp};

/// How often.
const EVERY: Duration = Duration::from_secs(60);
/// Rounds between two looks at the audit log.
const ROUNDS: u32 = 60;
/// Rounds between two looks for pictures and files that nothing needs, and through the database: a day. The first comes some
/// minutes after the start.
const DAILY_ROUNDS: u32 = 24 * 60;
/// How long a picture that no text names, or a file that no article offers, stays: seven days.
const UNUSED: i64 = 7 * 24 * 60 * 60 * 1000;
/// How long the contact of a closed case stays.
const CONTACT: i64 = CONTACT_DAYS * 24 * 60 * 60 * 1000;
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
            tracing::warn!("the site's name could not be read: {}", error.causes());
        }
        site.pages.drop_old();
        site.kept.drop_old();
        if round % ROUNDS == 0 {
            tell(site.store.prune_audit(Timestamp(now() - KEEP), LINES).await, "old lines of the audit log");
        }
        if round % DAILY_ROUNDS == 5 {
            tell(let_go_of_pictures(&site, Timestamp(now())).await, "pictures that no text had named for a week");
            let files = site.store.remove_unused_files(Timestamp(now() - UNUSED)).await;
            tell(files, "files that no article had offered for a week");
            let contacts = site.store.forget_contacts(Timestamp(now() - CONTACT)).await;
            tell(contacts, "contacts of cases that were closed long ago");
            // It takes as long as reading the whole file: who stops the site does not wait for it.
            tokio::select! {
                looked = look_through_database(&site) => {
                    if let Err(error) = looked {
                        tracing::warn!("the database could not be looked through: {error:#}");
                    }
                }
                _ = stop.changed() => return,
            }
        }
        round += 1;
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Tells the log how many of something were removed, or why none could be.
fn tell(removed: Result<u64, impl Into<anyhow::Error>>, what: &str) {
    match removed {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "{count} {what} were removed"),
        Err(error) => tracing::warn!("{what} could not be removed: {:#}", error.into()),
    }
}

/// Looks through the database for damage that nobody may meet for months; the log and `/metrics` tell of it.
///
/// # Errors
/// When the database cannot be read for another reason than being damaged.
pub async fn look_through_database(site: &Site) -> Result<()> {
    let Some(faults) = site.store.faults().await.context("looking through the database")? else { return Ok(()) };
    site.metrics.database_looked_through(faults.len());
    if !faults.is_empty() {
        let faults = faults.join("; ");
        tracing::error!("the database is damaged ({faults}); run `liuguang doctor`, and restore a backup");
    }
    Ok(())
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

/// While there is no admin: the path under which whoever opens it first registers as one. It serves once and for a day,
/// beside those that other starts made: the first that is used ends them all.
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
