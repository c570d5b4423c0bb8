//! Reading the files of an import on every core. Nothing that one file does stops the others.

use super::attachments;
use import::{Entry, ManifestEntry, SourceArticle};
use sha2::{Digest, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// A file as an article, with its hash; or why it becomes none.
pub type Parsed = Result<(SourceArticle, String), String>;

/// Reads and parses every file on all cores; the hash is that of the file and what the manifest says of it.
pub fn parse_all(entries: &[Entry]) -> Vec<Parsed> {
    on_all_cores(entries, |entry| guarded(|| parse(entry)).flatten())
}

/// What becomes of a file, or a sentence when it made the importer panic.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // What is shared with other files are collections behind locks that are used after a panic too.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text =
            text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("for no stated reason");
        format!("it made the importer panic: {text}")
    })
}

/// One result for each of the items, in their order.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let size = items.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let work = &work;
        let parts: Vec<_> =
            items.chunks(size).map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>())).collect();
        let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.flatten().collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_panics_is_refused_and_every_other_keeps_its_place() {
        let numbers: Vec<usize> = (0..100).collect();
        let work = |number: &usize| guarded(|| if number % 7 == 3 { panic!("at {number}") } else { *number });
        for (number, result) in on_all_cores(&numbers, work).into_iter().enumerate() {
            let expected =
                if number % 7 == 3 { Err(format!("it made the importer panic: at {number}")) } else { Ok(number) };
            assert_eq!(result, expected);
        }
    }
}
