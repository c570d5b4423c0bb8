//! Slows guessing down: failures by account and block of addresses, tries and registrations by block of addresses; and bounds
//! what strangers may tell about articles.
//!
//! Failures of strangers do not lock an account: they are counted apart from the owner's, and the looser limit over all
//! blocks does not hold where somebody has signed in to the account before.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Failures of an account from one block of addresses that cost nothing.
const FREE: u32 = 5;
/// The first wait; each further failure doubles it.
const FIRST_WAIT: Duration = Duration::from_secs(30);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// Failures are forgotten after this long without another.
const FORGET: Duration = Duration::from_secs(60 * 60);
/// Entries that are kept at most.
const MOST: usize = 50_000;
/// Tries of a block of addresses in a minute, and in an hour.
const TRIES: [(Duration, u32); 2] = [(Duration::from_secs(60), 20), (Duration::from_secs(3600), 100)];
/// Tries at one account in an hour, from all blocks of addresses where nobody has signed in to it.
const TRIES_AT_ACCOUNT: [(Duration, u32); 1] = [(Duration::from_secs(3600), 50)];
/// Where the owner, who is signed in, gives the password once more: no stranger is counted there.
const SIGNED_IN: &str = "signed in";
/// Registrations of a block of addresses in an hour.
const REGISTRATIONS: [(Duration, u32); 1] = [(Duration::from_secs(3600), 5)];

/// What a block of addresses may tell about articles in ten minutes, and in a day.
const FEEDBACK: [(Duration, u32); 2] = [(Duration::from_secs(600), 10), (Duration::from_secs(24 * 3600), 50)];
/// What everybody together may tell in an hour, so that no flood fills the database and the audit log.
const FEEDBACK_OF_ALL: [(Duration, u32); 1] = [(Duration::from_secs(3600), 200)];

/// What is counted; one for each site.
#[derive(Default)]
pub struct Throttle {
    failures: Mutex<HashMap<(String, String), (u32, Instant)>>,
    familiar: Mutex<HashSet<(String, String)>>,
    windows: Mutex<HashMap<(String, u64), (u32, Instant)>>,
}

impl Throttle {
    /// Counts a try at signing in. Counting comes before the check of the password, in one step, so that tries
    /// sent at once are not all let through; [`Throttle::succeeded`] takes it back.
    ///
    /// # Errors
    /// How long to wait.
    pub fn sign_in(&self, username: &str, address: &str, now: Instant) -> Result<(), Duration> {
        self.windows(address, &TRIES, now)?;
        self.failures(username, address, now)?;
        let place = (username.to_owned(), address.to_owned());
        if self.familiar.lock().unwrap_or_else(PoisonError::into_inner).contains(&place) {
            return Ok(());
        }
        self.windows(&format!("account {username}"), &TRIES_AT_ACCOUNT, now)
    }

    /// The password was right: failures from there are forgotten, the try was none, and the owner is known there. A whole
    /// office may sign in within a minute.
    pub fn succeeded(&self, username: &str, address: &str) {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        for (length, _) in TRIES {
            if let Some((tries, _)) = windows.get_mut(&(address.to_owned(), length.as_secs())) {
                *tries = tries.saturating_sub(1);
            }
        }
        drop(windows);
        let place = (username.to_owned(), address.to_owned());
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(&place);
        let mut familiar = self.familiar.lock().unwrap_or_else(PoisonError::into_inner);
        if familiar.len() >= MOST {
            familiar.clear();
        }
        familiar.insert(place);
    }

    /// Counts a try of somebody who is signed in at giving the password once more, as [`Throttle::sign_in`] does.
    ///
    /// # Errors
    /// How long to wait.
    pub fn confirm(&self, username: &str, now: Instant) -> Result<(), Duration> {
        self.failures(username, SIGNED_IN, now)
    }

    /// The password was right the second time as well.
    pub fn confirmed(&self, username: &str) {
        let place = (username.to_owned(), SIGNED_IN.to_owned());
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(&place);
    }

    fn failures(&self, username: &str, place: &str, now: Instant) -> Result<(), Duration> {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= MOST {
            failures.retain(|_, (_, last)| now.duration_since(*last) < FORGET);
        }
        let entry = failures.entry((username.to_owned(), place.to_owned())).or_insert((0, now));
        if now.duration_since(entry.1) >= FORGET {
            *entry = (0, now);
        }
        if entry.0 >= FREE {
            let wait = FIRST_WAIT.saturating_mul(1 << (entry.0 - FREE).min(10)).min(LONGEST_WAIT);
            let over = now.duration_since(entry.1);
            if over < wait {
                return Err(wait - over);
            }
        }
        *entry = (entry.0 + 1, now);
        Ok(())
    }

    /// Counts a registration.
    ///
    /// # Errors
    /// How long to wait.
    pub fn register(&self, address: &str, now: Instant) -> Result<(), Duration> {
        self.windows(&format!("register {address}"), &REGISTRATIONS, now)
    }

    /// Counts what somebody tells about an article.
    ///
    /// # Errors
    /// How long to wait.
    pub fn feedback(&self, address: &str, now: Instant) -> Result<(), Duration> {
        self.windows(&format!("feedback {address}"), &FEEDBACK, now)?;
        self.windows("feedback", &FEEDBACK_OF_ALL, now)
    }

    fn windows(&self, key: &str, limits: &[(Duration, u32)], now: Instant) -> Result<(), Duration> {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= MOST {
            windows.retain(|(_, seconds), (_, since)| now.duration_since(*since) < Duration::from_secs(*seconds));
        }
        for (length, most) in limits {
            let entry = windows.entry((key.to_owned(), length.as_secs())).or_insert((0, now));
            let over = now.duration_since(entry.1);
            if over >= *length {
                *entry = (0, now);
            } else if entry.0 >= *most {
                return Err(*length - over);
            }
            entry.0 += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_failures_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let (throttle, mut now) = (Throttle::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(throttle.sign_in("a", "there", now), Ok(()));
        }
        for seconds in [30, 60, 120, 240, 480, 900, 900] {
            assert_eq!(throttle.sign_in("a", "there", now), Err(Duration::from_secs(seconds)));
            now += Duration::from_secs(seconds);
            assert_eq!(throttle.sign_in("a", "there", now), Ok(()));
        }
        assert_eq!(throttle.sign_in("b", "there", now), Ok(()), "another account does not wait");
        throttle.succeeded("a", "there");
        assert_eq!(throttle.sign_in("a", "there", now), Ok(()));
    }

    #[test]
    fn strangers_do_not_lock_the_owner_out() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        throttle.succeeded("a", "home");
        let guesses = (0..90).filter(|at| throttle.sign_in("a", &format!("stranger {}", at / 5), now).is_ok()).count();
        assert_eq!(guesses, 50, "so many guesses an hour, from however many addresses");
        assert!(throttle.sign_in("a", "unknown", now).is_err());
        assert_eq!(throttle.sign_in("a", "home", now), Ok(()));
        assert_eq!(throttle.confirm("a", now), Ok(()));
        assert_eq!((0..9).filter(|_| throttle.confirm("a", now).is_ok()).count(), 4, "an open browser is no way round");
        throttle.confirmed("a");
        assert_eq!(throttle.confirm("a", now), Ok(()));
    }

    #[test]
    fn a_whole_office_signs_in_within_a_minute() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        for person in 0..150 {
            let name = format!("person {person}");
            assert_eq!(throttle.sign_in(&name, "office", now), Ok(()), "{name}");
            throttle.succeeded(&name, "office");
        }
    }

    #[test]
    fn one_address_tries_twenty_accounts_a_minute_and_a_hundred_an_hour() {
        let (throttle, start) = (Throttle::default(), Instant::now());
        let tries =
            |at| (0..200).filter(|name| throttle.sign_in(&format!("{name} {at:?}"), "block", at).is_ok()).count();
        assert_eq!(tries(start), 20);
        let hour: usize = (1..30).map(|minute| tries(start + Duration::from_secs(60 * minute))).sum();
        assert_eq!(20 + hour, 100);
    }

    #[test]
    fn five_registrations_an_hour() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        assert_eq!((0..9).filter(|_| throttle.register("block", now).is_ok()).count(), 5);
    }

    #[test]
    fn feedback_has_a_bound_for_each_address_and_for_all() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        let tell = |block: &str, at| (0..60).filter(|_| throttle.feedback(block, at).is_ok()).count();
        assert_eq!(tell("one", now), 10);
        assert_eq!(throttle.feedback("one", now), Err(Duration::from_secs(600)));
        let day: usize = (1..9).map(|round| tell("one", now + Duration::from_secs(7200 * round))).sum();
        assert_eq!(10 + day, 50);
        let later = now + Duration::from_secs(30 * 3600);
        assert_eq!((0..40).map(|block| tell(&format!("block {block}"), later)).sum::<usize>(), 200);
    }
}
