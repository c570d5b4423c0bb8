//! Accounts: what each role may do, and where an account stands.

use crate::article::UnknownName;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a person may do; every role may also do what the ones before it may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads.
    #[default]
    Reader,
    /// Writes own texts.
    Author,
    /// Publishes, and changes everybody's texts.
    Editor,
    /// Runs the site.
    Admin,
}

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountState {
    /// As usual.
    #[default]
    Active,
    /// Registered, and not yet approved.
    Waiting,
    /// Not any more.
    Closed,
}

/// Who may register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registration {
    /// Everybody.
    #[default]
    Open,
    /// Everybody; an admin then lets them in.
    Approval,
    /// Nobody.
    Closed,
}

macro_rules! names {
    ($type:ident: $($variant:ident = $name:literal),+) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// The name in forms and in the database.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.into_iter().find(|value| value.as_str() == text).ok_or(UnknownName)
            }
        }
    };
}
pub(crate) use names;

names!(Role: Reader = "reader", Author = "author", Editor = "editor", Admin = "admin");
names!(AccountState: Active = "active", Waiting = "waiting", Closed = "closed");
names!(Registration: Open = "open", Approval = "approval", Closed = "closed");

/// An account as its owner and admins see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// The name for signing in.
    pub username: String,
    /// What its owner may do.
    pub role: Role,
    /// Whether it may be used.
    pub state: AccountState,
    /// The author whose articles are this account's own.
    pub author: i64,
    /// The author's name in addresses.
    pub handle: String,
    /// The author's pen name.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Names the session to its owner; not the secret that opens it.
    pub id: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was used last, to about five minutes.
    pub seen_at: Timestamp,
    /// What the browser calls itself.
    pub agent: String,
    /// The block of addresses it came from.
    pub address: String,
}

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To whom or what.
    pub object: String,
    /// The block of addresses it came from.
    pub address: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("root".parse::<Role>().is_err());
    }
}
