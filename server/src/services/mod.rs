//! What `app` asks for, answered from the database and the index; one file for each trait.

pub mod accounts;
pub mod admin;
mod articles;
pub mod attachments;
mod changes;
mod directory;
pub mod editor;
mod failure;
pub mod feedback;
pub mod moves;
mod search;
mod site;
pub mod writer;

pub use failure::internal;

use crate::site::Site;
use app::services::Services;
use std::sync::Arc;

/// The services of a running site.
#[must_use]
pub fn services(site: &Site) -> Services {
    Services {
        articles: Arc::new(articles::StoredArticles(site.clone())),
        directory: Arc::new(directory::StoredDirectory(site.clone())),
        site: Arc::new(site::SiteFrame(site.clone())),
        admin: Arc::new(admin::StoredAdmin(site.clone())),
        accounts: Arc::new(accounts::StoredAccounts(site.clone())),
        editor: Arc::new(editor::StoredEditor(site.clone())),
        feedback: Arc::new(feedback::StoredFeedback(site.clone())),
        search: Arc::new(search::IndexSearch::new(site.clone())),
    }
}
