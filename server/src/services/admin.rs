//! What admins see of the site. Each operation checks for itself who asks.

use super::accounts::{HEIRS_READ, REGISTRATION_ROLE, SITE_CONTACT, SITE_DESCRIPTION, SITE_NAME};
use super::failure::internal;
use crate::site::Site;
use app::account::Viewer;
use app::admin::{ListQuery, Overview, People, Place};
use app::error::AppError;
use app::services::{Accounts, Admin};
use app::site::SiteNames;
use async_trait::async_trait;
use types::{
    AuditEntry, CategoryNode, LearningCard, Numbered, Object, Page, PageNumber, Quotation, RedirectEntry, Role,
    SiteSettings, TagEntry, can,
};

/// Entries of a list.
const PER_PAGE: u32 = 30;
/// Lines of the log on the first page.
const LATEST: u32 = 12;

/// The database, as admins see it.
pub struct StoredAdmin(pub Site);

/// Refuses everybody who may not see a page.
fn check(viewer: &Viewer, place: Place) -> Result<(), AppError> {
    let role = viewer.role().ok_or(AppError::SignedOut)?;
    if can(Some(role), place.needs(), Object::Foreign) { Ok(()) } else { Err(AppError::Forbidden) }
}

#[async_trait]
impl Admin for StoredAdmin {
    async fn overview(&self, viewer: &Viewer) -> Result<Overview, AppError> {
        check(viewer, Place::Overview)?;
        let totals = self.0.store.totals().await.map_err(|error| internal("counting", &error))?;
        let latest = self.0.store.audit("", PageNumber::FIRST, LATEST).await;
        Ok(Overview { totals, latest: latest.map_err(|error| internal("reading the audit log", &error))?.items })
    }

    async fn people(&self, viewer: &Viewer, query: &ListQuery) -> Result<People, AppError> {
        check(viewer, Place::People)?;
        let failed = |error| internal("reading accounts", &error);
        let page = self.0.store.account_list(&query.text, query.page, PER_PAGE).await.map_err(failed)?;
        let heirs = self.0.store.heirs(HEIRS_READ).await.map_err(failed)?;
        Ok(People { page, heirs })
    }

    async fn categories(&self, viewer: &Viewer) -> Result<Vec<CategoryNode>, AppError> {
        check(viewer, Place::Categories)?;
        self.0.store.category_tree().await.map_err(|error| internal("reading the categories", &error))
    }

    async fn tags(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<TagEntry>, AppError> {
        check(viewer, Place::Tags)?;
        let found = self.0.store.tag_list(&query.text, query.page, PER_PAGE).await;
        found.map_err(|error| internal("reading the tags", &error))
    }

    async fn cards(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<Numbered<LearningCard>>, AppError> {
        check(viewer, Place::Cards)?;
        let found = self.0.store.learning_cards(&query.text, query.page, PER_PAGE).await;
        found.map_err(|error| internal("reading the commands", &error))
    }

    async fn quotations(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<Numbered<Quotation>>, AppError> {
        check(viewer, Place::Quotations)?;
        let found = self.0.store.quotations(&query.text, query.page, PER_PAGE).await;
        found.map_err(|error| internal("reading the quotations", &error))
    }

    async fn redirects(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<RedirectEntry>, AppError> {
        check(viewer, Place::Redirects)?;
        let found = self.0.store.redirects(&query.text, query.page, PER_PAGE).await;
        found.map_err(|error| internal("reading redirects", &error))
    }

    async fn settings(&self, viewer: &Viewer) -> Result<SiteSettings, AppError> {
        check(viewer, Place::Settings)?;
        let SiteNames { name, description } = (**self.0.names.load()).clone();
        let contact = (**self.0.contact.load()).clone();
        let registration = super::accounts::StoredAccounts(self.0.clone()).registration().await?;
        let registration_role = self.0.registration_role().await?;
        Ok(SiteSettings { name, description, contact, registration, registration_role })
    }

    async fn audit(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page<AuditEntry>, AppError> {
        check(viewer, Place::Audit)?;
        let found = self.0.store.audit(&query.text, query.page, PER_PAGE).await;
        found.map_err(|error| internal("reading the audit log", &error))
    }
}

impl Site {
    /// What those who register may do: nothing beyond an author's part, whatever the setting says.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn registration_role(&self) -> Result<Role, AppError> {
        let value = self.store.setting(REGISTRATION_ROLE).await;
        let value = value.map_err(|error| internal("reading a setting", &error))?;
        Ok(value.and_then(|value| value.parse().ok()).unwrap_or(Role::Author).min(Role::Author))
    }

    /// Reads the site's name, description and contact; another node may have changed them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read_names(&self) -> Result<(), store::StoreError> {
        let mut names = SiteNames::default();
        if let Some(name) = self.store.setting(SITE_NAME).await? {
            names.name = name;
        }
        if let Some(description) = self.store.setting(SITE_DESCRIPTION).await? {
            names.description = description;
        }
        let contact = self.store.setting(SITE_CONTACT).await?.unwrap_or_default();
        if **self.names.load() != names || **self.contact.load() != contact {
            self.names.store(names.into());
            self.contact.store(contact.into());
            self.pages.forget();
        }
        Ok(())
    }
}
