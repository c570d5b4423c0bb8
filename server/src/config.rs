//! Settings, from flags or the environment. What is unknown or contradictory stops the start with one line.

use crate::http::limit::{self, Network};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Settings that every command knows.
#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// Folder of the database, the index and uploaded files
    #[arg(long, env = "LIUGUANG_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,
    /// Address and port to serve on
    #[arg(long, env = "LIUGUANG_ADDR", default_value = "127.0.0.1:3000", global = true)]
    pub addr: SocketAddr,
    /// Address under which people know the site, for example https://example.org
    #[arg(long, env = "LIUGUANG_SITE_URL", global = true)]
    pub site_url: Option<String>,
    /// Database; SQLite inside the data folder unless given, postgres://… for a shared one
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Proxies before the site on other machines: addresses or networks such as 192.0.2.0/24, separated by commas. They
    /// are believed when they say who asks; proxies on this machine always are
    #[arg(long, env = "LIUGUANG_TRUSTED_PROXIES", value_delimiter = ',', global = true)]
    pub trusted_proxies: Vec<Network>,
    /// Folder of the built site; beside the program unless given
    #[arg(long, env = "LIUGUANG_SITE_ROOT", global = true)]
    pub site_root: Option<PathBuf>,
    /// `off` takes the service worker, and so reading offline, back from every browser that comes by
    #[arg(long, env = "LIUGUANG_SERVICE_WORKER", default_value = "on", global = true)]
    pub service_worker: Switch,
    /// What to log: error, warn, info, debug, trace
    #[arg(long, env = "LIUGUANG_LOG", default_value = "info", global = true)]
    pub log: String,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Switch {
    /// As usual.
    On,
    /// Not at all.
    Off,
}

/// Environment variables that begin with `LIUGUANG_` and are known.
const KNOWN: [&str; 7] = [
    "LIUGUANG_SERVICE_WORKER",
    "LIUGUANG_DATA",
    "LIUGUANG_ADDR",
    "LIUGUANG_SITE_URL",
    "LIUGUANG_SITE_ROOT",
    "LIUGUANG_TRUSTED_PROXIES",
    "LIUGUANG_LOG",
];
/// Used by tests and measurements.
const KNOWN_TO_TESTS: &str = "LIUGUANG_TEST_";

impl Settings {
    /// Checks what clap cannot, and lets who takes connections know which proxies are believed.
    ///
    /// # Errors
    /// One sentence that names the setting.
    pub fn check(&self) -> Result<()> {
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("LIUGUANG_") && !KNOWN.contains(&name.as_ref()) && !name.starts_with(KNOWN_TO_TESTS) {
                bail!("{name} is not a setting; there are {} and DATABASE_URL", KNOWN.join(", "));
            }
        }
        if let Some(url) = &self.site_url
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            bail!("LIUGUANG_SITE_URL is {url:?}; it must begin with https:// or http://");
        }
        if let Some(url) = &self.site_url {
            let host = url.trim_end_matches('/').split_once("://").map_or("", |(_, host)| host);
            if host.is_empty() || host.starts_with(':') || host.contains(['/', '?', '#', '@', ' ']) {
                bail!(
                    "LIUGUANG_SITE_URL is {url:?}; it must be scheme and host alone, for example https://example.org"
                );
            }
        }
        if let Some(url) = &self.database_url
            && !["sqlite:", "postgres://", "postgresql://"].iter().any(|start| url.starts_with(start))
        {
            // The address may hold a password: only its kind is shown.
            let kind = url.split(':').next().unwrap_or_default();
            bail!("DATABASE_URL names a database of the kind {kind:?}; it must begin with sqlite: or postgres://");
        }
        if self.data.exists() && !self.data.is_dir() {
            bail!("LIUGUANG_DATA is {}, which is a file; it must be a folder", self.data.display());
        }
        limit::believe(&self.trusted_proxies);
        Ok(())
    }

    /// The database's address.
    #[must_use]
    pub fn database(&self) -> String {
        match &self.database_url {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.data.join("liuguang.sqlite").display()),
        }
    }

    /// The file of an SQLite database; nothing for PostgreSQL.
    #[must_use]
    pub fn database_file(&self) -> Option<PathBuf> {
        let url = self.database();
        let file = url.strip_prefix("sqlite:")?.trim_start_matches("//");
        Some(PathBuf::from(file.split('?').next().unwrap_or(file)))
    }

    /// Refuses a site that is not there, for commands that read one and must not make an empty one instead.
    ///
    /// # Errors
    /// When there is no SQLite database; a shared one says so itself.
    pub fn must_exist(&self) -> Result<()> {
        match self.database_file() {
            Some(file) if !file.is_file() => bail!("there is no database {}; is LIUGUANG_DATA right?", file.display()),
            _ => Ok(()),
        }
    }

    /// Makes the data folder, where it is not there yet.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make_data_folder(&self) -> Result<()> {
        std::fs::create_dir_all(&self.data)
            .with_context(|| format!("LIUGUANG_DATA: the folder {} cannot be made", self.data.display()))
    }

    /// The folder of the search index.
    #[must_use]
    pub fn index(&self) -> PathBuf {
        self.data.join("index")
    }

    /// The folder of the built site.
    ///
    /// # Errors
    /// When the program's own folder cannot be had.
    pub fn site_folder(&self) -> Result<PathBuf> {
        if let Some(folder) = &self.site_root {
            return Ok(folder.clone());
        }
        let program = std::env::current_exe().context("finding the program's folder")?;
        let beside = program.parent().and_then(|folder| folder.parent()).context("finding the program's folder")?;
        Ok(beside.join("site"))
    }
}
