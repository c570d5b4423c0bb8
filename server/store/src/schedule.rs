//! Imported articles whose date lies ahead: each gets a working text that goes out at its time, as if it was written here.

use crate::article_save::Place;
use crate::article_to_save::ArticleToSave;
use crate::draft_save::put_draft;
use crate::error::{StoreError, write};
use crate::id;
use sqlx::{Any, Transaction};
use types::{ArticleStatus, DraftFields};

/// Sets the time at which a saved article goes out, when it waits for one; takes away what was set before otherwise.
pub(crate) async fn schedule(
    transaction: &mut Transaction<'_, Any>,
    article: &ArticleToSave,
    place: &Place<'_>,
) -> Result<(), StoreError> {
    let waits = article.status == ArticleStatus::Scheduled;
    if waits {
        // The wanted slug may be another article's.
        let fields = DraftFields { slug: place.slug.to_string(), ..article.fields() };
        put_draft(transaction, place.id, place.revision, &fields, article.author_handle.as_str(), id::now()).await?;
    }
    sqlx::query("update draft set publish_at = $1, notice = null where article_id = $2")
        .bind(waits.then_some(article.published_at.0))
        .bind(place.id.0)
        .execute(&mut **transaction)
        .await
        .map_err(write("when an article goes out"))?;
    Ok(())
}
