//! The two-level tree of categories: groups and their leaves.

use crate::slug::Slug;
use serde::{Deserialize, Serialize};

/// A group of the tree, for example 数据库.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryGroup {
    /// As people read it.
    pub name: String,
    /// In addresses: `/category/{slug}`.
    pub slug: Slug,
    /// Published articles in the group and its leaves.
    pub count: u32,
    /// In the order that editors gave them.
    pub leaves: Vec<CategoryLeaf>,
}

/// A leaf of the tree, for example MySQL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryLeaf {
    /// As people read it.
    pub name: String,
    /// In addresses: `/category/{slug}`.
    pub slug: Slug,
    /// Published articles in the leaf.
    pub count: u32,
}

/// Where an article stands in the tree. An article may stand in a group itself, when no leaf fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRef {
    /// The group's name.
    pub group: String,
    /// The group's slug.
    pub group_slug: Slug,
    /// The name of the leaf, or of the group for an article that stands in the group itself.
    pub name: String,
    /// The slug that belongs to `name`.
    pub slug: Slug,
}

impl CategoryRef {
    /// Whether the article stands in a leaf and not in the group itself.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        self.slug != self.group_slug
    }
}
