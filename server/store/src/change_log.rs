//! What the index has to take over, in the order of commits.

use crate::article::{column, number, parse};
use crate::error::{StoreError, read};
use crate::pool::Store;
use std::str::FromStr;
use types::ArticleId;

/// What happened to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// It was saved.
    Put,
    /// It is gone.
    Delete,
}

impl FromStr for Operation {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "put" => Ok(Self::Put),
            "delete" => Ok(Self::Delete),
            _ => Err(()),
        }
    }
}

/// One entry of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number; numbers grow in the order of commits.
    pub seq: i64,
    /// Which article.
    pub article: ArticleId,
    /// The revision it then had.
    pub revision: u32,
    /// What happened.
    pub operation: Operation,
}

impl Store {
    /// Entries after a number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn changes_after(&self, seq: i64, limit: u32) -> Result<Vec<Change>, StoreError> {
        let rows = sqlx::query(
            "select seq, article_id, revision, operation from change_log where seq > $1 order by seq limit $2",
        )
        .bind(seq)
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(read("the change log"))?;
        rows.iter()
            .map(|row| {
                Ok(Change {
                    seq: column(row, "seq")?,
                    article: ArticleId(column(row, "article_id")?),
                    revision: number(row, "revision")?,
                    operation: parse(row, "operation")?,
                })
            })
            .collect()
    }

    /// The number of the newest entry; 0 when there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_change(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("select cast(coalesce(max(seq), 0) as bigint) as seq from change_log")
            .fetch_one(&self.reader)
            .await
            .map_err(read("the change log"))?;
        column(&row, "seq")
    }
}
