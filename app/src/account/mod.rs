//! Who asks, and the page where people sign in and look after their account.
//!
//! The layer that knows sessions puts a [`Viewer`] into the request's extensions; without one nobody is signed in.
//! The forms are plain HTML posted to fixed addresses that `server` answers; they work without any script.

pub mod page;
pub mod sign_in_first;

use leptos::prelude::use_context;
use types::{Account, Author, OpenSession};

pub use crate::form::Notice;
pub use page::AccountPage;
pub use sign_in_first::SignInFirst;
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

    /// The person in the words of the browser's scripts, which keep texts apart by it.
    #[must_use]
    pub fn author(&self) -> Option<String> {
        self.0.as_ref().map(|person| person.author.to_string())
    }
}

/// The person who asks.
#[must_use]
pub fn viewer() -> Viewer {
    use_context::<Viewer>().unwrap_or_default()
}

/// So many authors stand in a list of who could take articles over; where there are more, one is named by the handle.
pub const MOST_HEIRS: u32 = 100;

/// An account as its owner sees it.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// The account.
    pub account: Account,
    /// Where it is signed in.
    pub sessions: Vec<OpenSession>,
    /// Who else could take the articles over; more than [`MOST_HEIRS`] where not everybody is in here.
    pub heirs: Vec<Author>,
}
