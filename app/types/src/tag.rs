//! Tags: a display name, and the key by which the same tag in other spellings is known.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The normalised form of a tag, in addresses: `/tag/{key}` (percent-encoded there).
///
/// Lower case, no outer white space, inner white space as one hyphen: `API 网关` and `api  网关` are one tag.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TagKey(String);

/// Why a text is not a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTag {
    /// Nothing visible was given.
    #[error("a tag needs at least one visible character")]
    Empty,
    /// Longer than [`TagKey::MAX_CHARACTERS`].
    #[error("a tag has at most {} characters", TagKey::MAX_CHARACTERS)]
    TooLong,
}

impl TagKey {
    /// The greatest length in characters.
    pub const MAX_CHARACTERS: usize = 40;

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key as one segment of a path: everything but unreserved characters (RFC 3986 §2.3) percent-encoded.
    #[must_use]
    pub fn path_segment(&self) -> String {
        let segment = crate::percent::encode(&self.0);
        // A segment of only dots would be taken for a step in the path.
        if segment.bytes().all(|byte| byte == b'.') { segment.replace('.', "%2E") } else { segment }
    }
}

impl FromStr for TagKey {
    type Err = InvalidTag;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let cleaned: String =
            text.chars().filter(|character| !character.is_control() || character.is_whitespace()).collect();
        let key = cleaned.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase();
        if key.is_empty() {
            Err(InvalidTag::Empty)
        } else if key.chars().count() > Self::MAX_CHARACTERS {
            Err(InvalidTag::TooLong)
        } else {
            Ok(Self(key))
        }
    }
}

impl TryFrom<String> for TagKey {
    type Error = InvalidTag;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TagKey> for String {
    fn from(key: TagKey) -> Self {
        key.0
    }
}

impl fmt::Display for TagKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A tag as an article carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagRef {
    /// In addresses.
    pub key: TagKey,
    /// As people read it.
    pub name: String,
}

/// A tag with the number of published articles that carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// In addresses.
    pub key: TagKey,
    /// As people read it.
    pub name: String,
    /// Published articles with the tag.
    pub count: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_tag_share_a_key() {
        for text in ["API 网关", "api  网关", " Api\t网关 "] {
            assert_eq!(text.parse::<TagKey>().unwrap().as_str(), "api-网关");
        }
        assert_eq!("  ".parse::<TagKey>(), Err(InvalidTag::Empty));
        assert_eq!("标".repeat(300).parse::<TagKey>(), Err(InvalidTag::TooLong));
    }

    #[test]
    fn path_segments_are_encoded() {
        for (tag, segment) in
            [("C++", "c%2B%2B"), (".NET", ".net"), ("..", "%2E%2E"), ("a/b", "a%2Fb"), ("锁", "%E9%94%81")]
        {
            assert_eq!(tag.parse::<TagKey>().unwrap().path_segment(), segment);
        }
    }
}
