//! The files of an article as its author changes them: looked at, stored, offered, let go of. What is attached to a
//! published article is before readers at once, so only who may publish may change it.

use super::failure::internal;
use super::writer::Writer;
use crate::http::draft_form::PostedFile;
use crate::site::Site;
use app::error::AppError;
use app::words::download::editor as words;
use attachment::{Accepted, MAX_BYTES, Refusal, accept};
use store::{Attached, FileToKeep};
use types::{ArticleId, ArticleStatus, AttachmentId, WorkingText};

/// Characters of a licence.
const MAX_LICENCE: usize = 200;
/// Looking into archives is heavy: so many at once, whoever sends them.
static AT_ONCE: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

/// Files of one article, changed by one person.
pub struct Attachments<'a> {
    site: &'a Site,
    writer: &'a Writer,
    title: &'a str,
    article: ArticleId,
    allowed: bool,
    public: bool,
}

impl<'a> Attachments<'a> {
    /// Of an article that this person may edit.
    #[must_use]
    pub fn of(site: &'a Site, writer: &'a Writer, work: &'a WorkingText) -> Self {
        let public = work.status == ArticleStatus::Published;
        let allowed = writer.may_publish || !public;
        Self { site, writer, title: &work.fields.title, article: work.id, allowed, public }
    }

    /// Adds files; returns a sentence for each that was not taken.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add(&self, files: Vec<PostedFile>, licence: &str) -> Result<Vec<String>, AppError> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        if !self.allowed {
            return Ok(vec![words::NOT_ALLOWED.to_owned()]);
        }
        let licence = cleaned(licence);
        let mut refused = Vec::new();
        for PostedFile { name, data } in files {
            let shown = attachment::cleaned(&name);
            match data.filter(|data| data.len() <= MAX_BYTES) {
                None => refused.push(words::refused(&shown, &words::Refused::TooLarge)),
                Some(data) => {
                    if let Some(why) = self.add_one(name, data, licence.as_deref()).await? {
                        refused.push(words::refused(&shown, &why.words()));
                    }
                }
            }
        }
        self.forget_pages();
        Ok(refused)
    }

    async fn add_one(&self, name: String, data: Vec<u8>, licence: Option<&str>) -> Result<Option<Why>, AppError> {
        let _place = AT_ONCE.acquire().await.map_err(|error| internal("waiting to look into a file", &error))?;
        let looked = tokio::task::spawn_blocking(move || (accept(&name, &data), data)).await;
        let (accepted, data) = looked.map_err(|error| internal("looking into a file", &error))?;
        let Accepted { name, kind, sha256, listing } = match accepted {
            Ok(accepted) => accepted,
            Err(refusal) => return Ok(Some(Why::Refused(refusal))),
        };
        let file = FileToKeep { sha256, content_type: kind.content_type().to_owned(), listing, data };
        let review = self.writer.review(self.title);
        let attached = self.site.store.attach(self.article, &name, licence, &file, review.as_ref()).await;
        Ok(match attached.map_err(|error| internal("attaching a file", &error))? {
            Attached::Added | Attached::Already => None,
            Attached::TooMany => Some(Why::TooMany),
        })
    }

    /// Takes a file away; returns why not, when it may not be.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove(&self, id: AttachmentId) -> Result<Vec<String>, AppError> {
        if !self.allowed {
            return Ok(vec![words::NOT_ALLOWED.to_owned()]);
        }
        // One that is gone already is as it was asked to be.
        let detached = self.site.store.detach(self.article, id, self.writer.review(self.title).as_ref()).await;
        detached.map_err(|error| internal("removing a file", &error))?;
        self.forget_pages();
        Ok(Vec::new())
    }

    /// Says what one may do with files; returns why not, when that may not be changed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn license(&self, licences: &[(AttachmentId, String)]) -> Result<Vec<String>, AppError> {
        if !self.allowed {
            return Ok(vec![words::NOT_ALLOWED.to_owned()]);
        }
        let review = self.writer.review(self.title);
        for (id, licence) in licences {
            let licence = cleaned(licence);
            let stored = self.site.store.set_licence(self.article, *id, licence.as_deref(), review.as_ref()).await;
            stored.map_err(|error| internal("storing a licence", &error))?;
        }
        self.forget_pages();
        Ok(Vec::new())
    }

    fn forget_pages(&self) {
        if self.public {
            self.site.pages.forget();
        }
    }
}

/// Why a file was not taken.
enum Why {
    Refused(Refusal),
    TooMany,
}

impl Why {
    fn words(&self) -> words::Refused<'_> {
        match self {
            Self::TooMany => words::Refused::TooMany,
            Self::Refused(Refusal::Empty) => words::Refused::Empty,
            Self::Refused(Refusal::TooLarge) => words::Refused::TooLarge,
            Self::Refused(Refusal::NotWhatItSays { ending, content }) => {
                words::Refused::NotWhatItSays { ending, content: content.label() }
            }
            Self::Refused(Refusal::Bomb) => words::Refused::Bomb,
            Self::Refused(Refusal::TooManyFiles) => words::Refused::TooManyInside,
            Self::Refused(Refusal::Damaged) => words::Refused::Damaged,
        }
    }
}

/// A licence on one line; none where nothing is said.
fn cleaned(licence: &str) -> Option<String> {
    let visible = licence.chars().map(|character| if character.is_control() { ' ' } else { character });
    let line: String = visible.take(MAX_LICENCE).collect();
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}
