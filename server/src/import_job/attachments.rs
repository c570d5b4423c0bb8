//! The files to download of imported articles: looked at as uploads are, and stored before their article.

use crate::site::Site;
use attachment::{MAX_BYTES, accept, sha256};
use import::{Entry, SourceArticle};
use sha2::{Digest, Sha256};
use store::{AttachmentToSave, FileToKeep, MOST_ATTACHMENTS};
use tokio::runtime::Handle;

/// Takes files over.
pub(super) struct Attachments {
    site: Site,
    handle: Handle,
    stores: bool,
}

impl Attachments {
    /// For a site; a trial run stores nothing.
    pub fn new(site: &Site, stores: bool) -> Self {
        Self { site: site.clone(), handle: Handle::current(), stores }
    }

    /// Stores what an article offers; what is not there or not taken is left out with a warning.
    ///
    /// # Errors
    /// When the database does not take a file; then the article must not be stored without it.
    pub fn take(
        &self,
        entry: &Entry,
        source: &SourceArticle,
        warnings: &mut Vec<String>,
    ) -> Result<Vec<AttachmentToSave>, String> {
        let mut taken: Vec<AttachmentToSave> = Vec::new();
        for wanted in &source.attachments {
            let file = &wanted.file;
            let Some(data) = entry.neighbour_up_to(file, MAX_BYTES as u64) else {
                warnings.push(format!("missing attachment {file}"));
                continue;
            };
            let accepted = match accept(&wanted.name, &data) {
                Ok(accepted) => accepted,
                Err(refusal) => {
                    warnings.push(format!("attachment {file} was left out: {refusal}"));
                    continue;
                }
            };
            if wanted.sha256.as_ref().is_some_and(|stated| *stated != accepted.sha256) {
                warnings.push(format!("attachment {file} is not what was exported and was left out"));
                continue;
            }
            if taken.len() >= MOST_ATTACHMENTS || taken.iter().any(|other| other.name == accepted.name) {
                warnings.push(format!("attachment {file} was left out: too many, or its name is taken"));
                continue;
            }
            let saved = AttachmentToSave {
                name: accepted.name,
                sha256: accepted.sha256.clone(),
                licence: wanted.licence.clone(),
            };
            let keep = FileToKeep {
                sha256: accepted.sha256,
                content_type: accepted.kind.content_type().to_owned(),
                listing: accepted.listing,
                data,
            };
            if self.stores {
                let stored = self.handle.block_on(self.site.store.put_file(&keep));
                stored.map_err(|error| format!("its attachment {file} could not be stored: {error}"))?;
            }
            taken.push(saved);
        }
        Ok(taken)
    }
}

/// The hash by which an unchanged file is known again, with what it offers: a changed attachment is a changed article.
pub(super) fn hash_with(entry: &Entry, article: &SourceArticle, hash: String) -> String {
    // An exported file states the hashes of what it offers.
    if article.attachments.is_empty() || article.exported.is_some() {
        return hash;
    }
    let mut digest = Sha256::new();
    digest.update(&hash);
    for offered in &article.attachments {
        digest.update(
            entry.neighbour_up_to(&offered.file, MAX_BYTES as u64).map(|data| sha256(&data)).unwrap_or_default(),
        );
    }
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
