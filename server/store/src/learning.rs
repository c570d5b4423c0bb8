//! Commands to learn and lines to remember.

use crate::article::column;
use crate::error::{StoreError, read, write};
use crate::pool::Store;
use sqlx::{Any, Transaction};
use types::{LearningCard, Quotation};

impl Store {
    /// Puts the commands into a database that never had any.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn seed_learning_cards(&self, cards: &[LearningCard]) -> Result<(), StoreError> {
        let failed = write("the commands");
        let mut transaction = self.write().await.map_err(&failed)?;
        if is_seeded(&mut transaction, "seeded.cards", "select position from learning_card limit 1").await? {
            return transaction.commit().await.map_err(&failed);
        }
        for (position, card) in cards.iter().enumerate() {
            sqlx::query(
                "insert into learning_card (position, command, explanation, applies, caution) values ($1, $2, $3, $4, $5)",
            )
            .bind(position as i64)
            .bind(card.command.as_str())
            .bind(card.explanation.as_str())
            .bind(card.applies.as_str())
            .bind(card.caution.as_str())
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        }
        transaction.commit().await.map_err(&failed)
    }

    /// Puts the quotations into a database that never had any.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn seed_quotations(&self, quotations: &[Quotation]) -> Result<(), StoreError> {
        let failed = write("the quotations");
        let mut transaction = self.write().await.map_err(&failed)?;
        if is_seeded(&mut transaction, "seeded.quotations", "select position from quotation limit 1").await? {
            return transaction.commit().await.map_err(&failed);
        }
        for (position, line) in quotations.iter().enumerate() {
            sqlx::query("insert into quotation (position, text, source) values ($1, $2, $3)")
                .bind(position as i64)
                .bind(line.text.as_str())
                .bind(line.source.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(&failed)?;
        }
        transaction.commit().await.map_err(&failed)
    }

    /// One of the commands; any number chooses one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn learning_card(&self, choice: u64) -> Result<Option<LearningCard>, StoreError> {
        let row = sqlx::query(
            "select command, explanation, applies, caution from learning_card \
             order by position limit 1 offset (select $1 % (case when count(*) = 0 then 1 else count(*) end) from learning_card)",
        )
        .bind((choice % i64::MAX as u64).cast_signed())
        .fetch_optional(&self.reader)
        .await
        .map_err(read("a command"))?;
        row.map(|row| {
            Ok(LearningCard {
                command: column(&row, "command")?,
                explanation: column(&row, "explanation")?,
                applies: column(&row, "applies")?,
                caution: column(&row, "caution")?,
            })
        })
        .transpose()
    }

    /// One of the quotations; any number chooses one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn quotation(&self, choice: u64) -> Result<Option<Quotation>, StoreError> {
        let row = sqlx::query(
            "select text, source from quotation \
             order by position limit 1 offset (select $1 % (case when count(*) = 0 then 1 else count(*) end) from quotation)",
        )
        .bind((choice % i64::MAX as u64).cast_signed())
        .fetch_optional(&self.reader)
        .await
        .map_err(read("a quotation"))?;
        row.map(|row| Ok(Quotation { text: column(&row, "text")?, source: column(&row, "source")? })).transpose()
    }
}

/// Whether a table was filled before, even if somebody has emptied it since; from now on it was.
async fn is_seeded(
    transaction: &mut Transaction<'_, Any>,
    mark: &'static str,
    any: &'static str,
) -> Result<bool, StoreError> {
    let failed = write("what a site begins with");
    let marked = sqlx::query("insert into setting (name, value) values ($1, 'yes') on conflict do nothing")
        .bind(mark)
        .execute(&mut **transaction)
        .await
        .map_err(&failed)?;
    let there = sqlx::query(any).fetch_optional(&mut **transaction).await.map_err(&failed)?;
    Ok(marked.rows_affected() == 0 || there.is_some())
}
