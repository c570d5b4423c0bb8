//! A site of its own in a temporary folder, made and served by the program that is measured.

use crate::http::Client;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a site may take until it is ready; a large index may be built meanwhile.
const READY_WITHIN: Duration = Duration::from_secs(1800);

/// A folder with a database and an index.
pub struct Site {
    program: PathBuf,
    data: PathBuf,
}

/// A site that is being served; it stops when this is dropped.
pub struct Served {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Site {
    /// A site without content below a folder.
    pub fn new(program: &Path, folder: &Path) -> Self {
        Self { program: program.to_path_buf(), data: folder.join("site") }
    }

    /// The file of the database.
    pub fn database(&self) -> PathBuf {
        self.data.join("liuguang.sqlite")
    }

    /// Bytes of the index on the disk.
    ///
    /// # Errors
    /// When its folder cannot be read.
    pub fn index_size(&self) -> Result<u64> {
        size(&self.data.join("index"))
    }

    /// Imports the articles of a manifest; the program's own progress shows on the terminal.
    ///
    /// # Errors
    /// When the program fails.
    pub fn import(&self, folder: &Path) -> Result<Duration> {
        let manifest = folder.join("manifest.jsonl");
        let mut command = self.command();
        command.arg("import").arg(folder).arg("--manifest").arg(manifest);
        run(command, "importing the corpus")
    }

    /// Makes the index anew from the database.
    ///
    /// # Errors
    /// When the program fails.
    pub fn reindex(&self) -> Result<Duration> {
        let mut command = self.command();
        command.arg("reindex");
        run(command, "rebuilding the index")
    }

    /// Serves on a free port and waits until the site answers.
    ///
    /// # Errors
    /// When it does not within half an hour.
    pub fn serve(&self) -> Result<Served> {
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).context("finding a free port")?.port();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut command = self.command();
        command.arg("serve").env("LIUGUANG_ADDR", address.to_string()).stdout(Stdio::null());
        let child = command.spawn().context("starting the site")?;
        let mut served = Served { child, address };
        let began = Instant::now();
        loop {
            if let Some(status) = served.child.try_wait().context("waiting for the site")? {
                bail!("the site stopped with {status} before it was ready");
            }
            if Client::connect(address).and_then(|mut client| client.get("/readyz")).is_ok() {
                return Ok(served);
            }
            ensure!(began.elapsed() < READY_WITHIN, "the site was not ready within {READY_WITHIN:?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        // Settings of the person who measures must not reach the site that is measured.
        for (name, _) in std::env::vars_os() {
            if name == "DATABASE_URL" || name.to_string_lossy().starts_with("LIUGUANG_") {
                command.env_remove(name);
            }
        }
        command.env("LIUGUANG_DATA", &self.data).env("LIUGUANG_LOG", "error");
        command
    }
}

impl Served {
    /// A connection to the site.
    ///
    /// # Errors
    /// When it does not listen.
    pub fn client(&self) -> Result<Client> {
        Client::connect(self.address)
    }

    /// Memory of the process in MB, where the system tells it.
    pub fn resident(&self) -> Option<u64> {
        resident(self.child.id())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Nothing is to be saved.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Memory of a process in MB, where the system tells it.
pub fn resident(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

/// Bytes of a file, or of all files below a folder.
///
/// # Errors
/// When something cannot be read.
pub fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).with_context(|| format!("reading {}", path.display()))?;
    if metadata.is_file() {
        return Ok(metadata.len());
    }
    let mut bytes = 0;
    for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
        bytes += size(&entry?.path())?;
    }
    Ok(bytes)
}

fn run(mut command: Command, task: &str) -> Result<Duration> {
    eprintln!("· {task}");
    let began = Instant::now();
    let status = command.stdout(Stdio::null()).status().with_context(|| format!("{task}: starting the program"))?;
    ensure!(status.success(), "{task}: the program failed with {status}");
    Ok(began.elapsed())
}
