//! Who works on a data folder: one server, any number of commands beside it, or one restore and nobody else.
//!
//! Whoever works holds the folder's own lock, together with others; a restore, which puts other data in its place, holds it
//! alone. A server holds a file in it besides: two would write one search index, and neither would know of the other.

use anyhow::{Context, Result, bail};
use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

/// In the data folder: locked by the server that runs. The point keeps it out of backups.
pub(crate) const SERVER: &str = ".server";

/// The right to serve from a data folder, while it is held. It ends with the process, however that ends.
#[derive(Debug)]
pub struct Serving {
    _working: Working,
    _server: File,
}

impl Serving {
    /// Takes the right.
    ///
    /// # Errors
    /// When another server has it, the data is being restored, or the folder cannot be used.
    pub fn begin(data: &Path) -> Result<Self> {
        let working = Working::begin(data)?;
        let path = data.join(SERVER);
        let failed = || format!("locking {}", path.display());
        let server = File::options().create(true).append(true).open(&path).with_context(failed)?;
        match server.try_lock() {
            Ok(()) => Ok(Self { _working: working, _server: server }),
            Err(TryLockError::WouldBlock) => bail!(
                "the data folder {} is in use by another server; stop it first, or give this one a LIUGUANG_DATA of its own",
                data.display()
            ),
            Err(TryLockError::Error(error)) => Err(error).with_context(failed),
        }
    }
}

/// The right to work with what a data folder holds, beside others, while it is held.
#[derive(Debug)]
pub struct Working(#[expect(dead_code, reason = "the lock ends when the file is closed")] Option<File>);

impl Working {
    /// Takes the right. A folder that is not there has nothing to be kept from others.
    ///
    /// # Errors
    /// When the data is being restored, or the folder cannot be looked at.
    pub fn begin(data: &Path) -> Result<Self> {
        let failed = || format!("locking the data folder {}", data.display());
        let folder = match File::open(data) {
            Ok(folder) => folder,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self(None)),
            Err(error) => return Err(error).with_context(failed),
        };
        match folder.try_lock_shared() {
            Ok(()) => Ok(Self(Some(folder))),
            Err(TryLockError::WouldBlock) => {
                bail!("the data folder {} is being restored; try again when that is done", data.display())
            }
            Err(TryLockError::Error(error)) => Err(error).with_context(failed),
        }
    }
}

/// The right to put other data into a data folder, while it is held: nobody works with it.
#[derive(Debug)]
pub struct Replacing(#[expect(dead_code, reason = "the lock ends when the file is closed")] File);

impl Replacing {
    /// Takes the right.
    ///
    /// # Errors
    /// When a server or a command works with the folder, or it cannot be looked at.
    pub fn begin(data: &Path) -> Result<Self> {
        let failed = || format!("locking the data folder {}", data.display());
        let folder = File::open(data).with_context(failed)?;
        match folder.try_lock() {
            Ok(()) => Ok(Self(folder)),
            Err(TryLockError::WouldBlock) => bail!(
                "the data folder {} is in use; stop the server first, and let commands such as an import end",
                data.display()
            ),
            Err(TryLockError::Error(error)) => Err(error).with_context(failed),
        }
    }
}
