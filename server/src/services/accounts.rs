//! Accounts, as their pages show them. Each operation checks for itself who asks.

use super::failure::internal;
use crate::site::Site;
use app::account::{Administration, OwnAccount, Viewer};
use app::error::AppError;
use app::services::Accounts;
use async_trait::async_trait;
use types::{Action, Object, Registration, can};

/// The setting that says who may register.
pub const REGISTRATION: &str = "registration";
/// Lines of the audit log that the page shows.
const AUDIT_LINES: u32 = 200;

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
        Ok(Some(OwnAccount { account, sessions }))
    }

    async fn registration(&self) -> Result<Registration, AppError> {
        let value = self.0.store.setting(REGISTRATION).await.map_err(|error| internal("reading a setting", &error))?;
        Ok(value.and_then(|value| value.parse().ok()).unwrap_or_default())
    }

    async fn administration(&self, viewer: &Viewer) -> Result<Administration, AppError> {
        let role = viewer.role().ok_or(AppError::SignedOut)?;
        if !can(Some(role), Action::ManageAccounts, Object::Foreign)
            || !can(Some(role), Action::ReadAudit, Object::Foreign)
        {
            return Err(AppError::Forbidden);
        }
        Ok(Administration {
            accounts: self.0.store.accounts().await.map_err(|error| internal("reading accounts", &error))?,
            registration: self.registration().await?,
            audit: self.0.store.audit(AUDIT_LINES).await.map_err(|error| internal("reading the audit log", &error))?,
        })
    }
}
