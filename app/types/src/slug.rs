//! The readable part of an address: lower-case ASCII letters, digits and single hyphens.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The part of a URL that names an article or a category, for example `go-gin`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is not a [`Slug`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSlug {
    /// Nothing was given.
    #[error("a slug needs at least one letter or digit")]
    Empty,
    /// Longer than [`Slug::MAX_LENGTH`].
    #[error("a slug has at most {} characters", Slug::MAX_LENGTH)]
    TooLong,
    /// A character outside `a-z`, `0-9` and inner single hyphens.
    #[error("a slug has only lower-case letters a-z, digits and single hyphens between them")]
    Character,
}

impl Slug {
    /// The greatest length in characters.
    pub const MAX_LENGTH: usize = 120;

    /// Makes a slug of any text: ASCII letters and digits are kept in lower case, everything else becomes a hyphen.
    /// `c#`, `c++` and a leading dot keep their meaning (`c-sharp`, `cpp`, `dot…`).
    ///
    /// # Errors
    /// [`InvalidSlug::Empty`] when no letter or digit is left, as for a purely Chinese title.
    pub fn from_text(text: &str) -> Result<Self, InvalidSlug> {
        let text = text.trim().to_ascii_lowercase();
        let text =
            text.replace("c++", "cpp").replace("c#", "c-sharp").replace("f#", "f-sharp").replace(".net", "dotnet");
        let mut slug = String::with_capacity(text.len());
        for character in text.chars() {
            if character.is_ascii_alphanumeric() {
                slug.push(character);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(Self::MAX_LENGTH);
        slug.trim_end_matches('-').parse()
    }

    /// The slug with `-{number}` at its end, shortened where needed, for names that are taken.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let ending = format!("-{number}");
        let kept = self.0.len().min(Self::MAX_LENGTH - ending.len());
        Self(format!("{}{ending}", self.0[..kept].trim_end_matches('-')))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(InvalidSlug::Empty);
        }
        if text.len() > Self::MAX_LENGTH {
            return Err(InvalidSlug::TooLong);
        }
        let allowed = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !allowed || text.starts_with('-') || text.ends_with('-') || text.contains("--") {
            return Err(InvalidSlug::Character);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn makes_readable_slugs() {
        for (text, slug) in [
            ("c++", "cpp"),
            ("c#", "c-sharp"),
            (".net", "dotnet"),
            ("Go Gin", "go-gin"),
            ("Deep  Pagination -- Optimization!", "deep-pagination-optimization"),
            ("Kibana监控ES", "kibana-es"),
        ] {
            assert_eq!(Slug::from_text(text).unwrap().as_str(), slug, "{text}");
        }
        assert_eq!(Slug::from_text("深度分页"), Err(InvalidSlug::Empty));
    }

    #[test]
    fn refuses_what_is_not_a_slug() {
        for text in ["", "-a", "a-", "a--b", "A", "a b", "../a", "中", "a/b"] {
            assert!(text.parse::<Slug>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_made_slug_parses(text in ".{0,300}", number in 2u32..99_999) {
            if let Ok(slug) = Slug::from_text(&text) {
                prop_assert_eq!(slug.as_str().parse::<Slug>().unwrap(), slug.clone());
                prop_assert!(slug.numbered(number).as_str().parse::<Slug>().is_ok());
            }
        }
    }
}
