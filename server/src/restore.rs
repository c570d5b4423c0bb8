//! `liuguang restore`: checks the whole archive before anything is touched, sets old data aside, and builds the index.

use crate::backup::{ASIDE, DATABASE, FORMAT, MANIFEST, Manifest, RESTORING, copy_and_hash};
use crate::config::Settings;
use crate::indexer::{self, Indexed};
use crate::serving::{Replacing, SERVER};
use crate::site::Site;
use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, File, TryLockError};
use std::io::BufReader;
use std::path::{Component, Path};
use std::time::{SystemTime, UNIX_EPOCH};
use store::DatabaseFile;

/// The command.
///
/// # Errors
/// When the archive is not whole, the data folder is in use or not empty, or a file cannot be written. Unless the very
/// last step fails, the data that was there is as it was.
pub async fn run(settings: &Settings, archive: &Path, replace: bool) -> Result<()> {
    ensure!(settings.database_url.is_none(), "restore writes into LIUGUANG_DATA; unset DATABASE_URL first");
    ensure!(archive.is_file(), "there is no backup {}", archive.display());
    let data = &settings.data;
    settings.make_data_folder()?;
    ensure!(!in_use(settings)?, "the data folder {} is in use; stop the server first", data.display());
    // No server and no command starts in the middle of it.
    let _replacing = Replacing::begin(data)?;
    let old = children(data)?;
    if !old.is_empty() && !replace {
        bail!("the data folder {} is not empty; with --replace what is there is set aside inside it", data.display());
    }
    let work = tempfile::Builder::new().prefix(RESTORING).tempdir_in(data).context("making a folder to work in")?;
    let manifest = tokio::task::block_in_place(|| unpack(archive, work.path()))?;
    let checked =
        DatabaseFile::check(&work.path().join(DATABASE)).await.context("checking the database of the backup")?;
    ensure!(checked.faults.is_empty(), "the database of the backup is damaged: {}", checked.faults.join("; "));
    ensure!(checked.schema > 0, "the backup holds no database of this program");
    ensure!(
        checked.schema <= checked.known_schema,
        "the backup was made by a newer version of this program; update it first"
    );
    ensure!(
        checked.articles == manifest.articles,
        "the backup says {} articles and holds {}",
        manifest.articles,
        checked.articles
    );

    if !old.is_empty() {
        let aside = data.join(format!("{ASIDE}{}", now_seconds()));
        fs::create_dir(&aside).with_context(|| format!("making the folder {}", aside.display()))?;
        for name in old {
            fs::rename(data.join(&name), aside.join(&name)).with_context(|| format!("setting {name} aside"))?;
        }
        println!("what was there is in {}", aside.display());
    }
    for name in children(work.path())? {
        fs::rename(work.path().join(&name), data.join(&name))
            .with_context(|| format!("putting {name} in its place"))?;
    }
    File::open(data).and_then(|folder| folder.sync_all()).context("securing the data folder")?;
    let site = Site::open(settings).await?;
    match indexer::index_now(&site).await.context("building the index; `liuguang serve` will do it too")? {
        Indexed::Here(_) | Indexed::ByServer => {}
    }
    println!("{} articles of {} are back in {}", manifest.articles, manifest.made_at, data.display());
    Ok(())
}

/// Whether a server runs on this data folder, or another command writes its index: it holds the index's lock.
///
/// # Errors
/// When the lock cannot be looked at.
pub(crate) fn in_use(settings: &Settings) -> Result<bool> {
    let path = settings.index().join("LOCK");
    let file = match File::options().write(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error).with_context(|| format!("looking at {}", path.display())),
    };
    match file.try_lock() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("looking at {}", path.display())),
    }
}

/// The names in a folder, but for what an earlier restore left unfinished, and the lock of a server that was.
fn children(folder: &Path) -> Result<Vec<String>> {
    let read = fs::read_dir(folder).with_context(|| format!("reading the folder {}", folder.display()))?;
    let names = read.flatten().map(|child| child.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| !name.starts_with(RESTORING) && name != SERVER).collect())
}

/// Writes the archive's files into a folder and compares every one with the list; nothing that is not listed is written.
fn unpack(archive: &Path, folder: &Path) -> Result<Manifest> {
    let broken = || format!("{} is no whole backup of this program", archive.display());
    let file = File::open(archive).with_context(|| format!("reading {}", archive.display()))?;
    let mut zip = zip::ZipArchive::new(BufReader::new(file)).with_context(broken)?;
    let manifest: Manifest =
        serde_json::from_reader(zip.by_name(MANIFEST).with_context(broken)?).with_context(broken)?;
    ensure!(manifest.format == FORMAT, "the backup was made by a newer version of this program; update it first");
    ensure!(manifest.files.iter().any(|file| file.name == DATABASE), "the backup holds no database");
    for listed in &manifest.files {
        let inside = Path::new(&listed.name);
        ensure!(
            inside.components().all(|part| matches!(part, Component::Normal(_))),
            "the backup names a file outside the data folder: {}",
            listed.name
        );
        let target = folder.join(inside);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(|| format!("making the folder {}", parent.display()))?;
        }
        let mut source = zip.by_name(&listed.name).with_context(broken)?;
        let mut written = File::create_new(&target).with_context(|| format!("making {}", target.display()))?;
        // What comes out is counted, whatever the archive says of itself.
        let mut limited = std::io::Read::take(&mut source, listed.size.saturating_add(1));
        let (size, sha256) = copy_and_hash(&mut limited, &mut written)
            .with_context(|| format!("the backup is damaged: {} cannot be read", listed.name))?;
        ensure!(
            size == listed.size && sha256 == listed.sha256,
            "the backup is damaged: {} is not what was saved",
            listed.name
        );
        written.sync_all().with_context(|| format!("securing {}", target.display()))?;
    }
    Ok(manifest)
}

fn now_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
