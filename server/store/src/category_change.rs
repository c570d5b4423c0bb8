//! Changing the tree of categories. Every change writes the redirects, the change log of the articles that it touches,
//! and a line of the audit log, in one transaction.

use crate::article::{column, number, parse};
use crate::audit::{Event, note};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::name_now::{hand_on_category_names, remember_category_name};
use crate::pool::Store;
use crate::redirect::redirect_path;
use sqlx::{Any, Transaction};
use std::collections::HashMap;
use types::{CategoryNode, Slug};

/// What became of a change to the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CategoryChange {
    /// It is stored.
    Done,
    /// There is no such category.
    Missing,
    /// Another category has the slug.
    SlugTaken,
    /// The tree would get a third level, or lead into itself.
    TooDeep,
}

/// A category as a change finds it.
struct Row {
    id: i64,
    parent: Option<i64>,
    slug: Slug,
    name: String,
}

/// Why nothing can stand below a category: it is not there, or is a leaf itself.
fn refusal(rows: &[Row], parent: i64) -> Option<CategoryChange> {
    match rows.iter().find(|row| row.id == parent) {
        None => Some(CategoryChange::Missing),
        Some(row) => row.parent.is_some().then_some(CategoryChange::TooDeep),
    }
}

impl Store {
    /// The whole tree, hidden parts too, with the articles that stand in each part.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn category_tree(&self) -> Result<Vec<CategoryNode>, StoreError> {
        let counted = sqlx::query(
            "select category_id, count(*) as total, count(case when status = 'published' then 1 end) as published \
             from article where status <> 'removed' group by category_id",
        )
        .fetch_all(&self.reader)
        .await
        .map_err(read("the categories"))?;
        let mut counts: HashMap<i64, (u32, u32)> = HashMap::with_capacity(counted.len());
        for row in &counted {
            counts.insert(column(row, "category_id")?, (number(row, "published")?, number(row, "total")?));
        }
        let rows = sqlx::query("select id, parent_id, slug, name, hidden from category order by position, id")
            .fetch_all(&self.reader)
            .await
            .map_err(read("the categories"))?;
        let (mut groups, mut leaves): (Vec<CategoryNode>, HashMap<i64, Vec<CategoryNode>>) = Default::default();
        for row in &rows {
            let id = column(row, "id")?;
            let (published, every) = counts.get(&id).copied().unwrap_or_default();
            let node = CategoryNode {
                id,
                slug: parse(row, "slug")?,
                name: column(row, "name")?,
                hidden: column::<i64>(row, "hidden")? != 0,
                published,
                every,
                leaves: Vec::new(),
            };
            match column::<Option<i64>>(row, "parent_id")? {
                Some(parent) => leaves.entry(parent).or_default().push(node),
                None => groups.push(node),
            }
        }
        for group in &mut groups {
            group.leaves = leaves.remove(&group.id).unwrap_or_default();
        }
        Ok(groups)
    }

    /// Makes a category at the end of a group, or a group at the end of the tree.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_category(
        &self,
        parent: Option<i64>,
        name: &str,
        slug: &Slug,
        event: &Event<'_>,
    ) -> Result<CategoryChange, StoreError> {
        let wrong = write("a category");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let rows = rows(&mut transaction).await?;
        if let Some(refusal) = parent.and_then(|parent| refusal(&rows, parent)) {
            return Ok(refusal);
        }
        if rows.iter().any(|row| row.slug == *slug) {
            return Ok(CategoryChange::SlugTaken);
        }
        let place = rows.iter().filter(|row| row.parent == parent).count();
        sqlx::query("insert into category (id, parent_id, position, slug, name) values ($1, $2, $3, $4, $5)")
            .bind(id::next())
            .bind(parent)
            .bind(place as i64)
            .bind(slug.as_str())
            .bind(name)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        // An address that led elsewhere has a page of its own from now on.
        sqlx::query("delete from redirect where old_path = $1")
            .bind(format!("/category/{slug}"))
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(CategoryChange::Done)
    }

    /// Gives a category another name and slug. The old address leads to the new one, and imports know the old name.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn rename_category(
        &self,
        category: i64,
        name: &str,
        slug: &Slug,
        event: &Event<'_>,
    ) -> Result<CategoryChange, StoreError> {
        let wrong = write("a category");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let rows = rows(&mut transaction).await?;
        let Some(before) = rows.iter().find(|row| row.id == category) else { return Ok(CategoryChange::Missing) };
        if rows.iter().any(|row| row.slug == *slug && row.id != category) {
            return Ok(CategoryChange::SlugTaken);
        }
        sqlx::query("update category set name = $1, slug = $2 where id = $3")
            .bind(name)
            .bind(slug.as_str())
            .bind(category)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        if before.slug != *slug {
            moved(&mut transaction, &before.slug, slug).await?;
        }
        if before.name != name {
            remember_category_name(&mut transaction, &before.name, category).await?;
        }
        touch(&mut transaction, category).await?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(CategoryChange::Done)
    }

    /// Puts a category into a group (or among the groups), at a place counted from 0; a place behind the last is the last.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn place_category(
        &self,
        category: i64,
        parent: Option<i64>,
        place: usize,
        event: &Event<'_>,
    ) -> Result<CategoryChange, StoreError> {
        let wrong = write("a category");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let rows = rows(&mut transaction).await?;
        let Some(before) = rows.iter().find(|row| row.id == category) else { return Ok(CategoryChange::Missing) };
        if let Some(parent) = parent {
            if let Some(refusal) = refusal(&rows, parent) {
                return Ok(refusal);
            }
            if parent == category || rows.iter().any(|row| row.parent == Some(category)) {
                return Ok(CategoryChange::TooDeep);
            }
        }
        let mut order: Vec<i64> =
            rows.iter().filter(|row| row.parent == parent && row.id != category).map(|row| row.id).collect();
        order.insert(place.min(order.len()), category);
        for (place, id) in order.into_iter().enumerate() {
            sqlx::query("update category set position = $1, parent_id = $2 where id = $3")
                .bind(place as i64)
                .bind(parent)
                .bind(id)
                .execute(&mut *transaction)
                .await
                .map_err(&wrong)?;
        }
        if before.parent != parent {
            touch(&mut transaction, category).await?;
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(CategoryChange::Done)
    }

    /// Moves everything that stands in a category into another one, and ends it. Its address leads to the other's.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn merge_category(&self, from: i64, into: i64, event: &Event<'_>) -> Result<CategoryChange, StoreError> {
        let wrong = write("a category");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let rows = rows(&mut transaction).await?;
        let find = |id| rows.iter().find(|row| row.id == id);
        let (Some(old), Some(new)) = (find(from), find(into)) else { return Ok(CategoryChange::Missing) };
        let leaves: Vec<i64> = rows.iter().filter(|row| row.parent == Some(from)).map(|row| row.id).collect();
        if from == into || (!leaves.is_empty() && new.parent.is_some()) {
            return Ok(CategoryChange::TooDeep);
        }
        touch(&mut transaction, from).await?;
        sqlx::query("update article set category_id = $1 where category_id = $2")
            .bind(into)
            .bind(from)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        let behind = rows.iter().filter(|row| row.parent == Some(into)).count();
        for (place, leaf) in leaves.into_iter().enumerate() {
            sqlx::query("update category set parent_id = $1, position = $2 where id = $3")
                .bind(into)
                .bind((behind + place) as i64)
                .bind(leaf)
                .execute(&mut *transaction)
                .await
                .map_err(&wrong)?;
        }
        hand_on_category_names(&mut transaction, from, into).await?;
        remember_category_name(&mut transaction, &old.name, into).await?;
        sqlx::query("delete from category where id = $1")
            .bind(from)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        moved(&mut transaction, &old.slug, &new.slug).await?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(CategoryChange::Done)
    }

    /// Takes a category out of menus and lists, or puts it back. Its articles can be read and found all the same.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn hide_category(
        &self,
        category: i64,
        hidden: bool,
        event: &Event<'_>,
    ) -> Result<CategoryChange, StoreError> {
        let wrong = write("a category");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let changed = sqlx::query("update category set hidden = $1 where id = $2")
            .bind(i64::from(hidden))
            .bind(category)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        if changed.rows_affected() == 0 {
            return Ok(CategoryChange::Missing);
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(CategoryChange::Done)
    }

    /// The slug that this one is today, when its category was renamed or merged.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn category_now(&self, slug: &Slug) -> Result<Option<Slug>, StoreError> {
        let target = self.redirect_for(&format!("/category/{slug}")).await?;
        Ok(target.and_then(|path| path.strip_prefix("/category/")?.parse().ok()))
    }
}

async fn rows(transaction: &mut Transaction<'_, Any>) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query("select id, parent_id, slug, name from category order by position, id")
        .fetch_all(&mut **transaction)
        .await
        .map_err(read("the categories"))?;
    rows.iter()
        .map(|row| {
            Ok(Row {
                id: column(row, "id")?,
                parent: column(row, "parent_id")?,
                slug: parse(row, "slug")?,
                name: column(row, "name")?,
            })
        })
        .collect()
}

async fn moved(transaction: &mut Transaction<'_, Any>, old: &Slug, new: &Slug) -> Result<(), StoreError> {
    redirect_path(transaction, &format!("/category/{old}"), &format!("/category/{new}")).await
}

/// Tells the index about every published article in a category and below it.
async fn touch(transaction: &mut Transaction<'_, Any>, category: i64) -> Result<(), StoreError> {
    sqlx::query(
        "insert into change_log (article_id, revision, operation, changed_at) \
         select id, revision, 'put', $1 from article where status = 'published' \
         and category_id in (select id from category where id = $2 or parent_id = $3)",
    )
    .bind(id::now())
    .bind(category)
    .bind(category)
    .execute(&mut **transaction)
    .await
    .map(drop)
    .map_err(write("the change log"))
}
