//! What stands around every page: the same for everybody for an hour, so that pages can be compared and kept.

use super::failure::internal;
use crate::site::Site;
use app::error::AppError;
use app::site::api::{Frame, HotTag};
use async_trait::async_trait;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{SystemTime, UNIX_EPOCH};
use types::LearningCard;

/// Tags in the cloud.
const CLOUD: u32 = 20;
/// Months beside a page.
const MONTHS: usize = 8;
/// Hues that the style sheet knows.
const HUES: u64 = 12;

pub(super) struct SiteFrame(pub(super) Site);

#[async_trait]
impl app::services::Site for SiteFrame {
    async fn frame(&self) -> Result<Frame, AppError> {
        let store = &self.0.store;
        let hour = now_milliseconds() / 3_600_000;
        let groups = store.categories().await.map_err(|error| internal("reading the categories", &error))?;
        let tags = store.hot_tags(CLOUD).await.map_err(|error| internal("reading the tags", &error))?;
        let mut months = store.months().await.map_err(|error| internal("reading the months", &error))?;
        months.truncate(MONTHS);
        let card = store.learning_card(hour).await.map_err(|error| internal("reading a command", &error))?;
        let quotation = store.quotation(hour).await.map_err(|error| internal("reading a quotation", &error))?;
        let tags = tags
            .into_iter()
            .map(|tag| {
                let mut hasher = DefaultHasher::new();
                (&tag.key, hour).hash(&mut hasher);
                HotTag { hue: (hasher.finish() % HUES) as u8, tag }
            })
            .collect();
        Ok(Frame { groups, tags, months, card, quotation })
    }

    async fn learning_card(&self) -> Result<LearningCard, AppError> {
        let card = self.0.store.learning_card(now_milliseconds()).await;
        card.map_err(|error| internal("reading a command", &error))?.ok_or(AppError::NotFound)
    }
}

fn now_milliseconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}
