//! What differs between two texts in their small fields, as people read it.

use super::failure::internal;
use crate::site::Site;
use app::error::AppError;
use types::{DraftFields, FieldChange};

/// The small fields that differ; categories by their names.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn changes(site: &Site, old: &DraftFields, new: &DraftFields) -> Result<Vec<FieldChange>, AppError> {
    let mut changes = old.changes_to(new);
    if let Some(change) = changes.iter_mut().find(|change| change.field == "category") {
        for value in [&mut change.old, &mut change.new] {
            let Ok(slug) = value.parse() else { continue };
            let named = site.store.category_named(&slug).await;
            if let Some(category) = named.map_err(|error| internal("reading a category", &error))? {
                *value = category.name;
            }
        }
    }
    Ok(changes)
}
