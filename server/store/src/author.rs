//! Authors.

use crate::article::{column, number, parse};
use crate::error::{StoreError, read};
use crate::pool::Store;
use types::{Author, Handle};

impl Store {
    /// The author with this handle, and the number of published articles.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn author(&self, handle: &Handle) -> Result<Option<(Author, u32)>, StoreError> {
        let row = sqlx::query(
            "select u.handle, u.name, (select count(*) from article a where a.author_id = u.id and a.status = 'published') as total \
             from author u where u.handle = $1",
        )
        .bind(handle.as_str())
        .fetch_optional(&self.reader)
        .await
        .map_err(read("an author"))?;
        row.map(|row| {
            Ok((Author { handle: parse(&row, "handle")?, name: column(&row, "name")? }, number(&row, "total")?))
        })
        .transpose()
    }
}
