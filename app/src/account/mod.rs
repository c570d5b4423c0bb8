//! Who asks, and the pages where people sign in, look after their account, and run the site.
//!
//! The layer that knows sessions puts a [`Viewer`] into the request's extensions; without one nobody is signed in.
//! The forms are plain HTML posted to fixed addresses that `server` answers; they work without any script.

pub mod admin;
pub mod form;
pub mod page;

use leptos::prelude::use_context;
use types::{Account, AuditEntry, OpenSession, Registration};

pub use admin::AdminPage;
pub use page::AccountPage;
pub use types::Role;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    /// In addresses, and under saved versions.
    pub handle: String,
    /// The author whose articles are this person's own.
    pub author: i64,
    /// What this person may do.
    pub role: Role,
}

/// The person who asks; nobody when nobody is signed in.
#[derive(Clone, Debug, Default)]
pub struct Viewer(pub Option<Person>);

impl Viewer {
    /// What the person may do, if there is one.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.0.as_ref().map(|person| person.role)
    }
}

/// The person who asks.
#[must_use]
pub fn viewer() -> Viewer {
    use_context::<Viewer>().unwrap_or_default()
}

/// What a post was answered with: one sentence above the form, and what was typed. Never a password.
#[derive(Clone, Debug, Default)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// It was done.
    pub good: bool,
    /// The status of the answer.
    pub status: u16,
    /// The name that was typed.
    pub username: String,
    /// Where the person wanted to go.
    pub next: String,
}

/// An account as its owner sees it.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// The account.
    pub account: Account,
    /// Where it is signed in.
    pub sessions: Vec<OpenSession>,
}

/// What the page for admins shows.
#[derive(Clone, Debug)]
pub struct Administration {
    /// Everybody.
    pub accounts: Vec<Account>,
    /// Who may register.
    pub registration: Registration,
    /// What was done last.
    pub audit: Vec<AuditEntry>,
}
