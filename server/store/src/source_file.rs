//! Where imported files lay, so that a file is known again that comes under another path.

use crate::article::column;
use crate::error::{StoreError, read, write};
use crate::pool::Store;
use crate::sql::{Sql, Value};
use std::collections::HashMap;
use types::ArticleId;

/// Places written by one statement.
const BATCH: usize = 500;

impl Store {
    /// The articles that files were imported as, by the places where the files lay.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn source_files(&self) -> Result<HashMap<String, ArticleId>, StoreError> {
        let rows = sqlx::query("select place, article_id from source_file")
            .fetch_all(&self.reader)
            .await
            .map_err(read("where imported files lay"))?;
        rows.iter().map(|row| Ok((column(row, "place")?, ArticleId(column(row, "article_id")?)))).collect()
    }

    /// Notes at which places files lie that are articles. A file that became another article's is that one's alone.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn note_source_files(&self, files: &HashMap<String, ArticleId>) -> Result<(), StoreError> {
        let failed = write("where imported files lie");
        let mut transaction = self.write().await.map_err(&failed)?;
        let files: Vec<_> = files.iter().collect();
        for files in files.chunks(BATCH) {
            let mut sql = Sql::default();
            sql.push("insert into source_file (place, article_id) values ");
            for (number, (place, article)) in files.iter().enumerate() {
                sql.push(if number == 0 { "(" } else { ", (" }).bind(Value::Text((*place).clone()));
                sql.push(", ").bind(Value::Number(article.0)).push(")");
            }
            sql.push(" on conflict (place) do update set article_id = excluded.article_id");
            sql.query().execute(&mut *transaction).await.map_err(&failed)?;
        }
        transaction.commit().await.map_err(&failed)
    }
}
