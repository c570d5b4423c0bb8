//! Accounts: made, found, changed, closed; each change with its line in the audit log.

use crate::article::{column, parse};
use crate::audit::{Event, note};
use crate::error::{StoreError, read, write};
use crate::id;
use crate::pool::Store;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};
use types::{Account, AccountState, Handle, Role, Slug, Timestamp, Username};

/// Handles that are tried before one is made of the account's number.
const HANDLES: u32 = 50;

/// An account that is to be made.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// The name for signing in.
    pub username: &'a Username,
    /// The hash of the password.
    pub password: &'a str,
    /// What its owner may do.
    pub role: Role,
    /// Whether it may be used at once.
    pub state: AccountState,
}

/// What became of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    /// The account's number.
    Done(i64),
    /// Somebody has the name.
    Taken,
    /// The invitation was used, has run out, or never was.
    NoInvitation,
}

/// What became of a change to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountChange {
    /// It is stored.
    Done,
    /// There is no such account.
    Missing,
    /// The site would be left without an admin.
    LastAdmin,
    /// The handle is somebody else's.
    Taken,
    /// There is no other author of this handle who has an account.
    NoHeir,
}

/// What [`account`] reads, without an order.
pub(crate) const ACCOUNT: &str = "select c.id, c.username, c.password, c.role, c.state, c.author_id, c.created_at, u.handle, u.name \
     from account c join author u on u.id = c.author_id ";

/// Reads the row that a query over [`ACCOUNT`] gave.
pub(crate) fn account(row: &AnyRow) -> Result<Account, StoreError> {
    Ok(Account {
        id: column(row, "id")?,
        username: column(row, "username")?,
        role: parse(row, "role")?,
        state: parse(row, "state")?,
        author: column(row, "author_id")?,
        handle: column(row, "handle")?,
        name: column(row, "name")?,
        created_at: Timestamp(column(row, "created_at")?),
    })
}

impl Store {
    /// Makes an account and its author; nothing when the name is taken.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_account(&self, new: &NewAccount<'_>, event: &Event<'_>) -> Result<Option<i64>, StoreError> {
        let wrong = write("an account");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let added = insert(&mut transaction, new).await?;
        if added.is_some() {
            note(&mut transaction, event).await?;
            transaction.commit().await.map_err(&wrong)?;
        }
        Ok(added)
    }

    /// Makes an account by an invitation, which gives it its role and ends with that.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_invited(
        &self,
        new: &NewAccount<'_>,
        invitation: &str,
        event: &Event<'_>,
    ) -> Result<Registered, StoreError> {
        let wrong = write("an account");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let Some(role) = crate::invitation::take(&mut transaction, invitation).await? else {
            return Ok(Registered::NoInvitation);
        };
        let Some(id) = insert(&mut transaction, &NewAccount { role, ..new.clone() }).await? else {
            return Ok(Registered::Taken);
        };
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(Registered::Done(id))
    }

    /// The account with this name, and the hash of its password.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn account_named(&self, username: &str) -> Result<Option<(Account, String)>, StoreError> {
        let query = format!("{ACCOUNT}where c.username = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(query)).bind(username).fetch_optional(&self.reader).await;
        row.map_err(read("an account"))?.map(|row| Ok((account(&row)?, column(&row, "password")?))).transpose()
    }

    /// The account that owns this author, and the hash of its password.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn account_of_author(&self, author: i64) -> Result<Option<(Account, String)>, StoreError> {
        let query = format!("{ACCOUNT}where c.author_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(query)).bind(author).fetch_optional(&self.reader).await;
        row.map_err(read("an account"))?.map(|row| Ok((account(&row)?, column(&row, "password")?))).transpose()
    }

    /// Gives an account a role and a state, and ends its sessions. The last admin who may sign in stays one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_account(
        &self,
        id: i64,
        role: Role,
        state: AccountState,
        event: &Event<'_>,
    ) -> Result<AccountChange, StoreError> {
        let wrong = write("an account");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let keeps = role == Role::Admin && state == AccountState::Active;
        if !keeps && is_last_admin(&mut transaction, id).await? {
            return Ok(AccountChange::LastAdmin);
        }
        let changed = sqlx::query("update account set role = $1, state = $2 where id = $3")
            .bind(role.as_str())
            .bind(state.as_str())
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        if changed.rows_affected() == 0 {
            return Ok(AccountChange::Missing);
        }
        end_sessions(&mut transaction, id).await?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(AccountChange::Done)
    }

    /// Changes a password and ends every session, because whoever knew the old one may be in one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_password(&self, id: i64, password: &str, event: &Event<'_>) -> Result<(), StoreError> {
        let wrong = write("a password");
        let mut transaction = self.write().await.map_err(&wrong)?;
        sqlx::query("update account set password = $1 where id = $2")
            .bind(password)
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        end_sessions(&mut transaction, id).await?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)
    }

    /// Changes pen name and handle of an account's author. The old address leads to the new one, and the index takes the name over.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_profile(
        &self,
        who: &Account,
        name: &str,
        handle: &Handle,
        event: &Event<'_>,
    ) -> Result<AccountChange, StoreError> {
        let wrong = write("a profile");
        let mut transaction = self.write().await.map_err(&wrong)?;
        let other = sqlx::query("select id from author where handle = $1 and id <> $2")
            .bind(handle.as_str())
            .bind(who.author)
            .fetch_optional(&mut *transaction)
            .await
            .map_err(&wrong)?;
        if other.is_some() {
            return Ok(AccountChange::Taken);
        }
        rename(&mut transaction, who.author, name, handle.as_str()).await?;
        if who.handle != handle.as_str() {
            let (old, new) = (format!("/author/{}", who.handle), format!("/author/{handle}"));
            crate::redirect::redirect_path(&mut transaction, &old, &new).await?;
        }
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(AccountChange::Done)
    }

    /// Ends an account for good; its name stays taken. Its articles go to another author, or stay under `site_name`.
    /// The last admin stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn close_account(
        &self,
        who: &Account,
        heir: Option<&Handle>,
        site_name: &str,
        event: &Event<'_>,
    ) -> Result<AccountChange, StoreError> {
        let wrong = write("an account");
        let mut transaction = self.write().await.map_err(&wrong)?;
        if is_last_admin(&mut transaction, who.id).await? {
            return Ok(AccountChange::LastAdmin);
        }
        sqlx::query("update account set state = 'closed', role = 'reader', password = '' where id = $1")
            .bind(who.id)
            .execute(&mut *transaction)
            .await
            .map_err(&wrong)?;
        end_sessions(&mut transaction, who.id).await?;
        crate::feedback::forget_sender(&mut transaction, who.id).await?;
        if let Some(heir) = heir
            && !hand_over(&mut transaction, who, heir).await?
        {
            return Ok(AccountChange::NoHeir);
        }
        rename(&mut transaction, who.author, site_name, &format!("former-{}", who.author)).await?;
        note(&mut transaction, event).await?;
        transaction.commit().await.map_err(&wrong)?;
        Ok(AccountChange::Done)
    }
}

/// Writes the rows of a new account and its author; nothing when the name is taken.
async fn insert(transaction: &mut Transaction<'_, Any>, new: &NewAccount<'_>) -> Result<Option<i64>, StoreError> {
    let wrong = write("an account");
    let name = new.username.as_str();
    let taken =
        sqlx::query("select id from account where username = $1").bind(name).fetch_optional(&mut **transaction).await;
    if taken.map_err(&wrong)?.is_some() {
        return Ok(None);
    }
    let (account, author, now) = (id::next(), id::next(), id::now());
    let handle = free_handle(transaction, name, account).await?;
    sqlx::query("insert into author (id, handle, name) values ($1, $2, $3)")
        .bind(author)
        .bind(handle)
        .bind(name)
        .execute(&mut **transaction)
        .await
        .map_err(&wrong)?;
    sqlx::query(
        "insert into account (id, username, password, role, state, author_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(account)
    .bind(name)
    .bind(new.password)
    .bind(new.role.as_str())
    .bind(new.state.as_str())
    .bind(author)
    .bind(now)
    .execute(&mut **transaction)
    .await
    .map_err(&wrong)?;
    Ok(Some(account))
}

/// Gives every article of a person to another author with an account that may be used; whether there is one.
async fn hand_over(transaction: &mut Transaction<'_, Any>, who: &Account, heir: &Handle) -> Result<bool, StoreError> {
    let wrong = write("articles");
    let row = sqlx::query(
        "select u.id from author u join account c on c.author_id = u.id \
         where u.handle = $1 and u.id <> $2 and c.state = 'active'",
    )
    .bind(heir.as_str())
    .bind(who.author)
    .fetch_optional(&mut **transaction)
    .await
    .map_err(read("an author"))?;
    let Some(row) = row else { return Ok(false) };
    let heir_id: i64 = column(&row, "id")?;
    put_articles(transaction, who.author).await?;
    sqlx::query("update article set author_id = $1 where author_id = $2")
        .bind(heir_id)
        .bind(who.author)
        .execute(&mut **transaction)
        .await
        .map_err(&wrong)?;
    let (old, new) = (format!("/author/{}", who.handle), format!("/author/{heir}"));
    crate::redirect::redirect_path(transaction, &old, &new).await?;
    Ok(true)
}

/// Names an author anew, and tells the index about everything that is published under the name.
async fn rename(
    transaction: &mut Transaction<'_, Any>,
    author: i64,
    name: &str,
    handle: &str,
) -> Result<(), StoreError> {
    let wrong = write("an author");
    sqlx::query("update author set name = $1, handle = $2 where id = $3")
        .bind(name)
        .bind(handle)
        .bind(author)
        .execute(&mut **transaction)
        .await
        .map_err(&wrong)?;
    put_articles(transaction, author).await
}

/// Tells the index about everything that is published under an author's name.
async fn put_articles(transaction: &mut Transaction<'_, Any>, author: i64) -> Result<(), StoreError> {
    sqlx::query(
        "insert into change_log (article_id, revision, operation, changed_at) \
         select id, revision, 'put', $1 from article where author_id = $2 and status = 'published'",
    )
    .bind(id::now())
    .bind(author)
    .execute(&mut **transaction)
    .await
    .map(drop)
    .map_err(write("the change log"))
}

async fn end_sessions(transaction: &mut Transaction<'_, Any>, account: i64) -> Result<(), StoreError> {
    let ended =
        sqlx::query("delete from session where account_id = $1").bind(account).execute(&mut **transaction).await;
    ended.map(drop).map_err(write("sessions"))
}

/// Whether this account is an admin, and no other may sign in.
async fn is_last_admin(transaction: &mut Transaction<'_, Any>, account: i64) -> Result<bool, StoreError> {
    let rows = sqlx::query("select id from account where role = 'admin' and state = 'active' limit 2")
        .fetch_all(&mut **transaction)
        .await
        .map_err(read("admins"))?;
    let admins = rows.iter().map(|row| column::<i64>(row, "id")).collect::<Result<Vec<_>, _>>()?;
    Ok(admins == [account])
}

/// A handle that nobody has, made of the name where it has Latin letters.
async fn free_handle(transaction: &mut Transaction<'_, Any>, name: &str, account: i64) -> Result<String, StoreError> {
    if let Ok(slug) = Slug::from_text(name) {
        for number in 1..=HANDLES {
            let handle = if number == 1 { slug.clone() } else { slug.numbered(number) };
            let taken = sqlx::query("select id from author where handle = $1")
                .bind(handle.as_str())
                .fetch_optional(&mut **transaction)
                .await
                .map_err(read("an author"))?;
            if taken.is_none() {
                return Ok(handle.as_str().to_owned());
            }
        }
    }
    Ok(format!("user-{account}"))
}
