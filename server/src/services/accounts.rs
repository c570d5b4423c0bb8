//! Accounts, as their pages show them. Each operation checks for itself who asks.

use super::failure::internal;
use crate::http::session;
use crate::site::Site;
use app::account::{MOST_HEIRS, OwnAccount, Viewer};
use app::error::AppError;
use app::services::Accounts;
use async_trait::async_trait;
use types::{Registration, Role};

/// The setting that says who may register.
pub const REGISTRATION: &str = "registration";
/// The setting that says what those who register may do.
pub const REGISTRATION_ROLE: &str = "registration.role";
/// The setting that names the site.
pub const SITE_NAME: &str = "site.name";
/// The setting that says what the site is.
pub const SITE_DESCRIPTION: &str = "site.description";
/// The setting that says how those who run the site are reached.
pub const SITE_CONTACT: &str = "site.contact";
/// Authors that are read for a list of heirs: the account that ends is none, and one more tells that a list will not do.
pub(super) const HEIRS_READ: u32 = MOST_HEIRS + 2;

/// Accounts in the database.
pub struct StoredAccounts(pub Site);

#[async_trait]
impl Accounts for StoredAccounts {
    async fn own(&self, viewer: &Viewer) -> Result<Option<OwnAccount>, AppError> {
        let Some(person) = &viewer.0 else { return Ok(None) };
        let found = self
            .0
            .store
            .account_of_author(person.author)
            .await
            .map_err(|error| internal("reading an account", &error))?;
        let Some((account, _)) = found else { return Ok(None) };
        let sessions = self.0.store.sessions(account.id).await.map_err(|error| internal("reading sessions", &error))?;
        // Whoever is signed in sees these names under articles anyway.
        let heirs = self.0.store.heirs(HEIRS_READ).await;
        let mut heirs = heirs.map_err(|error| internal("reading accounts", &error))?;
        heirs.retain(|heir| heir.handle.as_str() != account.handle);
        Ok(Some(OwnAccount { account, sessions, heirs }))
    }

    async fn registration(&self) -> Result<Registration, AppError> {
        let value = self.0.store.setting(REGISTRATION).await.map_err(|error| internal("reading a setting", &error))?;
        Ok(value.and_then(|value| value.parse().ok()).unwrap_or_default())
    }

    async fn invitation(&self, token: &str) -> Result<Option<Role>, AppError> {
        let found = self.0.store.invitation(&session::hashed(token)).await;
        found.map_err(|error| internal("reading an invitation", &error))
    }
}
