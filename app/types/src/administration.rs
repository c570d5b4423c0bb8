//! What those who run the site see of it: the tree with everything in it, tags with their other names, old addresses.

use crate::account::{Registration, Role};
use crate::slug::Slug;
use crate::tag::TagKey;
use crate::time::Timestamp;

/// A group or a leaf with all that belongs to it, hidden or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryNode {
    /// Its number.
    pub id: i64,
    /// In addresses.
    pub slug: Slug,
    /// As people read it.
    pub name: String,
    /// It shows in no menu and no list.
    pub hidden: bool,
    /// Published articles that stand in it, not counting its leaves.
    pub published: u32,
    /// Articles of every state that stand in it, not counting its leaves.
    pub every: u32,
    /// What stands below a group, in order.
    pub leaves: Vec<CategoryNode>,
}

/// A tag with its other names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagEntry {
    /// In addresses.
    pub key: TagKey,
    /// As people read it.
    pub name: String,
    /// Published articles that carry it.
    pub published: u32,
    /// Articles of every state that carry it.
    pub every: u32,
    /// Keys that lead to it.
    pub aliases: Vec<TagKey>,
}

/// An old address and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectEntry {
    /// What was.
    pub old: String,
    /// What is.
    pub new: String,
    /// Since when.
    pub created_at: Timestamp,
}

/// Something of a list that is known by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered<T> {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub item: T,
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Articles that readers see.
    pub published: u32,
    /// Articles that wait for an editor.
    pub review: u32,
    /// Articles that wait for their time.
    pub scheduled: u32,
    /// Articles that their authors work on.
    pub draft: u32,
    /// Accounts that may be used.
    pub people: u32,
    /// Accounts that wait for an admin.
    pub waiting: u32,
    /// Groups and leaves.
    pub categories: u32,
    /// Tags.
    pub tags: u32,
    /// Commands to learn.
    pub cards: u32,
    /// Lines to remember.
    pub quotations: u32,
    /// Old addresses.
    pub redirects: u32,
    /// What readers told and nobody has dealt with yet.
    pub feedback: u32,
}

/// What admins decide about the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteSettings {
    /// The site's name.
    pub name: String,
    /// What the site is, in one or two sentences.
    pub description: String,
    /// A mail address or a link by which those who run the site are reached; may be empty.
    pub contact: String,
    /// Who may register.
    pub registration: Registration,
    /// What those who register may do.
    pub registration_role: Role,
}
