//! Old addresses.

use crate::article::column;
use crate::error::{StoreError, read};
use crate::pool::Store;

impl Store {
    /// Where an old path leads now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn redirect_for(&self, path: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("select new_path from redirect where old_path = $1")
            .bind(path)
            .fetch_optional(&self.reader)
            .await
            .map_err(read("a redirect"))?;
        row.map(|row| column(&row, "new_path")).transpose()
    }
}
