//! Tags, categories and authors under the names that they had once or have as well: the index knows only what they are
//! called today.

use crate::grammar::{self, Request};
use std::collections::HashMap;
use types::{ArticleFilter, Handle, SearchQuery, Slug, TagKey};

/// What is called otherwise today; what is not in here has kept its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Tags by their aliases.
    pub tags: HashMap<TagKey, TagKey>,
    /// Categories by their old slugs.
    pub categories: HashMap<Slug, Slug>,
    /// Authors by their old handles.
    pub authors: HashMap<Handle, Handle>,
}

impl Names {
    /// The tags, categories and authors that a search asks for, typed or chosen.
    #[must_use]
    pub fn asked_for(query: &SearchQuery) -> (Vec<TagKey>, Vec<Slug>, Vec<Handle>) {
        let Request { mut tags, category, author, .. } = grammar::read(query.text());
        tags.extend_from_slice(&query.filter.tag);
        let categories = category.into_iter().chain(query.filter.category.iter().cloned());
        let authors = author.into_iter().chain(query.filter.author.clone());
        (tags, categories.collect(), authors.collect())
    }

    /// What was typed, under today's names.
    pub(crate) fn in_request(&self, mut request: Request) -> Request {
        for tag in &mut request.tags {
            replace(tag, &self.tags);
        }
        if let Some(category) = &mut request.category {
            replace(category, &self.categories);
        }
        if let Some(author) = &mut request.author {
            replace(author, &self.authors);
        }
        request
    }

    /// What was chosen, under today's names.
    pub(crate) fn in_filter(&self, mut filter: ArticleFilter) -> ArticleFilter {
        for tag in &mut filter.tag {
            replace(tag, &self.tags);
        }
        for category in &mut filter.category {
            replace(category, &self.categories);
        }
        if let Some(author) = &mut filter.author {
            replace(author, &self.authors);
        }
        filter
    }
}

fn replace<N: Clone + Eq + std::hash::Hash>(name: &mut N, today: &HashMap<N, N>) {
    if let Some(today) = today.get(name) {
        name.clone_from(today);
    }
}
