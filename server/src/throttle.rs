//! Slows guessing down: failures by account, tries and registrations by block of addresses.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Failures of an account that cost nothing.
const FREE: u32 = 5;
/// The first wait; each further failure doubles it.
const FIRST_WAIT: Duration = Duration::from_secs(30);
/// The longest wait: a guesser cannot lock the owner out for longer.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// Failures are forgotten after this long without another.
const FORGET: Duration = Duration::from_secs(60 * 60);
/// Entries that are kept at most.
const MOST: usize = 50_000;
/// Tries of a block of addresses in a minute, and in an hour.
const TRIES: [(Duration, u32); 2] = [(Duration::from_secs(60), 20), (Duration::from_secs(3600), 100)];
/// Registrations of a block of addresses in an hour.
const REGISTRATIONS: [(Duration, u32); 1] = [(Duration::from_secs(3600), 5)];

/// What is counted; one for each site.
#[derive(Default)]
pub struct Throttle {
    accounts: Mutex<HashMap<String, (u32, Instant)>>,
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
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() >= MOST {
            accounts.retain(|_, (_, last)| now.duration_since(*last) < FORGET);
        }
        let entry = accounts.entry(username.to_owned()).or_insert((0, now));
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

    /// The password was right: the account's failures are forgotten.
    pub fn succeeded(&self, username: &str) {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).remove(username);
    }

    /// Counts a registration.
    ///
    /// # Errors
    /// How long to wait.
    pub fn register(&self, address: &str, now: Instant) -> Result<(), Duration> {
        self.windows(&format!("register {address}"), &REGISTRATIONS, now)
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

/// The block that an address belongs to: itself for IPv4, its /64 for IPv6, of which one person has a whole one.
#[must_use]
pub fn block(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The address as the audit log keeps it: cut to /24 or /48, so that it names no single person.
#[must_use]
pub fn shortened(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_failures_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let (throttle, mut now) = (Throttle::default(), Instant::now());
        for turn in 0..5 {
            assert_eq!(throttle.sign_in("a", &turn.to_string(), now), Ok(()));
        }
        for seconds in [30, 60, 120, 240, 480, 900, 900] {
            assert_eq!(throttle.sign_in("a", &seconds.to_string(), now), Err(Duration::from_secs(seconds)));
            now += Duration::from_secs(seconds);
            assert_eq!(throttle.sign_in("a", "fresh", now), Ok(()));
        }
        assert_eq!(throttle.sign_in("b", "other", now), Ok(()), "another account does not wait");
        throttle.succeeded("a");
        assert_eq!(throttle.sign_in("a", "x", now), Ok(()));
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
    fn addresses_of_one_person_are_one_block() {
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(block(address("2001:db8:1:2::1")), block(address("2001:db8:1:2:ffff::9")));
        assert_eq!(block(address("::ffff:192.0.2.7")), "192.0.2.7");
        assert_eq!(shortened(address("192.0.2.7")), "192.0.2.0/24");
        assert_eq!(shortened(address("2001:db8:1:2::1")), "2001:db8:1::/48");
    }
}
