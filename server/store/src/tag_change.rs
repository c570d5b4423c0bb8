//! Changing tags: names, other names, two made one. Every change writes the change log of the articles that carry the
//! tag, and a line of the audit log, in one transaction. What a tag was called before leads to it as an alias.

use crate::article::{column, number, parse};
use crate::audit::{Event, note};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use crate::sql::{Sql, Value};
use sqlx::{Any, Transaction};
use std::collections::HashMap;
use types::{Page, PageNumber, TagEntry, TagKey};

/// What became of a change to a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagChange {
    /// It is stored.
    Done,
    /// There is no such tag.
    Missing,
    /// The name belongs to this other tag.
    Taken(String),
    /// A tag cannot be merged into itself.
    Same,
}

impl Store {
    /// One page of all tags whose name or alias holds a text, those in most use first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tag_list(&self, text: &str, page: PageNumber, per_page: u32) -> Result<Page<TagEntry>, StoreError> {
        let failed = read("the tags");
        let matching = |sql: &mut Sql| {
            if !text.is_empty() {
                sql.push(" where (").holds("t.name", text).push(" or ").holds("t.key", text);
                sql.push(" or exists (select 1 from tag_alias l where l.tag_key = t.key and ").holds("l.key", text);
                sql.push("))");
            }
        };
        let mut sql = Sql::default();
        sql.push("select count(*) as total from tag t");
        matching(&mut sql);
        let total = sql.query().fetch_one(&self.reader).await.map_err(&failed)?;
        let mut sql = Sql::default();
        sql.push(
            "select t.key, t.name, count(a.id) as total, count(case when a.status = 'published' then 1 end) as published \
             from tag t left join article_tag x on x.tag_key = t.key \
             left join article a on a.id = x.article_id and a.status <> 'removed'",
        );
        matching(&mut sql);
        sql.push(" group by t.key, t.name order by count(a.id) desc, t.key limit ");
        sql.bind(Value::Number(i64::from(per_page))).push(" offset ");
        sql.bind(Value::Number(page.offset(per_page).cast_signed()));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(&failed)?;
        let keys: Vec<String> = rows.iter().map(|row| column(row, "key")).collect::<Result<_, _>>()?;
        let mut aliases = self.aliases_of(&keys).await?;
        let items = rows
            .iter()
            .zip(keys)
            .map(|(row, key)| {
                Ok(TagEntry {
                    aliases: aliases.remove(&key).unwrap_or_default(),
                    key: parse(row, "key")?,
                    name: column(row, "name")?,
                    published: number(row, "published")?,
                    every: number(row, "total")?,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Page { total: column::<i64>(&total, "total")?.unsigned_abs(), page, per_page, items })
    }

    async fn aliases_of(&self, keys: &[String]) -> Result<HashMap<String, Vec<TagKey>>, StoreError> {
        let mut aliases: HashMap<String, Vec<TagKey>> = HashMap::new();
        if keys.is_empty() {
            return Ok(aliases);
        }
        let mut sql = Sql::default();
        sql.push("select key, tag_key from tag_alias where tag_key in (");
        for (number, key) in keys.iter().enumerate() {
            sql.push(if number == 0 { "" } else { ", " }).bind(Value::Text(key.clone()));
        }
        sql.push(") order by key");
        for row in &sql.query().fetch_all(&self.reader).await.map_err(read("the tags"))? {
            aliases.entry(column(row, "tag_key")?).or_default().push(parse(row, "key")?);
        }
        Ok(aliases)
    }

    /// Gives a tag another name. When its key changes with it, the old key becomes an alias.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn rename_tag(
        &self,
        key: &TagKey,
        name: &str,
        new: &TagKey,
        event: &Event<'_>,
    ) -> Result<TagChange, StoreError> {
        let wrong = write("a tag");
        let mut transaction = self.write().await.map_err(&wrong)?;
        if !exists(&mut transaction, key).await? {
            return Ok(TagChange::Missing);
        }
        if key == new {
            sqlx::query("update tag set name = $1 where key = $2")
                .bind(name)
                .bind(key.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(&wrong)?;
        } else {
            if let Some(other) = owner(&mut transaction, new).await?.filter(|owner| owner != key) {
                return Ok(TagChange::Taken(other.to_string()));
            }
            forget_alias(&mut transaction, new).await?;
            sqlx::query("insert into tag (key, name) values ($1, $2)")
                .bind(new.as_str())
                .bind(name)
                .execute(&mut *transaction)
                .await
                .map_err(&wrong)?;
            replace(&mut transaction, key, new).await?;
        }
        touch(&mut transaction, new).await?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(TagChange::Done)
    }

    /// Lets another name lead to a tag. A tag of that name that articles carry must be merged instead.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_alias(&self, key: &TagKey, alias: &TagKey, event: &Event<'_>) -> Result<TagChange, StoreError> {
        let wrong = write("an alias");
        let mut transaction = self.write().await.map_err(&wrong)?;
        if !exists(&mut transaction, key).await? {
            return Ok(TagChange::Missing);
        }
        if let Some(other) = owner(&mut transaction, alias).await? {
            return Ok(if other == *key && alias != key {
                TagChange::Done
            } else {
                TagChange::Taken(other.to_string())
            });
        }
        insert_alias(&mut transaction, alias, key).await?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(TagChange::Done)
    }

    /// Takes an alias away; whether there was one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove_alias(&self, alias: &TagKey, event: &Event<'_>) -> Result<TagChange, StoreError> {
        let wrong = write("an alias");
        let mut transaction = self.write().await.map_err(&wrong)?;
        if forget_alias(&mut transaction, alias).await? == 0 {
            return Ok(TagChange::Missing);
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(TagChange::Done)
    }

    /// Gives every article of one tag another one (found by key or alias) instead, and ends the first as its alias.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn merge_tag(&self, from: &TagKey, into: &TagKey, event: &Event<'_>) -> Result<TagChange, StoreError> {
        let wrong = write("a tag");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let Some(into) = owner(&mut transaction, into).await? else { return Ok(TagChange::Missing) };
        if !exists(&mut transaction, from).await? {
            return Ok(TagChange::Missing);
        }
        if *from == into {
            return Ok(TagChange::Same);
        }
        touch(&mut transaction, from).await?;
        // Who carries both keeps one.
        sqlx::query(
            "delete from article_tag where tag_key = $1 and article_id in (select article_id from article_tag where tag_key = $2)",
        )
        .bind(from.as_str())
        .bind(into.as_str())
        .execute(&mut *transaction)
        .await
        .map_err(&wrong)?;
        replace(&mut transaction, from, &into).await?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(TagChange::Done)
    }
}

/// What carried or led to one tag carries or leads to another, which the first becomes an alias of.
async fn replace(transaction: &mut Transaction<'_, Any>, old: &TagKey, new: &TagKey) -> Result<(), StoreError> {
    for statement in [
        "update article_tag set tag_key = $1 where tag_key = $2",
        "update tag_alias set tag_key = $1 where tag_key = $2",
    ] {
        sqlx::query(statement)
            .bind(new.as_str())
            .bind(old.as_str())
            .execute(&mut **transaction)
            .await
            .map_err(write("a tag"))?;
    }
    sqlx::query("delete from tag where key = $1")
        .bind(old.as_str())
        .execute(&mut **transaction)
        .await
        .map_err(write("a tag"))?;
    insert_alias(transaction, old, new).await
}

async fn insert_alias(transaction: &mut Transaction<'_, Any>, alias: &TagKey, key: &TagKey) -> Result<(), StoreError> {
    sqlx::query("insert into tag_alias (key, tag_key) values ($1, $2)")
        .bind(alias.as_str())
        .bind(key.as_str())
        .execute(&mut **transaction)
        .await
        .map(drop)
        .map_err(write("an alias"))
}

async fn forget_alias(transaction: &mut Transaction<'_, Any>, alias: &TagKey) -> Result<u64, StoreError> {
    let gone =
        sqlx::query("delete from tag_alias where key = $1").bind(alias.as_str()).execute(&mut **transaction).await;
    gone.map(|gone| gone.rows_affected()).map_err(write("an alias"))
}

async fn exists(transaction: &mut Transaction<'_, Any>, key: &TagKey) -> Result<bool, StoreError> {
    let row = sqlx::query("select key from tag where key = $1").bind(key.as_str()).fetch_optional(&mut **transaction);
    Ok(row.await.map_err(read("a tag"))?.is_some())
}

/// The tag that a key or an alias leads to.
async fn owner(transaction: &mut Transaction<'_, Any>, key: &TagKey) -> Result<Option<TagKey>, StoreError> {
    let row = sqlx::query(
        "select key as owner from tag where key = $1 union select tag_key as owner from tag_alias where key = $2",
    )
    .bind(key.as_str())
    .bind(key.as_str())
    .fetch_optional(&mut **transaction)
    .await
    .map_err(read("a tag"))?;
    row.map(|row| parse(&row, "owner")).transpose()
}

/// Tells the index about every published article that carries a tag.
async fn touch(transaction: &mut Transaction<'_, Any>, key: &TagKey) -> Result<(), StoreError> {
    sqlx::query(
        "insert into change_log (article_id, revision, operation, changed_at) \
         select a.id, a.revision, 'put', $1 from article a join article_tag x on x.article_id = a.id \
         where a.status = 'published' and x.tag_key = $2",
    )
    .bind(id::now())
    .bind(key.as_str())
    .execute(&mut **transaction)
    .await
    .map(drop)
    .map_err(write("the change log"))
}
