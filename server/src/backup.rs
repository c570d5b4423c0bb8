//! `liuguang backup`: one archive with a consistent copy of the database and of what else the data folder holds.
//!
//! The site may run meanwhile. The index is left out: it is a function of the database, and restoring builds it anew.

use crate::config::Settings;
use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use store::{DatabaseFile, copy_sqlite};
use types::Timestamp;
use zip::write::SimpleFileOptions;

/// The form of archive that this program writes and reads.
pub(crate) const FORMAT: u32 = 1;
/// The list of what an archive holds, its last entry.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The database inside an archive and inside the data folder.
pub(crate) const DATABASE: &str = "liuguang.sqlite";
/// What restoring sets aside, inside the data folder.
pub(crate) const ASIDE: &str = "before-restore-";
/// What restoring works in, inside the data folder.
pub(crate) const RESTORING: &str = "restoring-";

/// What an archive holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub format: u32,
    pub program: String,
    pub made_at: String,
    pub schema: i64,
    pub articles: i64,
    pub files: Vec<ArchivedFile>,
}

/// One file of an archive.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ArchivedFile {
    pub name: String,
    pub size: u64,
    pub sha256: String,
}

/// The command.
///
/// # Errors
/// When the database is PostgreSQL, the file exists, or the copy is not sound.
pub async fn run(settings: &Settings, target: &Path) -> Result<()> {
    let Some(database) = settings.database_file() else {
        bail!("the database is PostgreSQL: save it with pg_dump, and bring it back with pg_restore");
    };
    settings.must_exist()?;
    ensure!(!target.exists(), "{} exists already; name a new file", target.display());
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    fs::create_dir_all(&folder).with_context(|| format!("making the folder {}", folder.display()))?;
    // Everything is made beside the target, so that one rename puts the finished archive in its place.
    let work = tempfile::Builder::new()
        .prefix(".liuguang-backup-")
        .tempdir_in(&folder)
        .context("making a folder to work in")?;
    let copy = work.path().join(DATABASE);
    copy_sqlite(&database, &copy).await.context("copying the database")?;
    let checked = DatabaseFile::check(&copy).await.context("checking the copy")?;
    ensure!(checked.faults.is_empty(), "the database is damaged, no backup was made: {}", checked.faults.join("; "));

    let mut files = vec![(DATABASE.to_owned(), copy)];
    gather(&settings.data, &settings.data, &database, target, &mut files).context("looking through the data folder")?;
    let unfinished = work.path().join("archive");
    let manifest = tokio::task::block_in_place(|| write_archive(&unfinished, &files, &checked))?;
    fs::rename(&unfinished, target).with_context(|| format!("putting the backup to {}", target.display()))?;
    File::open(&folder).and_then(|folder| folder.sync_all()).context("securing the backup's folder")?;
    let size = fs::metadata(target).map_or(0, |data| data.len());
    println!(
        "{} articles and {} files are in {} ({size} bytes)",
        manifest.articles,
        manifest.files.len(),
        target.display()
    );
    Ok(())
}

/// The files of the data folder that belong to a backup, with their names inside it.
fn gather(
    root: &Path,
    folder: &Path,
    database: &Path,
    target: &Path,
    files: &mut Vec<(String, PathBuf)>,
) -> io::Result<()> {
    let mut children: Vec<_> = fs::read_dir(folder)?.flatten().map(|child| child.path()).collect();
    children.sort();
    for path in children {
        let Ok(inside) = path.strip_prefix(root) else { continue };
        let name = inside.to_string_lossy().replace('\\', "/");
        let database = database.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let left_out = name.starts_with("index") && folder == root
            || name.starts_with('.')
            || name.starts_with(ASIDE)
            || name.starts_with(RESTORING)
            || name.starts_with(&database)
            || path == target;
        if left_out || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            gather(root, &path, Path::new("/nowhere"), target, files)?;
        } else if path.is_file() {
            files.push((name, path));
        }
    }
    Ok(())
}

fn write_archive(path: &Path, files: &[(String, PathBuf)], checked: &DatabaseFile) -> Result<Manifest> {
    let failed = || format!("writing the backup {}", path.display());
    let file = File::create_new(path).with_context(failed)?;
    let mut archive = zip::ZipWriter::new(BufWriter::new(file));
    let options = SimpleFileOptions::default().large_file(true);
    let mut listed = Vec::with_capacity(files.len());
    for (name, path) in files {
        archive.start_file(name.as_str(), options).with_context(failed)?;
        let mut source = File::open(path).with_context(|| format!("reading {}", path.display()))?;
        let (size, sha256) =
            copy_and_hash(&mut source, &mut archive).with_context(|| format!("saving {}", path.display()))?;
        listed.push(ArchivedFile { name: name.clone(), size, sha256 });
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: Timestamp(now).rfc3339(),
        schema: checked.schema,
        articles: checked.articles,
        files: listed,
    };
    archive.start_file(MANIFEST, options).with_context(failed)?;
    serde_json::to_writer_pretty(&mut archive, &manifest).with_context(failed)?;
    let file = archive
        .finish()
        .with_context(failed)?
        .into_inner()
        .map_err(io::IntoInnerError::into_error)
        .with_context(failed)?;
    file.sync_all().with_context(failed)?;
    Ok(manifest)
}

/// Copies everything; returns how many bytes that were and their SHA-256.
pub(crate) fn copy_and_hash(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<(u64, String)> {
    let (mut digest, mut size, mut buffer) = (Sha256::new(), 0, vec![0; 256 * 1024]);
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok((size, digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()));
        }
        digest.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        size += read as u64;
    }
}
