//! Months with their articles.

use crate::article::{column, number};
use crate::error::{StoreError, read};
use crate::pool::Store;
use types::Month;

impl Store {
    /// Months with the number of published articles, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn months(&self) -> Result<Vec<(Month, u32)>, StoreError> {
        let rows = sqlx::query(
            "select month, count(*) as total from article where status = 'published' group by month order by month desc",
        )
        .fetch_all(&self.reader)
        .await
        .map_err(read("the months"))?;
        rows.iter()
            .map(|row| {
                let month = Month::from_number(column(row, "month")?).map_err(|_| StoreError::Damaged("month"))?;
                Ok((month, number(row, "total")?))
            })
            .collect()
    }
}
