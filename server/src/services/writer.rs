//! Who writes: what the editor needs to know of the person that asks.

use crate::address::shortened;
use crate::http::session::{self, SignedIn};
use app::account::Viewer;
use app::error::AppError;
use app::words::editor::SENT_BACK;
use axum::http::request::Parts;
use store::{Event, SentBack};
use types::{Action, Object, WorkingText, can};

/// A person who may write.
#[derive(Clone, Debug)]
pub struct Writer {
    /// In addresses, and under saved versions.
    pub handle: String,
    /// The author whose articles are this person's own.
    pub author: i64,
    /// May publish, own texts or everybody's.
    pub may_publish: bool,
    /// May open and change everybody's texts.
    pub may_edit_all: bool,
    /// The name under which the audit log knows this person.
    pub username: String,
    /// The block of addresses the person comes from.
    pub address: String,
}

impl Writer {
    /// The person, if somebody is signed in who may write.
    ///
    /// # Errors
    /// Nobody is signed in, or somebody who only reads.
    pub fn of(viewer: &Viewer) -> Result<Self, AppError> {
        let person = viewer.0.as_ref().ok_or(AppError::SignedOut)?;
        let may = |action, object| can(viewer.role(), action, object);
        if !may(Action::Write, Object::Own) {
            return Err(AppError::Forbidden);
        }
        Ok(Self {
            handle: person.handle.clone(),
            author: person.author,
            may_publish: may(Action::Publish, Object::Own),
            may_edit_all: may(Action::Edit, Object::Foreign),
            username: person.handle.clone(),
            address: String::new(),
        })
    }

    /// With what only the request tells: under which name somebody is signed in, and from where.
    #[must_use]
    pub fn from_request(mut self, parts: &Parts) -> Self {
        if let Some(SignedIn(account)) = parts.extensions.get() {
            self.username.clone_from(&account.username);
        }
        self.address = shortened(session::address(&parts.extensions));
        self
    }

    /// What the audit log says of something that this person does.
    #[must_use]
    pub fn event<'e>(&'e self, action: &'e str, object: &'e str) -> Event<'e> {
        Event { actor: &self.username, action, object, address: &self.address }
    }

    /// What is said when a scheduled article waits for review again because this person changes it; none when this person
    /// may publish.
    #[must_use]
    pub fn review<'e>(&'e self, title: &'e str) -> Option<SentBack<'e>> {
        let event = self.event("article changed after scheduling", title);
        (!self.may_publish).then_some(SentBack { notice: SENT_BACK, event })
    }

    /// Whether an article is somebody else's.
    #[must_use]
    pub fn is_foreign(&self, work: &WorkingText) -> bool {
        work.author != self.handle
    }

    /// Whether this person may open and change an article.
    #[must_use]
    pub fn may_edit(&self, author: i64) -> bool {
        self.may_edit_all || self.author == author
    }
}
