//! Numbers for new rows, made by the application so that both databases agree.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// 2025-01-01T00:00:00Z in milliseconds.
const EPOCH: i64 = 1_735_689_600_000;
/// Numbers that one millisecond has room for; with 2¹⁰ of them ids stay below 2⁵³ for 278 years.
const PER_MILLISECOND: i64 = 1 << 10;

static LAST: AtomicI64 = AtomicI64::new(0);

/// A number greater than every one this process made before, below 2⁵³; it begins with the time,
/// and within a millisecond at a place that the process number chooses, so that two processes hardly ever meet.
pub(crate) fn next() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
    let place = i64::from(std::process::id()).wrapping_mul(37) % PER_MILLISECOND;
    let fresh = (now - EPOCH).max(1) * PER_MILLISECOND + place;
    let before = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(fresh.max(last + 1)));
    before.map_or(fresh, |last| fresh.max(last + 1))
}

/// The time now, in UTC milliseconds.
pub(crate) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
