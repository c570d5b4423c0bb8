//! What readers tell about articles: a case that is open until an author or an editor closes it.

use crate::account::names;
use crate::article::{ArticleId, ArticleStatus, UnknownName};
use crate::permission::Action;
use crate::slug::Slug;
use crate::time::Timestamp;
use std::fmt;
use std::str::FromStr;

/// How long a contact stays after its case was closed, in days.
pub const CONTACT_DAYS: i64 = 180;

/// The number of a case, by which readers and editors speak of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FeedbackId(pub i64);

impl fmt::Display for FeedbackId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for FeedbackId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim().parse().map(Self)
    }
}

/// What a reader tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FeedbackKind {
    /// Something is wrong.
    #[default]
    Mistake,
    /// It was right once.
    Outdated,
    /// It is somebody else's, or must not stand there for another reason of law.
    Infringement,
    /// Something is not clear.
    Question,
}
names!(FeedbackKind: Mistake = "mistake", Outdated = "outdated", Infringement = "infringement", Question = "question");

impl FeedbackKind {
    /// What somebody must be allowed to do to the article in order to close the case. Whether a text stands before readers
    /// in spite of somebody's right is not for its author to decide.
    #[must_use]
    pub fn needs(self) -> Action {
        match self {
            Self::Infringement => Action::Publish,
            Self::Mistake | Self::Outdated | Self::Question => Action::Edit,
        }
    }
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FeedbackState {
    /// Waits for somebody.
    #[default]
    Open,
    /// What was asked for was done.
    Done,
    /// Nothing was to be done.
    Declined,
}
names!(FeedbackState: Open = "open", Done = "done", Declined = "declined");

/// What a reader wrote, checked: it says something, is not too long, and the person can be answered where that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackMessage {
    kind: FeedbackKind,
    text: String,
    contact: String,
}

/// What is wrong with what a reader wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedbackFault {
    /// There is no such kind.
    Kind,
    /// Nothing was written.
    NoText,
    /// Too much was written.
    LongText,
    /// The person cannot be answered, and must be.
    NoContact,
    /// The contact is too long.
    LongContact,
}

impl FeedbackFault {
    /// The name of the field in the form.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::NoText | Self::LongText => "text",
            Self::NoContact | Self::LongContact => "contact",
        }
    }
}

impl FeedbackMessage {
    /// The greatest length of the text in characters.
    pub const TEXT: usize = 4000;
    /// The greatest length of the contact in characters.
    pub const CONTACT: usize = 200;
    /// The greatest length of the editors' note in characters.
    pub const ANSWER: usize = 1000;

    /// Reads the fields of the form.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn read(kind: &str, text: &str, contact: &str) -> Result<Self, FeedbackFault> {
        let kind: FeedbackKind = kind.parse().map_err(|UnknownName| FeedbackFault::Kind)?;
        let (text, contact) = (written(text), written(contact).replace(['\n', '\t'], " "));
        if text.is_empty() {
            return Err(FeedbackFault::NoText);
        }
        if text.chars().count() > Self::TEXT {
            return Err(FeedbackFault::LongText);
        }
        if contact.is_empty() && kind == FeedbackKind::Infringement {
            return Err(FeedbackFault::NoContact);
        }
        if contact.chars().count() > Self::CONTACT {
            return Err(FeedbackFault::LongContact);
        }
        Ok(Self { kind, text, contact })
    }

    /// What it is about.
    #[must_use]
    pub fn kind(&self) -> FeedbackKind {
        self.kind
    }

    /// Plain text of several lines.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the person can be reached; empty when nothing was said.
    #[must_use]
    pub fn contact(&self) -> &str {
        &self.contact
    }
}

/// What was written, as it is stored: line feeds alone, no space around it, and none of the control characters that come along
/// when the output of a terminal is pasted.
#[must_use]
pub fn written(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t'));
    kept.collect::<String>().trim().to_owned()
}

/// The article that a reader has something to say about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackSubject {
    /// Its number.
    pub article: ArticleId,
    /// Plain text.
    pub title: String,
    /// Where it stands in its life.
    pub status: ArticleStatus,
    /// The revision that readers see.
    pub revision: u32,
}

/// A case as those see it who may close it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackEntry {
    /// Its number.
    pub id: FeedbackId,
    /// The article.
    pub article: ArticleId,
    /// The article's address.
    pub slug: Slug,
    /// The article's title as readers see it.
    pub title: String,
    /// Where the article stands in its life.
    pub status: ArticleStatus,
    /// The number of the article's author.
    pub author: i64,
    /// The revision that readers see now.
    pub revision: u32,
    /// The revision that the reader saw.
    pub seen: u32,
    /// What it is about.
    pub kind: FeedbackKind,
    /// What the reader wrote.
    pub text: String,
    /// How the reader can be reached; empty when nothing was said, or the case was closed long ago.
    pub contact: String,
    /// The pen name of who sent it, if somebody was signed in who still has an account.
    pub sender: Option<String>,
    /// When it came.
    pub created_at: Timestamp,
    /// Where it stands.
    pub state: FeedbackState,
    /// The note of who closed it.
    pub answer: String,
    /// Handle of who closed it, and when.
    pub closed: Option<(String, Timestamp)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Role;
    use crate::permission::{Object, can};

    #[test]
    fn a_message_says_something_and_names_whom_to_answer_where_that_is_needed() {
        let long = |count: usize| "字".repeat(count);
        for (kind, text, contact, expected) in [
            ("mistake", "错了", "", Ok(())),
            ("mistake", long(4000).as_str(), long(200).as_str(), Ok(())),
            ("infringement", "是我的", "a@example.org", Ok(())),
            ("praise", "好", "", Err(FeedbackFault::Kind)),
            ("", "好", "", Err(FeedbackFault::Kind)),
            ("mistake", " \r\n\u{0} ", "", Err(FeedbackFault::NoText)),
            ("mistake", long(4001).as_str(), "", Err(FeedbackFault::LongText)),
            ("infringement", "是我的", " \n", Err(FeedbackFault::NoContact)),
            ("question", "？", long(201).as_str(), Err(FeedbackFault::LongContact)),
        ] {
            assert_eq!(FeedbackMessage::read(kind, text, contact).map(drop), expected, "{kind} {text:.9}");
        }
    }

    #[test]
    fn what_was_pasted_from_a_terminal_is_kept_without_its_control_characters() {
        let message = FeedbackMessage::read("mistake", " a\r\n\u{1b}[31mb\u{0}\tc\n", "me\r\n@example.org").unwrap();
        assert_eq!((message.text(), message.contact()), ("a\n[31mb\tc", "me @example.org"));
    }

    #[test]
    fn an_author_closes_what_is_about_own_articles_but_no_infringement() {
        for kind in FeedbackKind::ALL {
            let may = |role, object| can(Some(role), kind.needs(), object);
            assert_eq!(may(Role::Author, Object::Own), kind != FeedbackKind::Infringement, "{kind}");
            assert!(!may(Role::Author, Object::Foreign) && may(Role::Editor, Object::Foreign), "{kind}");
        }
    }
}
