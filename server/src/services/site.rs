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
const CLOUD: usize = 20;
/// Months beside a page.
const MONTHS: usize = 8;
/// Hues that the style sheet knows.
const HUES: u64 = 12;

pub(super) struct SiteFrame(pub(super) Site);

#[async_trait]
impl app::services::Site for SiteFrame {
    fn contact(&self) -> String {
        (**self.0.contact.load()).clone()
    }

    async fn frame(&self) -> Result<Frame, AppError> {
        let hour = now_milliseconds() / 3_600_000;
        let tags = self.0.hot_tags().await.map_err(|error| internal("reading the tags", &error))?;
        let months = self.0.months().await.map_err(|error| internal("reading the months", &error))?;
        let months = months.iter().take(MONTHS).copied().collect();
        let hourly = self.0.hourly(hour).await.map_err(|error| internal("reading what the hour shows", &error))?;
        let (card, quotation) = (*hourly).clone();
        let tags = tags
            .iter()
            .take(CLOUD)
            .cloned()
            .map(|tag| {
                let mut hasher = DefaultHasher::new();
                (&tag.key, hour).hash(&mut hasher);
                HotTag { hue: (hasher.finish() % HUES) as u8, tag }
            })
            .collect();
        Ok(Frame { tags, months, card, quotation })
    }

    async fn learning_card(&self) -> Result<LearningCard, AppError> {
        let card = self.0.store.learning_card(now_milliseconds()).await;
        card.map_err(|error| internal("reading a command", &error))?.ok_or(AppError::NotFound)
    }
}

fn now_milliseconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}
