//! How much there is of everything, for the first page of those who run the site.

use crate::article::number;
use crate::error::{StoreError, read};
use crate::pool::Store;
use types::Totals;

impl Store {
    /// Counts everything.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn totals(&self) -> Result<Totals, StoreError> {
        let row = sqlx::query(
            "select (select count(*) from article where status = 'published') as published, \
             (select count(*) from article where status = 'review') as review, \
             (select count(*) from article where status = 'scheduled') as scheduled, \
             (select count(*) from article where status = 'draft') as draft, \
             (select count(*) from account where state = 'active') as people, \
             (select count(*) from account where state = 'waiting') as waiting, \
             (select count(*) from category) as categories, (select count(*) from tag) as tags, \
             (select count(*) from learning_card) as cards, (select count(*) from quotation) as quotations, \
             (select count(*) from redirect) as redirects, \
             (select count(*) from feedback where state = 'open') as feedback",
        )
        .fetch_one(&self.reader)
        .await
        .map_err(read("how much there is"))?;
        let total = |name| number(&row, name);
        Ok(Totals {
            published: total("published")?,
            review: total("review")?,
            scheduled: total("scheduled")?,
            draft: total("draft")?,
            people: total("people")?,
            waiting: total("waiting")?,
            categories: total("categories")?,
            tags: total("tags")?,
            cards: total("cards")?,
            quotations: total("quotations")?,
            redirects: total("redirects")?,
            feedback: total("feedback")?,
        })
    }
}
