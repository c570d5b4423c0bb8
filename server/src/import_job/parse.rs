//! Reading the files of an import on every core.

use super::attachments;
use import::{Entry, ManifestEntry, SourceArticle};
use sha2::{Digest, Sha256};

/// A file as an article, with its hash; or why it becomes none.
pub type Parsed = Result<(SourceArticle, String), String>;

/// Reads and parses every file on all cores; the hash is that of the file and what the manifest says of it.
pub fn parse_all(entries: &[Entry]) -> Vec<Parsed> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let size = entries.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = entries
            .chunks(size)
            .map(|part| scope.spawn(move || part.iter().map(parse).collect::<Vec<Parsed>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

fn parse(entry: &Entry) -> Parsed {
    let bytes = entry.read().map_err(|refusal| refusal.reason)?;
    let hash = file_hash(&bytes, entry.listed());
    let article =
        import::parse(&entry.path, &bytes, entry.listed(), entry.file_time()).map_err(|refusal| refusal.reason)?;
    let hash = attachments::hash_with(entry, &article, hash);
    Ok((article, hash))
}

/// The hash by which an unchanged file is known again.
pub fn file_hash(bytes: &[u8], listed: Option<&ManifestEntry>) -> String {
    let mut digest = Sha256::new();
    digest.update(bytes);
    digest.update(listed.map(|listed| format!("{listed:?}")).unwrap_or_default());
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
