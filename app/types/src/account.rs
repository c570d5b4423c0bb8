//! Accounts: what a person may be called, how a person signs in, and what each role may do.

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
names!(Role: Reader = "reader", Author = "author", Editor = "editor", Admin = "admin");
names!(AccountState: Active = "active", Waiting = "waiting", Closed = "closed");
names!(Registration: Open = "open", Approval = "approval", Closed = "closed");

/// The name by which a person signs in: 2 to 32 letters or digits of any script, and `-`, `_`, `.` between them;
/// in lower case, so that two names never differ by case alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Username(String);

impl Username {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not a name or a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCredential {
    /// Not a [`Username`].
    #[error("a user name has 2 to 32 letters or digits, with single - _ . between them")]
    Username,
    /// A password of fewer than [`Password::MIN`] characters.
    #[error("a password has at least {} characters", Password::MIN)]
    TooShort,
    /// A password of more than [`Password::MAX`] characters.
    #[error("a password has at most {} characters", Password::MAX)]
    TooLong,
    /// A password that is tried first by everybody who guesses.
    #[error("this password is too easy to guess")]
    Common,
}

impl FromStr for Username {
    type Err = InvalidCredential;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.trim().to_lowercase();
        let joins = |character| matches!(character, '-' | '_' | '.');
        let length = name.chars().count();
        let characters = name.chars().all(|character| character.is_alphanumeric() || joins(character));
        let ends = name.starts_with(joins) || name.ends_with(joins);
        let doubled = name.as_bytes().windows(2).any(|pair| pair.iter().all(|byte| joins(char::from(*byte))));
        if (2..=32).contains(&length) && characters && !ends && !doubled {
            Ok(Self(name))
        } else {
            Err(InvalidCredential::Username)
        }
    }
}

/// A password that somebody chooses: 10 to 256 characters of any kind, not one of those that are guessed first.
/// Its `Debug` shows nothing.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// The fewest characters.
    pub const MIN: usize = 10;
    /// The most characters.
    pub const MAX: usize = 256;

    /// Checks a password for the account of this name.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn choose(text: &str, username: &Username) -> Result<Self, InvalidCredential> {
        let length = text.chars().count();
        if length < Self::MIN {
            return Err(InvalidCredential::TooShort);
        }
        if length > Self::MAX {
            return Err(InvalidCredential::TooLong);
        }
        let lower = text.to_lowercase();
        let mut characters = lower.chars();
        let first = characters.next();
        let same = characters.all(|character| Some(character) == first);
        // What is left when a well-known beginning and the digits around it are taken away says whether anything was chosen.
        let core = lower.trim_matches(|character: char| character.is_ascii_digit() || character.is_ascii_punctuation());
        let known = COMMON.contains(&lower.as_str()) || COMMON.contains(&core);
        let walked = WALKS.iter().any(|walk| walk.contains(&lower));
        if same || known || walked || repeats(&lower) || core == username.as_str() || lower == username.as_str() {
            return Err(InvalidCredential::Common);
        }
        Ok(Self(text.to_owned()))
    }

    /// The password itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password")
    }
}

/// Whether a text is a block of a few characters, again and again.
fn repeats(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    (1..=4).any(|block| {
        characters.len() >= 2 * block && characters.iter().skip(block).zip(&characters).all(|(one, other)| one == other)
    })
}

/// Ways over a keyboard and through the alphabet, there and back.
const WALKS: [&str; 8] = [
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm",
    "mnbvcxzlkjhgfdsapoiuytrewq",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// Words that guessers begin with, alone or with digits and signs around them.
const COMMON: [&str; 104] = [
    "",
    "password",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "pa55word",
    "passwort",
    "password1",
    "passwordpassword",
    "mypassword",
    "qwerty",
    "qwertyui",
    "qwertyuiop",
    "qwertz",
    "qazwsx",
    "qazwsxedc",
    "qweasdzxc",
    "asdfgh",
    "asdfghjkl",
    "zxcvbn",
    "zxcvbnm",
    "qweasd",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "1qaz2wsx3edc",
    "q1w2e3r4t5",
    "a1b2c3d4e5",
    "abc",
    "abcd",
    "abcdef",
    "abcdefg",
    "aabbcc",
    "letmein",
    "welcome",
    "welcome1",
    "changeme",
    "changeit",
    "default",
    "secret",
    "iloveyou",
    "ilovey0u",
    "loveyou",
    "loveyouforever",
    "iloveyouforever",
    "princess",
    "sunshine",
    "superman",
    "batman",
    "spiderman",
    "pokemon",
    "starwars",
    "football",
    "baseball",
    "basketball",
    "michael",
    "jordan",
    "charlie",
    "jennifer",
    "daniel",
    "jessica",
    "dragon",
    "monkey",
    "shadow",
    "master",
    "killer",
    "freedom",
    "whatever",
    "trustno1",
    "computer",
    "internet",
    "samsung",
    "google",
    "facebook",
    "linkedin",
    "microsoft",
    "windows",
    "linux",
    "ubuntu",
    "root",
    "toor",
    "admin",
    "admin123admin",
    "administrator",
    "superuser",
    "manager",
    "guest",
    "guestguest",
    "test",
    "testtest",
    "tester",
    "user",
    "username",
    "login",
    "woaini",
    "woaiwojia",
    "woaibaba",
    "woaimama",
    "woaizhongguo",
    "wodemima",
    "mima",
    "nihao",
    "zhongguo",
    "liuguang",
];

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
    fn names_are_compared_without_case_and_hold_nothing_strange() {
        for (text, name) in [("Feng", "feng"), (" 李雷 ", "李雷"), ("a.b-c_d", "a.b-c_d"), ("ab", "ab")] {
            assert_eq!(text.parse::<Username>().map(|name| name.0), Ok(name.to_owned()), "{text}");
        }
        for text in ["", "a", "-ab", "ab.", "a..b", "a b", "a/b", "<b>", "a\u{202e}b", &"长".repeat(33)] {
            assert_eq!(text.parse::<Username>(), Err(InvalidCredential::Username), "{text}");
        }
    }

    #[test]
    fn passwords_are_long_and_not_the_first_guess() {
        let name = "wangxiaoming".parse().unwrap();
        let why = |text: &str| Password::choose(text, &name).err();
        assert_eq!(why("correct horse battery"), None);
        assert_eq!(why("流光容易把人抛红了樱桃"), None);
        assert_eq!(why("short"), Some(InvalidCredential::TooShort));
        assert_eq!(why(&"x1".repeat(129)), Some(InvalidCredential::TooLong));
        for text in [
            "password123",
            "1234567890",
            "aaaaaaaaaaaa",
            "wangxiaoming",
            "WangXiaoming2024",
            "Admin123456!",
            "qwertyuiopas",
            "P@ssw0rd2024",
            "abcdefghijkl",
            "xyzxyzxyzxyz",
            "woaini5201314",
            "!!iloveyou!!",
        ] {
            assert_eq!(why(text), Some(InvalidCredential::Common), "{text}");
        }
        assert_eq!(format!("{:?}", Password::choose("correct horse battery", &name)), "Ok(Password)");
    }

    #[test]
    fn every_name_is_read_back() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("root".parse::<Role>().is_err());
    }
}
