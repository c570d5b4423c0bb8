//! `liuguang user`: accounts from the terminal, the first admin's above all.

use crate::config::Settings;
use crate::passwords;
use crate::site::Site;
use anyhow::{Context, Result, bail};
use clap::{Subcommand, ValueEnum};
use std::io::Read;
use store::{AccountChange, Event, NewAccount};
use types::{AccountState, Password, Role, Username};

/// What is done with accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Makes an account
    Add {
        /// The name for signing in
        name: String,
        /// What its owner may do
        #[arg(long)]
        role: RoleName,
        /// Reads the password from standard input
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// Lists the accounts: name, role, state
    List,
    /// Gives an account another role
    Role {
        /// The name for signing in
        name: String,
        /// What its owner may do
        role: RoleName,
    },
}

/// A role on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleName {
    /// Reads
    Reader,
    /// Writes own texts
    Author,
    /// Publishes, and changes everybody's texts
    Editor,
    /// Runs the site
    Admin,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Reader => Self::Reader,
            RoleName::Author => Self::Author,
            RoleName::Editor => Self::Editor,
            RoleName::Admin => Self::Admin,
        }
    }
}

/// Runs one of the commands.
///
/// # Errors
/// What stopped it, as a sentence for the operator.
pub async fn run(settings: &Settings, command: UserCommand) -> Result<()> {
    match command {
        // The first admin may be there before the first start.
        UserCommand::Add { name, role, .. } => add(&Site::open(settings).await?, &name, role.into()).await,
        UserCommand::List => {
            for account in Site::open_existing(settings).await?.store.accounts().await? {
                println!("{}\t{}\t{}", account.username, account.role, account.state);
            }
            Ok(())
        }
        UserCommand::Role { name, role } => set_role(&Site::open_existing(settings).await?, &name, role.into()).await,
    }
}

async fn add(site: &Site, name: &str, role: Role) -> Result<()> {
    let username: Username = name.parse().with_context(|| format!("{name:?} cannot be a name"))?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("reading the password from standard input")?;
    let text = text.strip_suffix('\n').map_or(&*text, |line| line.strip_suffix('\r').unwrap_or(line));
    let password = Password::choose(&passwords::normalized(text), &username)
        .context("the password on standard input cannot be used")?;
    let hash = passwords::hash(password.expose().to_owned()).await?;
    let new = NewAccount { username: &username, password: &hash, role, state: AccountState::Active };
    let event = Event { actor: "terminal", action: "account added", object: username.as_str(), address: "" };
    if site.store.add_account(&new, &event).await?.is_none() {
        bail!("there is an account {} already; `liuguang user role` changes its role", username.as_str());
    }
    if role == Role::Admin {
        site.store.end_invitations(Role::Admin).await?;
    }
    println!("added {} as {role}", username.as_str());
    Ok(())
}

async fn set_role(site: &Site, name: &str, role: Role) -> Result<()> {
    let username: Username = name.parse().with_context(|| format!("{name:?} is no name"))?;
    let found = site.store.account_named(username.as_str()).await?;
    let Some((account, _)) = found else { bail!("there is no account {}", username.as_str()) };
    let object = format!("{} {role} {}", account.username, account.state);
    let event = Event { actor: "terminal", action: "account set", object: &object, address: "" };
    match site.store.set_account(account.id, role, account.state, &event).await? {
        AccountChange::LastAdmin => bail!("{} is the last admin; make another one first", account.username),
        AccountChange::Done | AccountChange::Missing | AccountChange::Taken | AccountChange::NoHeir => {}
    }
    println!("{} is {role} now", account.username);
    Ok(())
}
