//! What a person signs in with: a name and a password.

use std::fmt;
use std::str::FromStr;

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
        let known = core.is_empty() || COMMON.lines().any(|word| word == lower || word == core);
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

/// Words that guessers begin with, alone or with digits and signs around them; one on each line.
const COMMON: &str = include_str!("common_passwords.txt");

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
}
