//! How often articles were read.

use crate::article::column;
use crate::error::{StoreError, read, write};
use crate::pool::Store;
use types::{ArticleId, Slug};

/// Views of one transaction, two statements each: who saves an article meanwhile does not wait for all of them.
const AT_ONCE: usize = 500;

impl Store {
    /// Counts views, one for each visitor (a hash), article and day (days since 1970); returns how many were new.
    /// What was remembered of days before yesterday is forgotten.
    ///
    /// # Errors
    /// When the database cannot be written. Some of the views may have been counted.
    pub async fn record_views(&self, views: &[(Slug, i64, i64)]) -> Result<u64, StoreError> {
        let mut counted = 0;
        for some in views.chunks(AT_ONCE) {
            counted += self.record_some_views(some).await?;
        }
        Ok(counted)
    }

    async fn record_some_views(&self, views: &[(Slug, i64, i64)]) -> Result<u64, StoreError> {
        let failed = write("views");
        let mut transaction = self.write().await.map_err(&failed)?;
        let mut counted = 0;
        for (slug, visitor, day) in views {
            let seen = sqlx::query(
                "insert into view_seen (day, article_id, visitor) \
                 select $1, id, $2 from article where slug = $3 and status = 'published' on conflict do nothing",
            )
            .bind(*day)
            .bind(*visitor)
            .bind(slug.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
            if seen.rows_affected() > 0 {
                sqlx::query("update article set views = views + 1 where slug = $1")
                    .bind(slug.to_string())
                    .execute(&mut *transaction)
                    .await
                    .map_err(&failed)?;
                counted += 1;
            }
        }
        if let Some(today) = views.iter().map(|(_, _, day)| *day).max() {
            sqlx::query("delete from view_seen where day < $1")
                .bind(today - 1)
                .execute(&mut *transaction)
                .await
                .map_err(&failed)?;
        }
        transaction.commit().await.map_err(&failed)?;
        Ok(counted)
    }

    /// Views of every article that has any.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn views(&self) -> Result<Vec<(ArticleId, i64)>, StoreError> {
        let rows = sqlx::query("select id, views from article where views > 0 and status = 'published'")
            .fetch_all(&self.reader)
            .await
            .map_err(read("the views"))?;
        rows.iter().map(|row| Ok((ArticleId(column(row, "id")?), column(row, "views")?))).collect()
    }
}
