//! Who asks.
//!
//! The layer that knows sessions puts a [`Viewer`] into the request's extensions; without one nobody is signed in.

use leptos::prelude::use_context;

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads.
    Reader,
    /// Writes own texts.
    Author,
    /// Publishes, and changes everybody's texts.
    Editor,
    /// Runs the site.
    Admin,
}

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

/// The person who asks.
#[must_use]
pub fn viewer() -> Viewer {
    use_context::<Viewer>().unwrap_or_default()
}
