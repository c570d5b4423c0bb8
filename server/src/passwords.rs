//! Hashing passwords: Argon2id, off the async threads, only so many at once.

use argon2::Argon2;
use argon2::password_hash::rand_core::{OsRng, RngCore};
use argon2::password_hash::{self, PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Requests that may wait for their turn; each hash takes 19 MB and some 30 ms.
const QUEUE: usize = 50;

static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(2 * std::thread::available_parallelism().map_or(1, std::num::NonZero::get)));
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// The hash of a password that nobody knows: names that there are not cost the same work as others.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now(&token()).unwrap_or_default());

/// Why a password was not hashed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many are waiting.
    #[error("too many passwords are being checked")]
    Busy,
    /// The hasher failed.
    #[error("hashing a password failed: {0}")]
    Hash(password_hash::Error),
    /// The thread that hashed was lost.
    #[error("hashing a password was cut off")]
    Lost(#[source] tokio::task::JoinError),
}

/// A secret of 256 bits, in hexadecimal digits.
#[must_use]
pub fn token() -> String {
    let mut bytes = [0_u8; 32];
    OsRng.fill_bytes(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text is so many hexadecimal digits, as secrets and the names of pictures are.
#[must_use]
pub fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A password in the one form of Unicode (NFC) in which it is hashed: keyboards send `é` in two ways.
#[must_use]
pub fn normalized(password: &str) -> String {
    password.nfc().collect()
}

/// The hash to store for a password.
///
/// # Errors
/// Too many at once, or a fault.
pub async fn hash(password: String) -> Result<String, PasswordError> {
    in_turn(move || hash_now(&normalized(&password))).await?.map_err(PasswordError::Hash)
}

/// Whether a password is the one that was hashed. Without a hash the answer is no, after the same work.
///
/// # Errors
/// Too many at once, or a fault.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, PasswordError> {
    in_turn(move || {
        // A closed account has an empty hash: nothing fits it, and that takes as long as anything else.
        let stored = hash.filter(|hash| !hash.is_empty());
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let fits = PasswordHash::new(&stored)
            .is_ok_and(|parsed| Argon2::default().verify_password(normalized(&password).as_bytes(), &parsed).is_ok());
        fits && known
    })
    .await
}

fn hash_now(password: &str) -> Result<String, password_hash::Error> {
    let salt = SaltString::generate(&mut OsRng);
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt)?.to_string())
}

/// One place in the queue, given back however the wait ends.
struct Place;

impl Drop for Place {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
    let waiting = WAITING.fetch_add(1, Ordering::Relaxed);
    let place = Place;
    if waiting >= QUEUE {
        return Err(PasswordError::Busy);
    }
    let turn = TURNS.acquire().await.map_err(|_| PasswordError::Busy)?;
    // The turn goes with the work: a visitor who leaves does not free the core that is still hashing.
    let done = tokio::task::spawn_blocking(move || {
        let result = work();
        drop(turn);
        result
    });
    let result = done.await.map_err(PasswordError::Lost);
    drop(place);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_and_no_other() {
        let stored = hash("correct horse".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("correct horse".into(), Some(stored.clone())).await.unwrap());
        assert!(!verify("correct hors".into(), Some(stored)).await.unwrap());
        assert!(!verify("correct horse".into(), None).await.unwrap());
        assert!(!verify(String::new(), Some(String::new())).await.unwrap());
    }

    #[tokio::test]
    async fn one_password_fits_however_a_keyboard_writes_its_accents() {
        let stored = hash("caf\u{e9} creme".into()).await.unwrap();
        assert!(verify("cafe\u{301} creme".into(), Some(stored)).await.unwrap());
    }

    #[test]
    fn secrets_differ() {
        assert_eq!(token().len(), 64);
        assert_ne!(token(), token());
    }
}
