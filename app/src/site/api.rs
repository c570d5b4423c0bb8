//! What stands around every page, fetched once.

#![allow(missing_docs, reason = "the `server` macro makes argument structs whose fields cannot be documented")]

use crate::error::AppError;
use crate::json::JsonAnswer;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use types::{LearningCard, Month, Quotation, Tag};

/// Tags, months, a command and a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The tags in most use.
    pub tags: Vec<HotTag>,
    /// The newest months.
    pub months: Vec<(Month, u32)>,
    /// A command to learn.
    pub card: Option<LearningCard>,
    /// A line worth remembering.
    pub quotation: Option<Quotation>,
}

/// A tag in a decorative colour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HotTag {
    /// The tag.
    pub tag: Tag,
    /// One of the twelve hues of the style sheet, by chance, the same for a whole page view.
    pub hue: u8,
}

/// What stands around every page.
///
/// # Errors
/// A fault of the server.
#[server(prefix = "/api", endpoint = "frame", input = GetUrl, output = JsonAnswer)]
pub async fn get_frame() -> Result<Frame, AppError> {
    use crate::reply::answer;
    use crate::services::services;

    answer(services()?.site.frame().await)
}
