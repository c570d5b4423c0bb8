//! Adding to, changing and shortening the two lists beside the articles: commands to learn and lines to remember.

use crate::article::column;
use crate::audit::{Event, note};
use crate::error::{StoreError, read, write};
use crate::pool::Store;
use crate::sql::{Sql, Value};
use sqlx::any::AnyRow;
use types::{LearningCard, Numbered, Page, PageNumber, Quotation};

/// What became of a change to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListChange {
    /// It is stored.
    Done,
    /// There is no such entry.
    Missing,
    /// Another entry says the same.
    Taken,
}

/// One of the two lists: its table, and its columns, of which the first must differ between entries.
struct List {
    name: &'static str,
    select: &'static str,
    count: &'static str,
    columns: &'static [&'static str],
    other: &'static str,
    insert: &'static str,
    update: &'static str,
    delete: &'static str,
}

const CARDS: List = List {
    name: "the commands",
    select: "select position, command, explanation, applies, caution from learning_card",
    count: "select count(*) as total from learning_card",
    columns: &["command", "explanation", "applies", "caution"],
    other: "select position from learning_card where command = $1 and position <> $2",
    insert: "insert into learning_card (command, explanation, applies, caution, position) \
        values ($1, $2, $3, $4, (select cast(coalesce(max(position), 0) + 1 as bigint) from learning_card))",
    update: "update learning_card set command = $1, explanation = $2, applies = $3, caution = $4 where position = $5",
    delete: "delete from learning_card where position = $1",
};

const QUOTATIONS: List = List {
    name: "the quotations",
    select: "select position, text, source from quotation",
    count: "select count(*) as total from quotation",
    columns: &["text", "source"],
    other: "select position from quotation where text = $1 and position <> $2",
    insert: "insert into quotation (text, source, position) \
        values ($1, $2, (select cast(coalesce(max(position), 0) + 1 as bigint) from quotation))",
    update: "update quotation set text = $1, source = $2 where position = $3",
    delete: "delete from quotation where position = $1",
};

impl Store {
    /// One page of the commands that hold a text, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn learning_cards(
        &self,
        text: &str,
        page: PageNumber,
        per_page: u32,
    ) -> Result<Page<Numbered<LearningCard>>, StoreError> {
        let card = |row: &AnyRow| {
            Ok(LearningCard {
                command: column(row, "command")?,
                explanation: column(row, "explanation")?,
                applies: column(row, "applies")?,
                caution: column(row, "caution")?,
            })
        };
        self.list_page(&CARDS, text, page, per_page, card).await
    }

    /// One page of the quotations that hold a text, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn quotations(
        &self,
        text: &str,
        page: PageNumber,
        per_page: u32,
    ) -> Result<Page<Numbered<Quotation>>, StoreError> {
        let line = |row: &AnyRow| Ok(Quotation { text: column(row, "text")?, source: column(row, "source")? });
        self.list_page(&QUOTATIONS, text, page, per_page, line).await
    }

    /// Stores a command: in the place of another one, or as a new one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn save_learning_card(
        &self,
        id: Option<i64>,
        card: &LearningCard,
        event: &Event<'_>,
    ) -> Result<ListChange, StoreError> {
        self.save_entry(&CARDS, id, &[&card.command, &card.explanation, &card.applies, &card.caution], event).await
    }

    /// Stores a quotation: in the place of another one, or as a new one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn save_quotation(
        &self,
        id: Option<i64>,
        line: &Quotation,
        event: &Event<'_>,
    ) -> Result<ListChange, StoreError> {
        self.save_entry(&QUOTATIONS, id, &[&line.text, &line.source], event).await
    }

    /// Takes a command away.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove_learning_card(&self, id: i64, event: &Event<'_>) -> Result<ListChange, StoreError> {
        self.remove_entry(&CARDS, id, event).await
    }

    /// Takes a quotation away.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove_quotation(&self, id: i64, event: &Event<'_>) -> Result<ListChange, StoreError> {
        self.remove_entry(&QUOTATIONS, id, event).await
    }

    async fn list_page<T>(
        &self,
        list: &List,
        text: &str,
        page: PageNumber,
        per_page: u32,
        item: impl Fn(&AnyRow) -> Result<T, StoreError>,
    ) -> Result<Page<Numbered<T>>, StoreError> {
        let failed = read(list.name);
        let matching = |sql: &mut Sql| {
            for (place, column) in list.columns.iter().filter(|_| !text.is_empty()).enumerate() {
                sql.push(if place == 0 { " where " } else { " or " }).holds(column, text);
            }
        };
        let mut sql = Sql::default();
        sql.push(list.count);
        matching(&mut sql);
        let total = sql.query().fetch_one(&self.reader).await.map_err(&failed)?;
        let mut sql = Sql::default();
        sql.push(list.select);
        matching(&mut sql);
        sql.push(" order by position desc limit ").bind(Value::Number(i64::from(per_page)));
        sql.push(" offset ").bind(Value::Number(page.offset(per_page).cast_signed()));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(&failed)?;
        let items = rows
            .iter()
            .map(|row| Ok(Numbered { id: column(row, "position")?, item: item(row)? }))
            .collect::<Result<_, StoreError>>()?;
        Ok(Page { total: column::<i64>(&total, "total")?.unsigned_abs(), page, per_page, items })
    }

    async fn save_entry(
        &self,
        list: &List,
        id: Option<i64>,
        values: &[&str],
        event: &Event<'_>,
    ) -> Result<ListChange, StoreError> {
        let wrong = write(list.name);
        let mut transaction = self.write().await.map_err(&wrong)?;
        let other = sqlx::query(list.other).bind(values[0]).bind(id.unwrap_or(-1)).fetch_optional(&mut *transaction);
        if other.await.map_err(&wrong)?.is_some() {
            return Ok(ListChange::Taken);
        }
        let mut query = sqlx::query(if id.is_some() { list.update } else { list.insert });
        for value in values {
            query = query.bind(*value);
        }
        if let Some(id) = id {
            query = query.bind(id);
        }
        if query.execute(&mut *transaction).await.map_err(&wrong)?.rows_affected() == 0 {
            return Ok(ListChange::Missing);
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(ListChange::Done)
    }

    async fn remove_entry(&self, list: &List, id: i64, event: &Event<'_>) -> Result<ListChange, StoreError> {
        let wrong = write(list.name);
        let mut transaction = self.write().await.map_err(&wrong)?;
        if sqlx::query(list.delete).bind(id).execute(&mut *transaction).await.map_err(&wrong)?.rows_affected() == 0 {
            return Ok(ListChange::Missing);
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(ListChange::Done)
    }
}
