//! Accounts found for those who run the site: a page of them, one by its number, who may be given articles.

use crate::account::{ACCOUNT, account};
use crate::article::{column, parse};
use crate::error::{StoreError, read};
use crate::pool::Store;
use crate::sql::{Sql, Value};
use types::{Account, Author, Page, PageNumber};

impl Store {
    /// Every account, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let mut sql = Sql::default();
        sql.push(ACCOUNT).push("order by c.username");
        let rows = sql.query().fetch_all(&self.reader).await.map_err(read("accounts"))?;
        rows.iter().map(account).collect()
    }

    /// One page of the accounts whose name, pen name or handle holds a text; who waits for a decision comes first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn account_list(&self, text: &str, page: PageNumber, per_page: u32) -> Result<Page<Account>, StoreError> {
        let failed = read("accounts");
        let matching = |sql: &mut Sql| {
            for (join, name) in [(" where ", "c.username"), (" or ", "u.name"), (" or ", "u.handle")] {
                sql.push(join).holds(name, text);
            }
        };
        let mut sql = Sql::default();
        sql.push("select count(*) as total from account c join author u on u.id = c.author_id");
        matching(&mut sql);
        let total = sql.query().fetch_one(&self.reader).await.map_err(&failed)?;
        let mut sql = Sql::default();
        sql.push(ACCOUNT);
        matching(&mut sql);
        sql.push(" order by case when c.state = 'waiting' then 0 else 1 end, c.username limit ");
        sql.bind(Value::Number(i64::from(per_page)));
        sql.push(" offset ").bind(Value::Number(page.offset(per_page).cast_signed()));
        let rows = sql.query().fetch_all(&self.reader).await.map_err(&failed)?;
        let items = rows.iter().map(account).collect::<Result<_, _>>()?;
        Ok(Page { total: column::<i64>(&total, "total")?.unsigned_abs(), page, per_page, items })
    }

    /// The account of this number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn account(&self, id: i64) -> Result<Option<Account>, StoreError> {
        let mut sql = Sql::default();
        sql.push(ACCOUNT).push("where c.id = ").bind(Value::Number(id));
        let row = sql.query().fetch_optional(&self.reader).await.map_err(read("an account"))?;
        row.as_ref().map(account).transpose()
    }

    /// Whether somebody runs the site.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn has_admin(&self) -> Result<bool, StoreError> {
        let query = sqlx::query("select id from account where role = 'admin' and state = 'active' limit 1");
        let row = query.fetch_optional(&self.reader).await.map_err(read("accounts"))?;
        Ok(row.is_some())
    }

    /// Those who write and may be given articles, by name, and no more than so many.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn heirs(&self, most: u32) -> Result<Vec<Author>, StoreError> {
        let query = sqlx::query(
            "select u.handle, u.name from account c join author u on u.id = c.author_id \
             where c.state = 'active' and c.role in ('author', 'editor', 'admin') order by c.username limit $1",
        );
        let query = query.bind(i64::from(most));
        let rows = query.fetch_all(&self.reader).await.map_err(read("accounts"))?;
        rows.iter().map(|row| Ok(Author { handle: parse(row, "handle")?, name: column(row, "name")? })).collect()
    }
}
